import { describe, expect, it } from 'vitest'
import { paintFor } from './paint.js'
import { type Column, pairs, tableWriter } from './table.js'

interface Row {
  readonly name: string
  readonly count: number
}

const columns: readonly Column<Row>[] = [
  { name: 'name', title: 'Name', of: ({ name }) => name, mayShrink: true },
  { name: 'count', title: 'Count', of: ({ count }) => count },
]
const plain = paintFor(false)

describe('a table', () => {
  it('is written part by part; its columns only ever grow', () => {
    const write = tableWriter(columns, plain, Number.POSITIVE_INFINITY)
    expect(write([{ name: 'short', count: 1 }])).toBe('Name   Count\nshort  1\n')
    expect(write([{ name: 'much longer', count: 2 }])).toBe('much longer  2\n')
    expect(write([{ name: 'short', count: 3 }])).toBe('short        3\n')
  })

  it('that has no room cuts what may be cut, never a sign in two', () => {
    const write = tableWriter(columns, plain, 20)
    const family = '👩‍👩‍👧'
    const text = write([
      { name: `A name ${family.repeat(4)}`, count: 1 },
      { name: '日本語日本語日本語日本語', count: 2 },
    ])
    expect(text).toBe(`Name           Count\nA name ${family}${family}…   1\n日本語日本語…  2\n`)
  })

  it('colours nothing that it was not told to, and lets nobody else colour it', () => {
    const write = tableWriter<Row>([{ ...columns[0]!, as: 'good' }], paintFor(true), 80)
    expect(write([{ name: '\u001b[31mred', count: 1 }])).toContain('\u001b[32m␛[31mred\u001b[39m')
  })
})

it('names and values stand in two columns, and long values are broken', () => {
  const text = pairs(
    [
      ['Name', 'one two three four five six seven'],
      ['Other', 'x'],
    ],
    { width: 34 },
  )
  expect(text.split('\n')[0]).toBe('Name   one two three four five')
  expect(text.split('\n').at(-1)).toBe('Other  x')
})
