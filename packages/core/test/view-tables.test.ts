import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { builtInViews, deliveries, reservations, shapeOf, storedDocument } from '@vitrine/core'
import { describe, expect, it } from 'vitest'
import type { AnyView } from '../src/view.js'

interface Table {
  readonly name: string
  readonly version: number
  readonly audience: string
  readonly indexes: readonly string[]
  readonly exact?: true
  readonly text: boolean
  readonly empty: object
}

const tables = JSON.parse(readFileSync(join(import.meta.dirname, 'view-tables.json'), 'utf8')) as readonly Table[]
const views: readonly AnyView[] = [...Object.values(builtInViews), reservations, deliveries]

describe('the tables that stores hold of the views', () => {
  it('are these, and no others', () => {
    expect(views.map(({ name }) => name)).toEqual(tables.map(({ name }) => name))
  })

  it.each(tables)(
    '$name: another shape, or another document to begin with, is another version of the view',
    (table) => {
      const view = views.find(({ name }) => name === table.name)!
      const { indexes, ...shape } = shapeOf(view)
      const { audience, empty } = view
      expect({
        ...shape,
        audience,
        indexes: indexes.map((fields) => fields.join(' + ')),
        empty: storedDocument(view, empty),
      }).toEqual(table)
    },
  )
})
