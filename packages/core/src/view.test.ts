import { describe, expect, it } from 'vitest'
import { member, outsider, staff } from '../test/run-view.js'
import { type Audience, questionFor, shapeOf, shownTo } from './view.js'
import type { FindQuery } from './view-store.js'
import { defineView } from './views/define-view.js'

const viewFor = (audience: Audience) =>
  defineView({
    name: 'counts',
    version: 3,
    audience,
    empty: { publisherId: 'p-1', count: 0 },
    on: {},
    apply: (document) => document,
    indexes: ['count', ['publisherId', 'count']],
  })
const document = { publisherId: 'p-1', count: 2 }

describe('what is shown of a document', () => {
  it.each([
    ['public', [staff, member, outsider]],
    ['publisher', [staff, member]],
    ['operator', [staff]],
  ] as const)('T34 %s: to whom it is for', (audience, viewers) => {
    const shown = [staff, member, outsider].filter((viewer) => shownTo(viewFor(audience), document, viewer))
    expect(shown).toEqual(viewers)
  })

  it('is what the view shows of it', () => {
    const view = { ...viewFor('public'), show: () => undefined }
    expect(shownTo(viewFor('public'), document, outsider)).toBe(document)
    expect(shownTo(view, document, outsider)).toBeUndefined()
  })
})

describe('which questions may be asked', () => {
  const own = { where: { publisherId: 'p-1' }, order: 'count' }
  const all = { order: 'count' }

  it('T34 a member names the publisher', () => {
    expect(questionFor(viewFor('publisher'), own, 'member')).toBe(own)
    expect(questionFor(viewFor('publisher'), all, 'member')).toBeUndefined()
    expect(questionFor(viewFor('publisher'), own, 'outsider')).toBeUndefined()
    expect(questionFor(viewFor('publisher'), all, 'staff')).toBe(all)
  })

  it('only staff asks what is for staff, everyone what is public', () => {
    expect(questionFor(viewFor('operator'), own, 'member')).toBeUndefined()
    expect(questionFor(viewFor('operator'), all, 'staff')).toBe(all)
    expect(questionFor(viewFor('public'), all, 'outsider')).toBe(all)
    expect(questionFor(viewFor('public'), all, 'member')).toBe(all)
  })

  it('a question that names nothing goes by the first index, so that what is in none is not counted', () => {
    const firstTwo: FindQuery = { limit: 2 }
    expect(questionFor(viewFor('public'), firstTwo, 'outsider')).toEqual({ order: 'count', limit: 2 })
    expect(questionFor({ ...viewFor('public'), indexes: [] }, {}, 'outsider')).toStrictEqual({})
    const named = { where: { name: 'Ledger' } }
    expect(questionFor(viewFor('public'), named, 'outsider')).toBe(named)
  })
})

it('a store learns of a view its name, version, indexes, and whether it has words', () => {
  const shape = { name: 'counts', version: 3, indexes: [['count'], ['publisherId', 'count']], text: false }
  expect(shapeOf(viewFor('public'))).toEqual(shape)
  expect(shapeOf({ ...viewFor('public'), text: () => 'two' }).text).toBe(true)
})
