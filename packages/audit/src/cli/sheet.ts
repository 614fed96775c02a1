import { csvLine } from '@vitrine/core'
import type { Paint } from './paint.js'
import type { Printer } from './printer.js'
import { type Column, rowsAtOnce, tableWriter } from './table.js'
import { visible, visibleJson } from './visible.js'

export type Format = 'text' | 'json' | 'csv' | 'html'

/** What a command shows that is a list: it is written row by row, whatever its length. */
export interface Sheet<Row extends object> {
  /** What stands beside the list in JSON. */
  readonly facts: object
  /** The lines above it in text. */
  readonly lines: readonly string[]
  /** Its name in JSON. */
  readonly list: string
  readonly rows: AsyncIterable<Row> | Iterable<Row>
  readonly columns: readonly Column<Row>[]
  /** A row as text of its own, where a line of a table does not do. */
  readonly block?: (row: Row) => string
  /** What can be said once all rows are there. */
  readonly end?: (count: number) => { readonly facts: object; readonly lines: readonly string[] }
}

/** Where and how things are shown. */
export interface Showing {
  readonly format: Format
  readonly paint: Paint
  readonly printer: Printer
}

/** Writes a list, and gives how many rows it had. */
export async function showSheet<Row extends object>(showing: Showing, sheet: Sheet<Row>): Promise<number> {
  if (showing.format === 'json') return writeJson(showing, sheet)
  if (showing.format === 'csv') return writeCsv(showing, sheet)
  return writeText(showing, sheet)
}

/** Writes one thing: as JSON, or as the text that it is given. */
export async function showDocument({ format, printer }: Showing, document: object, text: () => string): Promise<void> {
  await printer.print(format === 'json' ? `${visibleJson(document, 2)}\n` : text())
}

async function writeText<Row extends object>({ printer, paint }: Showing, sheet: Sheet<Row>): Promise<number> {
  const above = sheet.lines.map((line) => `${line}\n`).join('')
  if (above !== '') await printer.print(`${above}\n`)
  const table = tableWriter(sheet.columns, paint, printer.width)
  let count = 0
  for await (const rows of inParts(sheet.rows, sheet.block ? 1 : rowsAtOnce)) {
    count += rows.length
    await printer.print(sheet.block ? rows.map(sheet.block).join('') : table(rows))
  }
  const below = sheet.end?.(count).lines ?? []
  if (below.length > 0) await printer.print(`${count > 0 ? '\n' : ''}${below.map((line) => `${line}\n`).join('')}`)
  return count
}

/** One document, a row a line. */
async function writeJson<Row extends object>({ printer }: Showing, sheet: Sheet<Row>): Promise<number> {
  await printer.print(
    `{${members(sheet.facts)
      .map((one) => `\n  ${one},`)
      .join('')}\n  ${visibleJson(sheet.list)}: [`,
  )
  let count = 0
  for await (const row of sheet.rows) {
    await printer.print(`${count === 0 ? '' : ','}\n    ${visibleJson(row)}`)
    count += 1
  }
  const after = members(sheet.end?.(count).facts ?? {})
    .map((one) => `,\n  ${one}`)
    .join('')
  await printer.print(`${count === 0 ? '' : '\n  '}]${after}\n}\n`)
  return count
}

function members(facts: object): readonly string[] {
  return Object.entries(facts).map(([name, value]) => `${visibleJson(name)}: ${visibleJson(value)}`)
}

async function writeCsv<Row extends object>({ printer }: Showing, { columns, rows }: Sheet<Row>): Promise<number> {
  const cell = printer.isTerminal ? visible : (text: string) => text
  await printer.print(csvLine(columns.map(({ name }) => name)))
  let count = 0
  for await (const row of rows) {
    await printer.print(csvLine(columns.map((column) => cell(String(column.of(row))))))
    count += 1
  }
  return count
}

async function* inParts<Row>(rows: AsyncIterable<Row> | Iterable<Row>, size: number): AsyncGenerator<readonly Row[]> {
  let part: Row[] = []
  for await (const row of rows) {
    part.push(row)
    if (part.length < size) continue
    yield part
    part = []
  }
  if (part.length > 0) yield part
}
