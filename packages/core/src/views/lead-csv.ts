import type { Contact } from '../lead/contact.js'
import type { Opened } from '../personal.js'
import type { PipelineLead } from './lead-pipeline.js'

/** A lead as the pipeline shows it to whoever asked. */
export type ShownLead = Opened<PipelineLead>

const columns = [
  'leadId',
  'listingId',
  'status',
  'reached',
  'assignee',
  'name',
  'company',
  'email',
  'phone',
  'capturedAt',
  'consentedAt',
  'lastStepAt',
  'respondBy',
  'overdue',
  'notes',
] as const

/**
 * Leads as a CSV file that spreadsheets open: UTF-8 with a byte order mark, a header, every field in quotes, lines that end
 * in CR LF (RFC 4180), instants as ISO 8601 in UTC. What a spreadsheet would take for a formula gets an apostrophe in
 * front: a telephone number stays readable, as `'+44 20 7946 0000`. Cells of contacts that were erased, or are withheld, are empty.
 */
export function leadCsv(leads: Iterable<ShownLead>): string {
  const lines = [[...columns], ...Array.from(leads, cellsOf)].map(csvLine)
  return `\uFEFF${lines.join('')}`
}

/** One line of such a file. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\r\n`
}

/** Nothing that a cell shows is more than a word or a number. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

function cellsOf(lead: ShownLead): readonly string[] {
  const known: { readonly [column: string]: unknown } = { ...lead, ...contactIn(lead), status: statusOf(lead) }
  return columns.map((column) => textOf(known[column]))
}

function contactIn({ contact }: ShownLead): Partial<Contact> {
  return contact !== null && 'name' in contact ? contact : {}
}

/** The key is destroyed before the pipeline hears of it. */
function statusOf({ contact, status }: ShownLead): string {
  return contact !== null && 'erased' in contact ? 'erased' : status
}

/** What a spreadsheet may take for a formula, or for the end of a cell: also after blanks and marks that are not seen. */
const formula = /^(?:[\t\r\n]|[\s\p{Cf}\p{Default_Ignorable_Code_Point}]*[=+\-@])/u

/** Signs in full width, or in small, count as the signs that they stand for. */
function quoted(cell: string): string {
  return `"${(formula.test(cell.normalize('NFKC')) ? `'${cell}` : cell).replaceAll('"', '""')}"`
}
