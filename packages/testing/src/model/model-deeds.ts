import { commandOf } from '../lifecycle/deeds.js'
import { isFor } from '../lifecycle/judge.js'
import { lifecycleTable } from '../lifecycle/lifecycle-table.js'
import type { TableRow, Whom } from '../lifecycle/table-row.js'
import { people } from '../people.js'
import { doDeed, type Expected, expire, type MarketModel, rowOf } from './market-model.js'
import type { RealAnswer, RealMarket } from './real-market.js'

type Name = 'ada' | 'luc' | 'sam' | 'rita' | 'olaf' | 'zoe'

/** A line of the table, and who asks for it. */
export interface Deed {
  readonly row: TableRow
  readonly by: Name
  /** The revision that its command names: it stood there when it was asked. */
  readonly revision?: number
}

/** Everybody, the nobodies too. */
export const names = ['ada', 'luc', 'sam', 'rita', 'olaf', 'zoe'] as const
const roles: { readonly [name in Name]: Whom | 'nobody' } = {
  ada: 'administrator',
  luc: 'lister',
  sam: 'nobody',
  rita: 'reviewer',
  olaf: 'operator',
  zoe: 'nobody',
}

/** For whom a line of the table is. */
export function askersOf(row: TableRow): readonly Name[] {
  return names.filter((name) => isFor(row, roles[name]))
}

/** The command of a deed, as it is asked now. */
export async function completed(real: RealMarket, row: TableRow): Promise<object> {
  const command = commandOf(row.deed, await real.listing())
  const { listingId, publisherId } = real
  return { ...command, listingId, ...(command.type === 'Create' && { publisherId }), ...evidenceOf(command.type) }
}

/** As somebody writes it, not as it is stored. */
function evidenceOf(type: string): object {
  if (type !== 'ProvideEvidence') return {}
  return { references: [{ customer: 'Northwind', engagement: 'Twelve months', contact: 'nick@northwind.example' }] }
}

/** What the model expects of a deed; it is done there. */
export function expect(model: MarketModel, { row, by, revision }: Deed): Expected {
  expire(model)
  const role = roles[by]
  const sameCommand = lifecycleTable.filter(({ deed }) => deed.split(': ')[0] === row.deed.split(': ')[0])
  const isOut = by === 'luc' && !model.lucIsIn
  if (role === 'nobody' || isOut || !sameCommand.some((one) => isFor(one, role)))
    return { refused: [...codesForOthers] }
  return doDeed(model, asNow(row, revision, model.listing), role, people[by].id)
}

/** Of a publication that was asked for a revision: by now another one may stand there, or it is live already (T33). */
function asNow(row: TableRow, revision: number | undefined, listing: MarketModel['listing']): TableRow {
  const { working, live, liveRevision } = listing
  if (!row.deed.startsWith('Publish') || revision === undefined) return row
  if (revision === (working === 'none' ? liveRevision : listing.revision)) return row
  const another = rowOf('Publish: another revision')
  const isAsAsked = live === 'private' || (live === 'public' && row.deed !== 'Publish: privately')
  return isAsAsked && revision === liveRevision ? { ...another, holds: () => true } : another
}

const codesForOthers = ['role-may-not', 'not-for-staff', 'unknown-listing', 'unknown-publisher']

/** Whether an answer is the expected one. */
export function fits(expected: Expected, answer: RealAnswer): boolean {
  if ('refused' in expected) return 'refused' in answer && expected.refused.includes(answer.refused.code)
  return !('refused' in answer) && answer.events.map(({ type }) => type).join() === expected.writes.join()
}

/** Where an answer parts from what was expected. */
export function parted(row: TableRow, expected: Expected, answer: RealAnswer): string {
  const wanted = 'refused' in expected ? `refused: ${expected.refused.join(' or ')}` : expected.writes.join(', ')
  return `${row.deed} is answered: ${answerText(answer)}. By the model: ${wanted || 'nothing to do'}.`
}

/** An answer in words. */
export function answerText(answer: RealAnswer): string {
  if ('refused' in answer) return `refused: ${answer.refused.code}`
  return answer.events.map(({ type }) => type).join(', ') || 'nothing to do'
}
