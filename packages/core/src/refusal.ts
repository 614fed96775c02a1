/** The statuses from which a command is possible, by axis: `{ working: ['draft'], live: ['public'] }`. */
export type From = { readonly [axis: string]: readonly string[] }

/** Why the rules say no: a stable `code`, a sentence for people, and facts for programs. */
export interface Refusal {
  readonly code: string
  readonly message: string
  /** The statuses from which the command is possible. */
  readonly allowedFrom?: From
  /** Fields that have no value yet. */
  readonly missing?: readonly string[]
  readonly findings?: readonly Finding[]
  /** What is wrong with the payload, by path. */
  readonly problems?: readonly { readonly path: string; readonly problem: string }[]
  /** An instant: of a deadline that has passed, for example. */
  readonly until?: string
  readonly [fact: string]: unknown
}

/** What a guideline found: which rule, at which field, and what to do. */
export interface Finding {
  readonly guideline: string
  readonly level: 'hard' | 'editorial'
  readonly field: string
  readonly message: string
}

/** A refusal as `decide` returns it. */
export interface Refused {
  readonly refused: Refusal
}

/** Makes a refusal. */
export function refuse(code: string, message: string, facts: { readonly [fact: string]: unknown } = {}): Refused {
  return { refused: { code, message, ...facts } }
}

/** Tells a refusal from events. */
export function isRefused(answer: readonly unknown[] | Refused | undefined): answer is Refused {
  return answer !== undefined && 'refused' in answer
}
