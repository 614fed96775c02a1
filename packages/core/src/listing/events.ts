import * as z from 'zod'
import { type EventOf, event, type StoredOf } from '../event-definition.js'
import type { JsonObject } from '../json.js'
import { sealed } from '../personal.js'

// These are stored for ever. A change of shape is a new version with an upcaster, never an edit.

const publishMode = z.enum(['auto', 'manual'])
const content = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
const reason = z.strictObject({
  guideline: z.string().optional(),
  field: z.string().optional(),
  seen: z.string(),
  howToFix: z.string(),
})
const reference = z.strictObject({ customer: z.string(), engagement: z.string(), contact: sealed<string>().optional() })
const publication = { revision: z.int(), path: z.string(), content }
const live = z.discriminatedUnion('visibility', [
  z.strictObject({ visibility: z.literal('public'), ...publication }),
  z.strictObject({ visibility: z.literal('private'), token: z.string(), ...publication }),
])
const verdict = z.strictObject({ check: z.string(), note: z.string() })

/** Every event of a listing, in the order of its life. */
export const listingEvents = {
  Created: event('publisher', z.strictObject({ publisherId: z.string(), kind: z.string(), name: z.string() })),
  Revised: event('publisher', z.strictObject({ changes: content })),
  VanityUrlClaimed: event('publisher', z.strictObject({ slug: z.string() })),
  VanityUrlReleased: event('publisher', z.strictObject({ slug: z.string() })),
  /** A slug was reserved and never claimed: now the claim cannot come any more. Only where a store writes one stream at a time. */
  ClaimLapsed: event('operator', z.strictObject({ slug: z.string() })),
  Submitted: event(
    'publisher',
    z.strictObject({
      submissionId: z.string(),
      revision: z.int(),
      contentHash: z.string(),
      comment: z.string(),
      publishMode,
      unchanged: z.literal(true).optional(),
    }),
  ),
  SubmissionRecalled: event('publisher', z.strictObject({ submissionId: z.string() })),
  PublishModeChanged: event(
    'publisher',
    z.strictObject({ mode: publishMode, cause: z.enum(['right', 'publisher', 'listing', 'withdrawn']).optional() }),
  ),
  ReviewStarted: event('publisher', z.strictObject({ reviewer: z.string() }), { operatorOnly: ['reviewer'] }),
  QuestionAsked: event(
    'publisher',
    z.strictObject({ questionId: z.string(), text: z.string(), blocking: z.boolean() }),
  ),
  QuestionAnswered: event('publisher', z.strictObject({ questionId: z.string(), text: z.string() })),
  QuestionClosed: event('publisher', z.strictObject({ questionId: z.string() })),
  ChangesSuggested: event('publisher', z.strictObject({ field: z.string(), text: z.string() })),
  EvidenceRequested: event('publisher', z.strictObject({ check: z.string(), text: z.string() })),
  EvidenceProvided: event(
    'publisher',
    z.strictObject({
      /** There when a reference has a contact: the owner of what is sealed. */
      evidenceId: z.string().optional(),
      check: z.string(),
      references: z.array(reference),
      links: z.array(z.string()),
      text: z.string(),
    }),
    { personal: ['references'], upcast: [(withoutContacts) => withoutContacts] },
  ),
  EvidenceErased: event('publisher', z.strictObject({ evidenceId: z.string() }), {
    erases: ({ data }) => [`evidence-${String(data.evidenceId)}`],
  }),
  CheckPassed: event('publisher', verdict, { operatorOnly: ['note'] }),
  CheckFailed: event('publisher', verdict, { operatorOnly: ['note'] }),
  CheckWaived: event('publisher', verdict, { operatorOnly: ['note'] }),
  ReviewHeld: event('publisher', z.strictObject({ reason: z.string() }), { operatorOnly: ['reason'] }),
  ReviewResumed: event('publisher', z.strictObject({})),
  Approved: event(
    'publisher',
    z.strictObject({
      submissionId: z.string(),
      contentHash: z.string(),
      approvedAt: z.string(),
      publishBy: z.string(),
      publishMode,
      basis: z.enum(['review', 'trusted-update']),
      autoPublishDenied: z.enum(['right', 'publisher', 'listing']).optional(),
    }),
  ),
  Rejected: event('publisher', z.strictObject({ submissionId: z.string(), reasons: z.array(reason) })),
  Published: event('public', live, { publisherOnly: ['token'] }),
  Superseded: event('publisher', z.strictObject({ revision: z.int() })),
  PublicationReminded: event(
    'publisher',
    z.strictObject({ publishBy: z.string(), threshold: z.number(), daysLeft: z.number() }),
  ),
  PublicationDeadlineExtended: event('publisher', z.strictObject({ until: z.string(), reason: z.string() }), {
    operatorOnly: ['reason'],
  }),
  AutoRejected: event(
    'publisher',
    z.strictObject({ cause: z.literal('publication-overdue'), approvedAt: z.string(), publishBy: z.string() }),
  ),
  RevisionStarted: event('publisher', z.strictObject({ revision: z.int(), from: z.int() })),
  RevisionDiscarded: event('publisher', z.strictObject({ revision: z.int() })),
  Withdrawn: event('publisher', z.strictObject({ reason: z.string(), by: z.enum(['publisher', 'operator']) })),
  Republished: event('public', live, { publisherOnly: ['token'] }),
  MadePrivate: event('publisher', z.strictObject({ token: z.string() })),
  MadePublic: event('publisher', z.strictObject({})),
  PrivateLinkRenewed: event('publisher', z.strictObject({ token: z.string() })),
  Suspended: event('publisher', z.strictObject({ reason: z.string() })),
  Reinstated: event('publisher', z.strictObject({})),
  Deleted: event('publisher', z.strictObject({})),
} as const

/** What happened to a listing. */
export type ListingEvent = EventOf<typeof listingEvents>

/** A listing's event as the log holds it. */
export type StoredListingEvent = StoredOf<ListingEvent>

/** What an event of this type says. */
export type ListingDataOf<Type extends ListingEvent['type']> = z.output<(typeof listingEvents)[Type]['data']>
