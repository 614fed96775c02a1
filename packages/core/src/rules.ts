import type * as z from 'zod'
import type { Json, JsonObject } from './json.js'
import type { Pages } from './messages/pages.js'

/** How much a check matters for a kind. An optional one becomes required once it is requested or has failed. */
export type CheckNeed = 'required' | 'optional'

/** A kind of listing: the shape of its content, and what a review of it consists of. */
export interface Kind {
  /** Its key in `kinds`. Filled by `defineMarketplace`. */
  readonly name?: string
  /** Each field of the object is a field of the listing. Fields that are not optional are needed for Submit. */
  readonly content: z.ZodObject
  readonly checks: { readonly [check: string]: CheckNeed }
  /**
   * The fields of which a change always needs a review: an update that touches one is never approved without (T23). Name,
   * kind and slug always do. Absent: price, terms, what leads customers elsewhere, what was examined or had to be proven,
   * and every field that the built-in schemas do not have.
   */
  readonly reviewAlways?: readonly string[]
}

/**
 * What a guideline found: `true` when it holds, else what was seen and what to do, for people. Several things are a
 * list; one that stands beside another field than the guideline's first names it.
 */
export type Found = true | string | readonly (string | { readonly field: string; readonly message: string })[]

/** A rule that content must follow. Hard ones stand in the way of Submit, editorial ones are advice. */
export interface Guideline {
  readonly name: string
  readonly level: 'hard' | 'editorial'
  /** The fields that it reads; asked only when one of them has a value. Findings stand beside the first of the kind's. */
  readonly fields: readonly string[]
  /** Only for these kinds; for all when absent. */
  readonly kinds?: readonly string[]
  readonly check: (content: JsonObject) => Found
}

/** Everything that a marketplace decides for itself. Made by `defineMarketplace`, which fills what is left out. */
export interface Rules {
  /** Absolute links begin with it. No slash at the end. */
  readonly baseUrl: string
  /** Where messages lead to. */
  readonly pages: Pages
  /** Days of 24 hours from approval to the deadline of publication (T1). */
  readonly publishWithinDays: number
  /** Days before the deadline at which the publisher is reminded, largest first (T29). */
  readonly remindDaysBefore: readonly number[]
  /** Hours from the capture of a lead to the instant after which its first response is overdue (P6). */
  readonly firstResponseWithinHours: number
  /** Days of 24 hours in which an invitation to a team may be accepted. */
  readonly invitationDays: number
  readonly kinds: { readonly [kind: string]: Kind }
  readonly guidelines: readonly Guideline[]
  /** Slugs that nobody may claim. */
  readonly reservedSlugs: readonly string[]
  /** The version of the content schemas, from 1 on, stored with every event. */
  readonly contentVersion: number
  /**
   * Lifts content by one version: from `version` to the next. It is called once for each version between the one that
   * content was written under and today's, with all that a listing of that kind said then, which may lack any field; it
   * changes nothing that it is given. What it gives no value, or `null`, is not there.
   */
  readonly upcastContent: (
    content: JsonObject,
    from: { readonly version: number; readonly kind: string },
  ) => { readonly [field: string]: Json | undefined }
}
