import * as z from 'zod'
import { fieldPhrase, kindOf, parseChanges } from '../../content/content.js'
import { idTaken } from '../../decide.js'
import { id, idIn } from '../../id.js'
import { type JsonObject, sameJson } from '../../json.js'
import { notInGoodStanding } from '../../publisher/standing.js'
import type { Publisher } from '../../publisher/state.js'
import { type Refused, refuse } from '../../refusal.js'
import type { Rules } from '../../rules.js'
import { applyChanges } from '../evolve.js'
import { editionOf } from '../parts.js'
import type { Listing } from '../state.js'
import { dataOf, type ListingFacts, listers, listingRow, text } from './listing-row.js'

const jsonObject = z.custom<JsonObject>(isObject, 'an object of fields is expected')

const writable = { working: ['draft', 'rejected', 'approved'] } as const

export const create = listingRow(
  'Create',
  { publisherId: id, kind: z.string(), name: text },
  {
    who: listers,
    begins: true,
    strangersSee: 'publisher',
    when: 'the publisher is approved and not suspended; the kind is one of the marketplace',
    writes: ['Created'],
    prepare: (command, _listing, { rules }) => {
      const kind = rules.kinds[command.kind]
      if (!kind) return unknownKind(command.kind, rules)
      const read = parseChanges(kind, { name: command.name })
      return 'problems' in read
        ? contentInvalid(command.kind, read.problems)
        : { ...command, name: read.changes.name as string }
    },
    may: (listing, { publisher }) => wasOfAnother(listing, publisher) ?? notInGoodStanding(publisher),
    does: ({ publisherId, kind, name }) => [{ type: 'Created', data: { publisherId, kind, name } }],
    commandOf: (events) => ({
      command: { type: 'Create', listingId: idIn(events[0]!), ...dataOf(events, 'Created') },
      made: {},
    }),
  },
)

export const revise = listingRow(
  'Revise',
  { changes: jsonObject },
  {
    who: listers,
    from: writable,
    when: 'every field belongs to the kind; revising an approved revision voids the approval (T12)',
    writes: ['Revised'],
    prepare: (command, listing, { rules }) => {
      const read = parseChanges(kindOf(rules, listing.kind), command.changes)
      return 'problems' in read ? contentInvalid(listing.kind, read.problems) : { ...command, changes: read.changes }
    },
    already: ({ changes }, { working }) =>
      working.status !== 'none' && sameJson(applyChanges(working.content, changes), working.content),
    does: ({ changes }) => [{ type: 'Revised', data: { changes } }],
    commandOf: (events, { id: listingId }) => ({
      command: { type: 'Revise', listingId, ...dataOf(events, 'Revised') },
      made: {},
    }),
  },
)

export const claimVanityUrl = listingRow(
  'ClaimVanityUrl',
  { slug: z.string() },
  {
    who: listers,
    from: writable,
    when: 'the slug is free in the registry, well formed and not reserved (T17)',
    writes: ['VanityUrlClaimed'],
    already: ({ slug }, { working }) => 'slug' in working && working.slug === slug,
    does: ({ slug }, listing, facts) =>
      forbidsSlug(slug, listing, facts) ?? [{ type: 'VanityUrlClaimed', data: { slug } }],
    commandOf: (events, { id: listingId }) => ({
      command: { type: 'ClaimVanityUrl', listingId, ...dataOf(events, 'VanityUrlClaimed') },
      made: {},
    }),
  },
)

export const releaseVanityUrl = listingRow(
  'ReleaseVanityUrl',
  {},
  {
    who: listers,
    from: writable,
    writes: ['VanityUrlReleased'],
    already: (_command, { working }) => working.status !== 'none' && working.slug === undefined,
    does: (_command, listing) => [{ type: 'VanityUrlReleased', data: { slug: editionOf(listing).slug! } }],
    commandOf: (_events, { id: listingId }) => ({ command: { type: 'ReleaseVanityUrl', listingId }, made: {} }),
  },
)

export const startRevision = listingRow(
  'StartRevision',
  { from: z.int().positive().optional() },
  {
    who: listers,
    from: { working: ['none'] },
    when: 'a revision is or was live; it starts from the live one, else from the newest archived one, unless another is named',
    writes: ['RevisionStarted'],
    does: ({ from }, listing) => {
      const origin = from ?? newestRevision(listing)
      if (!listing.archive[origin]) return unknownRevision(origin, listing)
      return [{ type: 'RevisionStarted', data: { revision: listing.lastRevision + 1, from: origin } }]
    },
    commandOf: (events, { id: listingId }) => ({
      command: { type: 'StartRevision', listingId, from: dataOf(events, 'RevisionStarted').from },
      made: {},
    }),
  },
)

export const discardRevision = listingRow(
  'DiscardRevision',
  {},
  {
    who: listers,
    from: { working: ['draft', 'rejected'] },
    when: 'a revision was live before (else Revise, or Delete if never submitted)',
    writes: ['RevisionDiscarded'],
    may: ({ archive }) => (Object.keys(archive).length > 0 ? undefined : neverLive('DiscardRevision')),
    does: (_command, { lastRevision }) => [{ type: 'RevisionDiscarded', data: { revision: lastRevision } }],
    commandOf: (_events, { id: listingId }) => ({ command: { type: 'DiscardRevision', listingId }, made: {} }),
  },
)

export const deleteListing = listingRow(
  'Delete',
  {},
  {
    who: listers,
    from: { working: ['draft'] },
    when: 'it was never submitted (T32)',
    writes: ['Deleted'],
    may: ({ lastSubmission }) => {
      if (!lastSubmission) return undefined
      return refuse(
        'once-submitted',
        'A listing that was submitted cannot be deleted: discard the revision, or withdraw.',
      )
    },
    does: () => [{ type: 'Deleted', data: {} }],
    commandOf: (_events, { id: listingId }) => ({ command: { type: 'Delete', listingId }, made: {} }),
  },
)

/** The refusal that names a revision which was never live. */
export function unknownRevision(revision: number, { archive }: Listing): Refused {
  const known = Object.keys(archive).map(Number)
  return refuse(
    'unknown-revision',
    `Revision ${revision} was never live; ${known.join(', ')} ${known.length > 1 ? 'were' : 'was'}.`,
    {
      revisions: known,
    },
  )
}

export function neverLive(command: string): Refused {
  return refuse('never-live', `${command} needs a revision that is or was live; there is none yet.`)
}

/** The id of a deleted draft begins anew for its publisher alone: the history under it is theirs (T34). */
function wasOfAnother({ publisherId }: Listing, publisher: Publisher): Refused | undefined {
  return publisherId === '' || publisherId === publisher.id ? undefined : idTaken('listing')
}

function newestRevision({ live, archive }: Listing): number {
  return live.status === 'none' ? Math.max(...Object.keys(archive).map(Number)) : live.revision
}

function forbidsSlug(slug: string, listing: Listing, { rules, slugHolder }: ListingFacts): Refused | undefined {
  if (!/^[a-z0-9-]{3,60}$/.test(slug)) {
    return refuse(
      'slug-invalid',
      `"${slug.slice(0, 80)}" cannot be a vanity URL: 3 to 60 of a-z, 0-9 and - are expected.`,
    )
  }
  if (rules.reservedSlugs.includes(slug)) return refuse('slug-reserved', `"${slug}" is reserved by the marketplace.`)
  if (slugHolder === undefined || slugHolder === listing.id) return undefined
  return refuse('slug-taken', `"${slug}" is taken by another listing.`)
}

function unknownKind(kind: string, { kinds }: Rules): Refused {
  const known = Object.keys(kinds)
  return refuse('unknown-kind', `There is no kind "${kind.slice(0, 80)}"; the marketplace has ${known.join(', ')}.`, {
    kinds: known,
  })
}

function contentInvalid(
  kind: string,
  problems: readonly { readonly path: string; readonly problem: string }[],
): Refused {
  const list = problems.map(({ path, problem }) => `${path}: ${problem}`).join('; ')
  return refuse('content-invalid', `The content does not fit the kind ${kind}. ${list}`, { problems })
}

/** A sentence part that lists fields as people say them. */
export function phrases(fields: readonly string[]): string {
  return fields.map(fieldPhrase).join('; ')
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
