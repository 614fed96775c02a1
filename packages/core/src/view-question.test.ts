import {
  checkBatch,
  checkpointMovedError,
  droppedError,
  type FindQuery,
  type PageEnd,
  planFind,
  planSearch,
  type SearchQuery,
  type ViewBatch,
  type ViewShape,
} from '@vitrine/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const shape: ViewShape = { name: 'listings', version: 1, indexes: [['kind', 'name']], text: true }
const anyPlan = { descending: false, limit: 100, cursorAt: expect.any(Function) }

describe('a question', () => {
  const apps = { fields: ['kind', 'name'], equal: ['app'], ordered: true }

  it.each<[string, FindQuery, object]>([
    ['of nothing walks by key', {}, { fields: [], equal: [], ordered: false }],
    ['where something is equal', { where: { kind: true } }, { fields: ['kind'], equal: [1], ordered: false }],
    ['where nothing is', { where: { kind: null } }, { fields: ['kind'], equal: [null], ordered: false }],
    ['with an order', { order: 'kind' }, { fields: ['kind'], equal: [], ordered: true }],
    ['with both', { where: { kind: 'app' }, order: 'name' }, apps],
    ['from a value', { where: { kind: 'app' }, order: 'name', from: false }, { ...apps, from: 0 }],
    ['to a value', { where: { kind: 'app' }, order: 'name', to: true }, { ...apps, to: 1 }],
    ['backwards', { where: { kind: 'app' }, order: 'name', descending: true }, { ...apps, descending: true }],
  ])('%s is asked of one index', (_, query, plan) => {
    expect(planFind(shape, query)).toStrictEqual({ ...anyPlan, ...plan })
  })

  it('of an exact shape in no order comes in that of the next field', () => {
    const exact: ViewShape = { ...shape, exact: true, text: false }
    expect(planFind(exact, { where: { kind: 'app' } })).toStrictEqual({ ...anyPlan, ...apps })
  })

  it.each([{ from: 1 }, { to: 1 }, { where: { kind: 'app' }, from: 1, to: 2 }])(
    'is refused with bounds on no order: %o',
    (query) => {
      expect(() => planFind(shape, query)).toThrow(fault('invalid', 'from and to need an order.'))
    },
  )

  it('without an index is refused, and says which there are', () => {
    expect(() => planFind(shape, { where: { colour: 'red' } })).toThrow('no index on (colour). It has: (kind, name).')
    expect(() => planFind({ ...shape, indexes: [] }, { order: 'kind' })).toThrow('no index on (kind). It has: none.')
  })

  it.each([1, 1000])('has a limit of 1 to 1,000: %s', (limit) => {
    expect(planFind(shape, { limit }).limit).toBe(limit)
    expect(planSearch(shape, { words: [], limit }).limit).toBe(limit)
  })

  it.each([0, -1, 1001, 1.5, Number.NaN])('is refused with a limit of %s', (limit) => {
    const refused = fault('invalid', `A limit of ${limit} is not between 1 and 1,000.`)
    expect(() => planFind(shape, { limit })).toThrow(refused)
    expect(() => planSearch(shape, { words: [], limit })).toThrow(refused)
  })
})

describe('a search', () => {
  it.each<[string, SearchQuery, object]>([
    ['for no words walks by key', { words: ['', ' '] }, { words: [], fields: [], equal: [] }],
    ['asks for each word once', { words: ['maps for', 'maps'] }, { words: ['maps', 'for'], fields: [], equal: [] }],
    [
      'among some asks their index',
      { words: ['maps'], where: { kind: 'app' } },
      { words: ['maps'], fields: ['kind'], equal: ['app'] },
    ],
    [
      'among what has no value asks the index for nothing',
      { words: ['maps'], where: { kind: null } },
      { words: ['maps'], fields: ['kind'], equal: [null] },
    ],
  ])('%s', (_, query, plan) => {
    expect(planSearch(shape, query)).toStrictEqual({ ...anyPlan, ordered: false, ...plan })
  })

  it('is refused where no text is declared', () => {
    expect(() => planSearch({ ...shape, text: false }, { words: [] })).toThrow(
      fault('no-index', 'View listings declares no text to search.'),
    )
  })
})

describe('the cursor of a page', () => {
  const question = { where: { kind: 'app' }, order: 'name', from: 'a', to: 'z' }
  const end: PageEnd = { value: 'Ledgerline', key: 'l-1' }
  const cursor = planFind(shape, question).cursorAt(end)
  const [mark] = JSON.parse(decodeURIComponent(cursor)) as [string]
  const ofNoPage = fault('invalid', 'The cursor is none that a page gave.')

  it('goes on where the page ended, whatever stands there', () => {
    const value = fc.oneof(fc.constant(null), fc.integer(), fc.string({ unit: 'binary' }))
    fc.assert(
      fc.property(value, fc.string({ unit: 'binary' }), (value, key) => {
        const next = planFind(shape, { ...question, cursor: planFind(shape, question).cursorAt({ value, key }) })
        expect(next.after).toEqual({ value, key })
      }),
    )
  })

  it.each<FindQuery>([
    {},
    { ...question, where: { kind: 'service' } },
    { ...question, descending: true },
    { ...question, from: 'b' },
    { ...question, to: 'y' },
  ])('is refused for another question: %o', (other) => {
    const refused = fault('invalid', 'The cursor belongs to another question.')
    expect(() => planFind(shape, { ...other, cursor })).toThrow(refused)
  })

  it('of a search goes on with the same words among the same, and with no others', () => {
    const search = { words: ['maps', 'for'], where: { kind: 'app' } }
    const found = planSearch(shape, search).cursorAt(end)
    expect(planSearch(shape, { ...search, cursor: found }).after).toEqual(end)
    const refused = fault('invalid', 'The cursor belongs to another question.')
    for (const other of [{ words: ['maps'] }, { where: { kind: 'service' } }, { where: {} }]) {
      expect(() => planSearch(shape, { ...search, ...other, cursor: found })).toThrow(refused)
    }
  })

  it.each([
    [[mark, 'Ledgerline', 7]],
    [[mark, {}, 'l-1']],
    [[mark, 'Ledgerline']],
    [[mark, 'Ledgerline', 'l-1', 'more']],
    [{ length: 3 }],
    [null],
  ])('is refused when it is forged: %j', (parts) => {
    const forged = encodeURIComponent(JSON.stringify(parts))
    expect(() => planFind(shape, { ...question, cursor: forged })).toThrow(ofNoPage)
  })

  it.each(['', 'x', '%', '%5B', `${cursor}x`])('is refused when it cannot be read: %o', (unread) => {
    expect(() => planFind(shape, { ...question, cursor: unread })).toThrow(ofNoPage)
  })
})

describe('a batch', () => {
  const to = { logId: 'log', position: 7, id: 'e-7' }
  const batch = (parts: Partial<ViewBatch>) => () =>
    checkBatch(shape, { from: undefined, to, put: [], remove: [], ...parts })
  const put = (key: string) => ({ key, document: {} })

  it.each(['k', 'é'.repeat(450), '\u0001'])('may put and remove under %s', (key) => {
    expect(batch({ put: [put(key), put('other')], remove: ['third'] })).not.toThrow()
    expect(batch({ remove: [key] })).not.toThrow()
  })

  it.each(['', 'a\0b', '\ud800', `${'é'.repeat(450)}x`])(
    'is refused with a key that no engine can hold in an index: %o',
    (key) => {
      const sentence = `${JSON.stringify(key.slice(0, 80))} is no key for a document of view listings.`
      expect(batch({ put: [put(key)] })).toThrow(fault('invalid', sentence))
      expect(batch({ remove: [key] })).toThrow(fault('invalid', sentence))
    },
  )

  it.each<[string, Partial<ViewBatch>]>([
    ['put', { put: [put('k'), put('k')] }],
    ['removed', { remove: ['k', 'k'] }],
    ['put and removed', { put: [put('k')], remove: ['k'] }],
  ])('is refused when a key is %s twice', (_, parts) => {
    expect(batch(parts)).toThrow(fault('invalid', 'A batch for view listings holds the key k twice.'))
  })

  it('goes on from where it begins, or stays, or begins in another log', () => {
    for (const from of [undefined, { ...to, position: 6 }, to, { ...to, logId: 'other', position: 8 }])
      expect(batch({ from })).not.toThrow()
  })

  it('that goes back is refused', () => {
    const refused = fault('invalid', 'A batch for view listings goes back, from 8 to 7.')
    expect(batch({ from: { ...to, position: 8 } })).toThrow(refused)
  })

  it('that does not begin where the view stands says both places', () => {
    const moved = checkpointMovedError('listings', to, undefined)
    expect(moved.message).toBe('View listings stands at 7, not at the beginning: another runner wrote first.')
    expect([moved.code, moved.expected, moved.actual]).toEqual(['checkpoint-moved', 'none', 7])
    const behind = checkpointMovedError('listings', undefined, to)
    expect(behind.message).toBe('View listings stands at the beginning, not at 7: another runner wrote first.')
    expect([behind.expected, behind.actual]).toEqual([7, 'none'])
  })

  it('that comes when the view was dropped says so', () => {
    const dropped = droppedError({ name: 'listings', version: 2 })
    expect(dropped).toMatchObject(fault('dropped', 'View listings version 2 was dropped. Open it again.'))
  })
})

function fault(code: string, message: string): Error {
  return expect.objectContaining({ code, message })
}
