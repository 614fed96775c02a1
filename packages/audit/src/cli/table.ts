import { stripVTControlCharacters } from 'node:util'
import Table from 'cli-table3'
import type { Paint } from './paint.js'

/** One column of a list: as text for people, and as a cell of a CSV file. */
export interface Column<Row> {
  readonly name: string
  readonly title: string
  of(row: Row): string | number
  /** How the text is set off. */
  readonly as?: Exclude<keyof Paint, 'isColourful'> | ((row: Row) => Exclude<keyof Paint, 'isColourful'>)
  /** It may be cut when a line has no room for all columns. */
  readonly mayShrink?: true
}

/** Rows that are written together: the widths of columns only ever grow from one such part to the next. */
export const rowsAtOnce = 200

/** Writes a table part by part, so that it may be of any length. */
export function tableWriter<Row>(columns: readonly Column<Row>[], paint: Paint, width: number) {
  let widths: readonly number[] = columns.map(({ title }) => title.length)
  let isFirst = true
  return (rows: readonly Row[]): string => {
    const texts = rows.map((row) => columns.map((column) => paint.plain(String(column.of(row)))))
    widths = widths.map((least, at) => texts.reduce((most, row) => Math.max(most, widthOf(row[at] ?? '')), least))
    const fit = fitted(columns, widths, width)
    const head = isFirst ? [lineOf(columns.map(({ title }, at) => paint.faint(padded(title, fit[at] ?? 0))))] : []
    isFirst = false
    const lines = rows.map((row, of) =>
      lineOf(columns.map((column, at) => painted(column, row, padded(texts[of]?.[at] ?? '', fit[at] ?? 0), paint))),
    )
    return [...head, ...lines].map((line) => `${line}\n`).join('')
  }
}

/** Two columns, names and what stands under them, which is broken where a line has no room. */
export function pairs(
  rows: readonly (readonly [name: string, value: string])[],
  { indent = 0, width = 100, least = 0 } = {},
): string {
  if (rows.length === 0) return ''
  const left = Math.max(least, ...rows.map(([name]) => widthOf(name))) + gap
  const room = Math.max(Math.min(width, 160) - indent - left, 24)
  const colWidths = [left, Number.isFinite(width) ? room : Math.max(room, 120)]
  const table = new Table({ ...bare, colWidths, wordWrap: true })
  for (const row of rows) table.push([...row])
  const margin = ' '.repeat(indent)
  return trimmed(table.toString()).replace(/^(?=.)/gm, margin)
}

const gap = 2
const none = ''
const bare = {
  chars: {
    top: none,
    'top-mid': none,
    'top-left': none,
    'top-right': none,
    bottom: none,
    'bottom-mid': none,
    'bottom-left': none,
    'bottom-right': none,
    left: none,
    'left-mid': none,
    mid: none,
    'mid-mid': none,
    right: none,
    'right-mid': none,
    middle: none,
  },
  style: { head: [], border: [], 'padding-left': 0, 'padding-right': gap, compact: true },
}

function painted<Row>({ as }: Column<Row>, row: Row, text: string, paint: Paint): string {
  const how = typeof as === 'function' ? as(row) : as
  return how === undefined ? text : paint[how](text)
}

/** As wide as asked for; where that is too wide together, the widest of those that may shrink do. */
function fitted<Row>(columns: readonly Column<Row>[], widths: readonly number[], room: number): readonly number[] {
  const fit = [...widths]
  const over = () => fit.reduce((sum, one) => sum + one + gap, 0) - gap - room
  while (over() > 0) {
    const shrinking = fit.map((one, at) => (columns[at]?.mayShrink && one > narrowest ? one : 0))
    const widest = shrinking.indexOf(Math.max(...shrinking))
    if (shrinking[widest] === 0) break
    fit[widest]! -= 1
  }
  return fit
}

const narrowest = 8

function lineOf(cells: readonly string[]): string {
  return trimmed(cells.join(' '.repeat(gap)))
}

/** What people see as one sign is never cut in two. */
const signs = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Exactly as wide: filled up, or cut where it has no room. */
function padded(text: string, width: number): string {
  const missing = width - widthOf(text)
  if (missing >= 0) return text + ' '.repeat(missing)
  let cut = ''
  for (const { segment } of signs.segment(text)) {
    if (widthOf(cut + segment) > width - 1) break
    cut += segment
  }
  return `${cut}…${' '.repeat(Math.max(width - 1 - widthOf(cut), 0))}`
}

/** Columns that a text takes: wide signs take two, what only changes others takes none. */
function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length
  let width = 0
  for (const { segment } of signs.segment(stripVTControlCharacters(text))) width += wide.test(segment) ? 2 : 1
  return width
}

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

function trimmed(text: string): string {
  return text.replace(/ +$/gm, '')
}
