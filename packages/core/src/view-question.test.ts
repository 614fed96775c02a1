import { checkBatch, checkpointMovedError, planFind, planSearch, type ViewShape } from '@vitrine/core'
import { expect, it } from 'vitest'

const shape: ViewShape = { name: 'listings', version: 1, indexes: [['kind', 'name']], text: true }

it('a search among what has no value asks the index for nothing', () => {
  expect(planSearch(shape, { words: ['ledger'], where: { kind: null } })).toMatchObject({
    fields: ['kind'],
    equal: [null],
    words: ['ledger'],
  })
})

it('a question without an index is refused, and says which there are', () => {
  expect(() => planFind(shape, { where: { colour: 'red' } })).toThrow('no index on (colour). It has: (kind, name).')
  expect(() => planFind({ ...shape, indexes: [] }, { order: 'kind' })).toThrow('no index on (kind). It has: none.')
})

it('a cursor that no page gave is refused, whatever of it is forged', () => {
  const question = { where: { kind: 'app' }, order: 'name' }
  const cursor = planFind(shape, question).cursorAt({ value: 'Ledgerline', key: 'l-1' })
  const [mark] = JSON.parse(decodeURIComponent(cursor)) as [string]
  expect(planFind(shape, { ...question, cursor }).after).toEqual({ value: 'Ledgerline', key: 'l-1' })
  for (const parts of [[mark, 'Ledgerline', 7], [mark, {}, 'l-1'], [mark, 'Ledgerline'], {}]) {
    const forged = encodeURIComponent(JSON.stringify(parts))
    expect(() => planFind(shape, { ...question, cursor: forged })).toThrow('none that a page gave')
  }
})

it('a key that no engine can hold in an index is refused', () => {
  const to = { logId: 'log', position: 1, id: 'e' }
  const put = (key: string) => checkBatch(shape, { from: undefined, to, put: [{ key, document: {} }], remove: [] })
  expect(() => put('é'.repeat(450))).not.toThrow()
  expect(() => put(`${'é'.repeat(450)}x`)).toThrow('is no key for a document of view listings')
})

it('a batch that does not begin where the view stands says both places', () => {
  const place = { logId: 'log', position: 7, id: 'e' }
  const fault = checkpointMovedError('listings', place, undefined)
  expect(fault.message).toBe('View listings stands at 7, not at the beginning: another runner wrote first.')
  expect([fault.code, fault.expected, fault.actual]).toEqual(['checkpoint-moved', 'none', 7])
  expect(checkpointMovedError('listings', undefined, place).message).toContain('stands at the beginning, not at 7')
})
