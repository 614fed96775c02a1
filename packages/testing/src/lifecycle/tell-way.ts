import type { AnyCommand, Listing } from '@vitrine/core'
import type { CastName } from './asked-of-code.js'
import { answerText, type SeenAnswer } from './lifecycle-difference.js'
import type { Circumstances, NaiveListing } from './naive-listing.js'

/** A state that was reached, and how. */
export interface Reached {
  readonly listing: Listing
  readonly seen: NaiveListing
  /** Milliseconds. */
  readonly now: number
  /** Deeds from the beginning. */
  readonly age: number
  readonly told: string
  readonly before?: Reached
}

/** Somebody asks something on a state that was reached. */
export interface Asking {
  readonly on: Reached
  readonly command: AnyCommand
  readonly by: CastName
  readonly around: Circumstances
}

/** The fault of rules that part from the table: the shortest way there, what each says, and what differs. */
export function parting({ on, command, by, around }: Asking, said: SeenAnswer, problem: string): Error {
  const way: string[] = []
  for (let at: Reached | undefined = on; at; at = at.before) way.unshift(at.told)
  const { now, ...standing } = around
  const lines = [
    `The lifecycle parts from its table at ${command.type}.`,
    `  ${problem}`,
    `  The rules answer: ${answerText(said)}.`,
    'The shortest way there:',
    ...[...way, askedText(by, command, now - on.now)].map((line, at) => `  ${at}. ${line}`),
    `Around it: ${JSON.stringify(standing)}`,
    `Before it: ${JSON.stringify(on.seen)}`,
  ]
  return new Error(lines.join('\n'))
}

/** What was asked, by whom, and how much later. */
export function askedText(by: CastName, { type, listingId: _listing, ...payload }: AnyCommand, waited: number): string {
  const later = waited > 0 ? `${Math.floor(waited / day)} days and ${waited % day} ms later, ` : ''
  return `${later}${by} asks ${type} ${JSON.stringify(payload)}`
}

const day = 24 * 60 * 60 * 1000
