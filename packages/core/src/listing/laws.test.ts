import { defineMarketplace } from '@vitrine/core'
import { lawsOf } from '@vitrine/testing'
import { describe, it } from 'vitest'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })

describe('over random histories', { timeout: 120_000 }, () => {
  for (const { title, run } of lawsOf(rules, { runs: 120 })) it(title, run)
})
