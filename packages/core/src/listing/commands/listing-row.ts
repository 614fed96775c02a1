import * as z from 'zod'
import { readingOf } from '../../event-definition.js'
import { id } from '../../id.js'
import type { Publisher } from '../../publisher/state.js'
import { type Refused, refuse } from '../../refusal.js'
import type { Facts, Row } from '../../row.js'
import type { Rules } from '../../rules.js'
import { type ListingEvent, listingEvents } from '../events.js'
import type { Listing, Submission, Working } from '../state.js'

/** What decisions on a listing lean on. */
export interface ListingFacts extends Facts {
  /** The publisher that owns the listing, or is to own it. */
  readonly publisher: Publisher
  readonly rules: Rules
  /** The listing that holds the slug which the command names. */
  readonly slugHolder?: string
  /** Lower-case hex SHA-256 of the UTF-8 of a text. */
  readonly sha256: (text: string) => string
}

type SchemaOf<Type extends string, Fields extends z.ZodRawShape> = z.ZodObject<
  { type: z.ZodLiteral<Type>; listingId: z.ZodString } & Fields,
  z.core.$strict
>

/** A command as its row's schema gives it. */
export type ListingCommandOf<Type extends string, Fields extends z.ZodRawShape> = z.output<SchemaOf<Type, Fields>>

type RowOf<Type extends string, Fields extends z.ZodRawShape> = Row<
  Listing,
  ListingFacts,
  ListingCommandOf<Type, Fields>,
  ListingEvent
>

/** Declares one command of a listing. */
export function listingRow<const Type extends string, Fields extends z.ZodRawShape>(
  type: Type,
  fields: Fields,
  parts: Omit<RowOf<Type, Fields>, 'type' | 'command'>,
): RowOf<Type, Fields> & { readonly type: Type; readonly command: SchemaOf<Type, Fields> } {
  const command = z.strictObject({ type: z.literal(type), listingId: id, ...fields })
  return { type, command, ...parts }
}

/** Members who write, submit and publish listings, and answer reviewers. */
export const listers = { members: ['administrator', 'lister'] } as const
export const reviewers = { staff: ['reviewer', 'operator'] } as const
export const operators = { staff: ['operator'] } as const
export const theSystem = { system: true } as const

/** Something that a person wrote and that may not be blank. */
export const text = z.string().trim().min(1).max(20_000)
export const remark = z.string().trim().max(20_000)
export const publishMode = z.enum(['auto', 'manual'])
export const visibility = z.enum(['public', 'private'])

export const underReview = { working: ['submitted', 'inReview'] } as const

export const { dataOf, findData } = readingOf(listingEvents)

/** The submission that may still lead to a publication. */
export function submissionInFlight(working: Working): Submission | undefined {
  return working.status === 'approved' ? working.submission : openSubmission(working)
}

/** The submission that waits or is under review. */
export function openSubmission(working: Working): Submission | undefined {
  return working.status === 'submitted' || working.status === 'inReview' ? working.submission : undefined
}

export function listingSuspended(listing: Listing): Refused | undefined {
  if (listing.live.status !== 'suspended') return undefined
  return refuse(
    'listing-suspended',
    'The live revision is suspended by the marketplace; only an operator can change that.',
  )
}

export function approvalExpired(publishBy: string): Refused {
  const message = `The approval has expired: it had to be published by ${publishBy}. Submit the revision again.`
  return refuse('approval-expired', message, { until: publishBy })
}
