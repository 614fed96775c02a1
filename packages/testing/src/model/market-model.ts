import { judge } from '../lifecycle/judge.js'
import { lifecycleTable } from '../lifecycle/lifecycle-table.js'
import type { Circumstances, NaiveListing } from '../lifecycle/naive-listing.js'
import type { TableRow, Whom } from '../lifecycle/table-row.js'

/** What a deliberately naive person would keep on paper about a marketplace with one listing. It is moved by the table. */
export interface MarketModel {
  listing: NaiveListing
  /** Milliseconds. */
  now: number
  publisher: Circumstances['publisher']
  autoPublish: boolean
  autoApproval: boolean
  /** Luc is on the team. */
  lucIsIn: boolean
  /** A submission that may be an update, and that nobody has asked about yet. */
  mayBeTrusted: boolean
  lead: 'none' | 'new' | 'erased'
}

/** What should come of something: what is written, nothing, or that it is refused. */
export type Expected = { readonly writes: readonly string[] } | { readonly refused: readonly string[] }

/** Before anything happens: an approved publisher with the right to publish automatically. */
export function newModel(): MarketModel {
  return {
    listing: {
      exists: false,
      working: 'none',
      live: 'none',
      revision: 0,
      newest: 0,
      edition: {},
      liveRevision: 0,
      archive: {},
      operatorWithdrew: [],
      downByOperator: false,
      evidence: [],
    },
    now: Date.parse('2026-01-05T09:00:00.000Z'),
    publisher: 'approved',
    autoPublish: true,
    autoApproval: false,
    lucIsIn: true,
    mayBeTrusted: false,
    lead: 'none',
  }
}

/** Does a deed by the table. The model is changed. */
export function doDeed(model: MarketModel, row: TableRow, by: Whom, actor: string): Expected {
  const { listing } = model
  const judged = judge(row, { listing, around: aroundOf(model), by, actor })
  if ('reasons' in judged) return { refused: judged.reasons }
  if ('nothing' in judged) return { writes: [] }
  model.listing = judged.after
  if (row.deed.startsWith('Submit')) model.mayBeTrusted = model.listing.revision > 1
  return { writes: judged.writes }
}

/** What is due is decided before anything that is asked, whoever asks (T4). */
export function expire(model: MarketModel): void {
  const { working, approval } = model.listing
  if (working === 'approved' && approval && model.now > approval.publishBy) bySystem(model, 'ExpireApproval')
}

/** Everything comes to rest: updates on trust, publications that go by themselves, deadlines, reminders. */
export function rest(model: MarketModel): void {
  expire(model)
  if (model.mayBeTrusted && model.listing.working === 'submitted') bySystem(model, 'Approve: by trust')
  model.mayBeTrusted = false
  if (model.listing.working === 'approved' && model.listing.submission?.mode === 'auto')
    bySystem(model, 'Publish: by itself')
  remind(model)
}

/** The line of the table with this name. */
export function rowOf(deed: string): TableRow {
  const row = lifecycleTable.find((one) => one.deed === deed)
  if (!row) throw new Error(`The table has no line ${deed}.`)
  return row
}

const day = 24 * 60 * 60 * 1000

function aroundOf({ now, publisher, autoPublish, autoApproval }: MarketModel): Circumstances {
  return { now, publisher, autoPublish, autoApproval, slugTaken: false }
}

/** T29: of the thresholds that are reached, the smallest. */
function remind(model: MarketModel): void {
  const { working, approval } = model.listing
  if (working !== 'approved' || !approval) return
  const { publishBy, runsSince, remindedFor = Infinity } = approval
  const reached = [30, 14, 7, 1].filter(
    (days) => publishBy - days * day > runsSince && publishBy - days * day <= model.now,
  )
  const threshold = Math.min(...reached)
  if (threshold < remindedFor) bySystem(model, `RemindPublication: ${threshold} days before`)
}

function bySystem(model: MarketModel, deed: string): void {
  const judged = judge(rowOf(deed), { listing: model.listing, around: aroundOf(model), by: 'system', actor: 'system' })
  if ('after' in judged) model.listing = judged.after
}
