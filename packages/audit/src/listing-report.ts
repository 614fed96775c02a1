import { difference, type FieldDifference, type Listing, type Publisher, publisherAggregate } from '@vitrine/core'
import type { Audited } from './audited.js'
import { type Revision, revisionsOf } from './compare-revisions.js'
import { type Explanation, explain } from './explain.js'
import { findListing } from './find-stream.js'
import { type Happening, type HistoryOptions, history } from './history.js'
import { oneStreamLog } from './one-stream-log.js'
import type { Verdict } from './part-verdict.js'
import { stateOf } from './stream-story.js'
import { type Submitted, submissionsIn } from './submissions.js'
import { isSound, verify } from './verify.js'

/** Everything that can be told about one listing. */
export interface ListingReport {
  readonly listingId: string
  readonly name: string
  readonly kind: string
  readonly publisher: { readonly id: string; readonly name: string }
  /** When it was made: what time decides is told as of then. */
  readonly madeAt: string
  readonly standing: Explanation['standing']
  readonly mustAct: Explanation['mustAct']
  readonly deadlines: Explanation['deadlines']
  readonly happenings: readonly Happening[]
  readonly revisions: readonly ReportedRevision[]
  readonly submissions: readonly Submitted[]
  /** Of the listing's own stream. */
  readonly verification: Verdict & { readonly sound: boolean }
}

/** A revision, and what it changed of the one before it; the first one, of nothing. */
export interface ReportedRevision extends Revision {
  readonly differences: readonly FieldDifference[]
}

/**
 * Gathers everything about one listing.
 * @throws AuditError `not-found`, `used-wrongly` when something else has the id
 */
export async function listingReport(
  audited: Audited,
  id: string,
  { now, ...options }: HistoryOptions & { readonly now: string },
): Promise<ListingReport> {
  const { stream, id: listingId, host } = await findListing(audited, id)
  const { signal } = options
  const heard = signal ? { signal } : {}
  const happenings: Happening[] = []
  for await (const one of (await history(audited, stream, options)).happenings) happenings.push(one)
  const state = (await stateOf(audited, host.aggregate, stream, heard))!.state as Listing
  const verdict = await verify({ ...audited, log: oneStreamLog(audited.log, stream) }, heard)
  const { standing, mustAct, deadlines } = await explain(audited, stream, now, heard)
  const revisions = await revisionsOf(audited, stream, heard)
  return {
    listingId,
    name: nameOf(revisions),
    kind: state.kind,
    publisher: await publisherOf(audited, state.publisherId),
    madeAt: now,
    standing,
    mustAct,
    deadlines,
    happenings,
    revisions: revisions.map((revision, at) => compared(revision, revisions[at - 1])),
    submissions: submissionsIn(happenings),
    verification: { ...verdict, sound: isSound(verdict) },
  }
}

function nameOf(revisions: readonly Revision[]): string {
  const name = revisions.at(-1)?.content.name
  return typeof name === 'string' ? name : ''
}

async function publisherOf(audited: Audited, id: string): Promise<ListingReport['publisher']> {
  const stream = `${publisherAggregate.prefix}${id}`
  const found = await stateOf(audited, publisherAggregate, stream)
  return { id, name: (found?.state as Publisher | undefined)?.profile.name ?? '' }
}

function compared(revision: Revision, before: Revision | undefined): ReportedRevision {
  const said = (one: Revision) => (one.slug === undefined ? one.content : { ...one.content, vanityUrl: one.slug })
  return { ...revision, differences: difference(before && said(before), said(revision)) }
}
