import type { Circumstances, NaiveListing, NaiveLive, NaiveSubmission, NaiveWorking } from './naive-listing.js'

/** Who may ask: a role on the team, one of the marketplace's, or the system. An operator may do what a reviewer may. */
export type Whom = 'administrator' | 'lister' | 'reviewer' | 'operator' | 'system'

/** One line of the table: a command with what it says, who may ask for it, from where, what else must hold, and what follows. */
export interface TableRow {
  /** The command, and what tells this line apart from others of the same command. */
  readonly deed: string
  readonly who: readonly Whom[]
  /** Nothing of that id may exist. */
  readonly begins?: true
  readonly working?: readonly NaiveWorking[]
  readonly live?: readonly NaiveLive[]
  /** Codes that explain a wrong status better than the status. */
  readonly elsewhere?: readonly string[]
  /** Why not, by the code of the refusal: each is asked by itself, in no order. Only asked where the status is right. */
  readonly unless?: { readonly [code: string]: (on: Asked) => boolean }
  /** The named state holds already: nothing is written (T33). */
  readonly holds?: (on: Asked) => boolean
  /** The events, in order. */
  readonly writes: (on: Asked) => readonly string[]
  /** What is different afterwards. It changes the listing that it is given. */
  readonly effect: (on: Asked) => void
}

/** A listing, what surrounds it, and by whom something is asked. */
export interface Asked {
  readonly listing: NaiveListing
  readonly around: Circumstances
  readonly by: Whom
  /** The actor, where it matters who of several it is. */
  readonly actor: string
}

export const listers = ['administrator', 'lister'] as const
export const reviewers = ['reviewer', 'operator'] as const

/** The submission of a listing that has one. */
export function submissionIn({ listing }: Asked): NaiveSubmission {
  if (!listing.submission) throw new Error('The table speaks of a submission where there is none.')
  return listing.submission
}

/** In good standing is who is approved and not suspended (T22). */
export const notInGoodStanding = { 'publisher-suspended': ({ around }: Asked) => around.publisher === 'suspended' }

export const whileSuspended = { 'listing-suspended': ({ listing }: Asked) => listing.live === 'suspended' }

/** Questions, requests, verdicts and a hold belong to one submission and end with it (T13, T15). */
export function endSubmission(on: Asked, decided: boolean): void {
  const { listing } = on
  const { edition, verdicts } = submissionIn(on)
  const carries = Object.fromEntries(
    Object.entries(verdicts).flatMap(([check, { verdict }]) => (verdict === 'failed' ? [] : [[check, verdict]])),
  )
  const before = listing.last?.decided
  listing.last = { edition, carries, ...(decided ? { decided: edition } : before ? { decided: before } : {}) }
}

/** The working revision is a draft again. */
export function backToDraft(on: Asked): void {
  const { listing } = on
  if (listing.working === 'approved') endSubmission(on, true)
  listing.working = 'draft'
  delete listing.submission
  delete listing.approval
  delete listing.rejectedBy
}
