import {
  compareIndexKeys,
  compareText,
  type FindQuery,
  type IndexKey,
  indexesOf,
  indexRows,
  type JsonObject,
  type ViewShape,
  ViewStoreError,
  wordsOf,
} from '@vitrine/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indexFor, indexKey } from './view-index.js'

const shape = shapeWith(['kind', 'price', 'title'], ['kind', 'tags'], ['title'])

describe('the indexes of a view', () => {
  it('are every beginning of those that it declares, each once', () => {
    expect(indexesOf(shape)).toEqual([
      ['kind'],
      ['kind', 'price'],
      ['kind', 'price', 'title'],
      ['kind', 'tags'],
      ['title'],
    ])
    expect(indexesOf(shapeWith(['ab', 'c'], ['a', 'bc']))).toEqual([['ab'], ['ab', 'c'], ['a'], ['a', 'bc']])
  })

  it('are those alone that an exact shape declares, unless its words are searched', () => {
    const exact = { ...shape, text: false, exact: true } as const
    const declared = [['kind', 'price', 'title'], ['kind', 'tags'], ['title']]
    expect(indexesOf({ ...exact, indexes: [...shape.indexes, ['title']] })).toEqual(declared)
    expect(indexesOf({ ...exact, text: true })).toEqual(indexesOf(shape))
  })

  it.each<[Pick<FindQuery, 'where' | 'order'>, readonly string[]]>([
    [{ where: { kind: 'app', price: 1 }, order: 'title' }, ['kind', 'price', 'title']],
    [{ where: { kind: 'app', price: 1 } }, ['kind', 'price', 'title']],
    [{ where: { kind: 'app' }, order: 'tags' }, ['kind', 'tags']],
    [{ where: { kind: 'app' } }, ['kind', 'tags']],
    [{ where: { title: 'a' } }, ['title']],
    [{}, []],
  ])('of an exact shape answer %o, also by the next field of one of them', (query, fields) => {
    expect(indexFor({ ...shape, text: false, exact: true }, query)).toEqual(fields)
  })

  it.each([{ where: { kind: 'app' }, order: 'price' }, { order: 'kind' }, { where: { price: 1 } }])(
    'of an exact shape do not answer %o',
    (query) => {
      expect(() => indexFor({ ...shape, text: false, exact: true }, query)).toThrow(
        expect.objectContaining({ code: 'no-index' }),
      )
    },
  )

  it.each<[string, Pick<FindQuery, 'where' | 'order'>, readonly string[]]>([
    ['all by key', {}, []],
    ['what equals one value', { where: { kind: 'app' } }, ['kind']],
    ['an order', { order: 'title' }, ['title']],
    ['equal first, then the order', { where: { kind: 'app' }, order: 'tags' }, ['kind', 'tags']],
    ['several that are equal, in any order', { where: { price: 1, kind: 'app' } }, ['kind', 'price']],
    ['several and an order', { where: { price: 1, kind: 'app' }, order: 'title' }, ['kind', 'price', 'title']],
  ])('answer %s', (_, query, fields) => {
    expect(indexFor(shape, query)).toEqual(fields)
  })

  it.each<[Pick<FindQuery, 'where' | 'order'>, string]>([
    [{ where: { price: 1 } }, 'price'],
    [{ order: 'price' }, 'price'],
    [{ where: { price: 1 }, order: 'kind' }, 'price, kind'],
    [{ where: { price: 1 }, order: 'price' }, 'price, price'],
    [{ where: { kind: 'app' }, order: 'title' }, 'kind, title'],
    [{ where: { kind: 'app', title: 'a' } }, 'kind, title'],
    [{ where: { kind: 'app', title: 'a' }, order: 'price' }, 'kind, title, price'],
  ])('do not answer %o, which says those there are', (query, wanted) => {
    expect(() => indexFor(shape, query)).toThrow(
      new ViewStoreError(
        'no-index',
        `View listings has no index on (${wanted}). It has: (kind, price, title) (kind, tags) (title).`,
      ),
    )
    expect(() => indexFor(shapeWith(), query)).toThrow(
      expect.objectContaining({ name: 'ViewStoreError', code: 'no-index' }),
    )
    expect(() => indexFor(shapeWith(), query)).toThrow(`no index on (${wanted}). It has: none.`)
  })
})

describe('the rows of a document in an index', () => {
  it.each<[string, JsonObject, readonly (readonly IndexKey[])[]]>([
    ['one, with its values', { kind: 'app', tags: 2 }, [['app', 2]]],
    ['false and true are 0 and 1', { kind: false, tags: true }, [[0, 1]]],
    ['what is not there, null or no value is null', { tags: { x: 1 } }, [[null, null]]],
    ['null stays null', { kind: null, tags: null }, [[null, null]]],
    [
      'a list has one for each value, once',
      { kind: 'app', tags: ['x', 'y', 'x'] },
      [
        ['app', 'x'],
        ['app', 'y'],
      ],
    ],
    [
      'a list may hold null, and what is no value is left out',
      { kind: 1, tags: [null, { x: 1 }, [2], true] },
      [
        [1, null],
        [1, 1],
      ],
    ],
    ['an empty list has none', { kind: 'app', tags: [] }, []],
  ])('%s', (_, document, rows) => {
    expect(indexRows(document, ['kind', 'tags'])).toStrictEqual(rows)
  })

  it('a value of a question stands as that of a document', () => {
    expect([false, true, 0, 'false', null].map(indexKey)).toEqual([0, 1, 0, 'false', null])
  })
})

describe('the order of an index', () => {
  const ordered = [
    null,
    -1.5,
    0,
    2,
    10,
    '',
    '10',
    '9',
    'B',
    'a',
    'a\0',
    'ab',
    'é',
    '\ud7ff',
    '\ue000',
    '\uffff',
    '\u{10000}',
    '😀',
    '😁',
  ]

  it('is null, then numbers, then text by code points', () => {
    for (const [at, a] of ordered.entries())
      for (const [beside, b] of ordered.entries()) {
        expect(Math.sign(compareIndexKeys(a, b)), `${a} beside ${b}`).toBe(Math.sign(at - beside))
      }
  })

  it('is that of UTF-8 for any text', () => {
    const text = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareText(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)))
      }),
    )
  })
})

describe('words', () => {
  it.each([
    ['Maps for TEAMS', ['maps', 'for', 'teams']],
    ['Comptabilité, a\u0301\u0323b', ['comptabilite', 'ab']],
    ['ﬁle №2 – x_y', ['file', 'no2', 'x', 'y']],
    ['東京 😀 ٣', ['東京', '٣']],
    [' – ', []],
    ['', []],
  ])('of %o are whole, in lower case and without marks', (text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })
})

function shapeWith(...indexes: ViewShape['indexes']): ViewShape {
  return { name: 'listings', version: 1, indexes, text: true }
}
