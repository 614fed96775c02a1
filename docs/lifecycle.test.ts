import { defineMarketplace } from '@vitrine/core'
import { expect, it } from 'vitest'
import { madeAnew } from './generated-part.js'
import { commandTables, diagrams, leadDiagram } from './lifecycle-page.js'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })

it('D13 the table and the diagrams of the lifecycle page are those of the command rows', () => {
  const { is, made } = madeAnew('lifecycle.md', {
    commands: commandTables(),
    diagrams: diagrams(rules),
    lead: leadDiagram(rules),
  })
  expect(is).toBe(made)
})
