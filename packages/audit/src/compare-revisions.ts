import { difference, type FieldDifference, type JsonObject, type Listing } from '@vitrine/core'
import { AuditError } from './audit-error.js'
import type { Audited } from './audited.js'
import { findListing } from './find-stream.js'
import { streamStory } from './stream-story.js'

/** One numbered edition of a listing, as it was last written. */
export interface Revision {
  readonly revision: number
  readonly content: JsonObject
  readonly slug?: string
  /** When it was begun, and when it was changed last. */
  readonly from: string
  readonly until: string
  /** When it first went live, if it ever did. */
  readonly publishedAt?: string
}

/** What differs between two editions of a listing. */
export interface ComparedRevisions {
  readonly id: string
  readonly before: Revision
  readonly after: Revision
  readonly differences: readonly FieldDifference[]
}

/** Every revision of a listing, also those that were never live or were discarded, in their order. */
export async function revisionsOf(
  audited: Audited,
  id: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<readonly Revision[]> {
  const { host, stream } = await findListing(audited, id)
  const revisions = new Map<number, Revision>()
  for await (const { event, before, after } of streamStory(audited, host.aggregate, stream, signal ? { signal } : {})) {
    const at = event.metadata.occurredAt
    const [was, { working }] = [before as Listing, after as Listing]
    if (event.type === 'Published' && was.working.status !== 'none') {
      const published = revisions.get(was.working.revision)
      if (published) revisions.set(published.revision, { ...published, publishedAt: at })
    }
    if (working.status === 'none') continue
    const known = revisions.get(working.revision)
    if (known?.content === working.content && known.slug === working.slug) continue
    revisions.set(working.revision, revisionOf(working, known?.from ?? at, at))
  }
  return [...revisions.values()]
}

/**
 * What differs between two revisions of a listing, field by field. They are named by their numbers, as `r3` or `3`.
 * @throws AuditError `not-found`, `used-wrongly`
 */
export async function compareRevisions(
  audited: Audited,
  id: string,
  [one, other]: readonly [string, string],
  options: { readonly signal?: AbortSignal } = {},
): Promise<ComparedRevisions> {
  const [from, to] = [numberOf(one), numberOf(other)]
  const revisions = await revisionsOf(audited, id, options)
  const named = (revision: number) => {
    const found = revisions.find((each) => each.revision === revision)
    if (found) return found
    const known = revisions.map((each) => `r${each.revision}`).join(', ')
    throw new AuditError('not-found', `The listing ${id} has no revision ${revision}; it has ${known}.`)
  }
  const [before, after] = [named(from), named(to)]
  return { id, before, after, differences: difference(comparedIn(before), comparedIn(after)) }
}

type Edition = Extract<Listing['working'], { revision: number }>

function revisionOf({ revision, content, slug }: Edition, from: string, until: string): Revision {
  return { revision, content, ...(slug !== undefined && { slug }), from, until }
}

/** The vanity URL belongs to a revision as its fields do. */
function comparedIn({ content, slug }: Revision): JsonObject {
  return slug === undefined ? content : { ...content, vanityUrl: slug }
}

function numberOf(name: string): number {
  const [, digits] = /^r?(\d{1,9})$/.exec(name) ?? []
  if (digits !== undefined) return Number(digits)
  throw new AuditError('used-wrongly', `${name} names no revision: r3, or 3, was expected.`)
}
