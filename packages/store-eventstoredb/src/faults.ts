import { conflictError, StoreError, type Version, VitrineError } from '@vitrine/core'

/** What went wrong with an append, and whether anything of it can have been stored. */
interface AppendAttempt {
  readonly stream: string
  readonly expected: Version
}

/**
 * What the store throws for an append that failed. Only what is known not to have been written says so: everything else,
 * however the server or the client words it, is an unknown outcome.
 */
export function appendFault(fault: unknown, { stream, expected }: AppendAttempt): Error {
  if (fault instanceof VitrineError) return fault
  switch (typeOf(fault)) {
    case 'wrong-expected-version':
      return conflictError(stream, expected, actualVersion(fault))
    case 'stream-deleted':
      return goneError(stream, fault)
    case 'maximum-append-size-exceeded':
      return new StoreError('invalid', `The append to ${stream} is larger than the server takes.`, {
        stream,
        cause: fault,
      })
    case 'access-denied':
      return new StoreError(
        'unavailable',
        `The server does not let this store write to ${stream}: nothing was written. Give it credentials that may.`,
        { stream, cause: fault },
      )
    case 'not-leader':
      return notWritten(stream, 'was asked of a node that does not lead', fault)
    default:
      return wasNeverSent(fault)
        ? notWritten(stream, 'never reached a server that takes it', fault)
        : unknownOutcome(stream, fault)
  }
}

/** What the store throws for a reading that failed. */
export function readFault(fault: unknown, what: string): Error {
  if (fault instanceof VitrineError) return fault
  if (typeOf(fault) === 'stream-deleted') return goneError(what, fault)
  if (typeOf(fault) === 'access-denied') {
    const sentence = `The server does not let this store read ${what}. Give it credentials that may; of $all only administrators may by default.`
    return new StoreError('unavailable', sentence, { cause: fault })
  }
  return new StoreError('unavailable', `${what} could not be read now (${sentenceOf(fault)}). Try again.`, {
    cause: fault,
  })
}

/** Nobody knows whether the append was stored. */
export function unknownOutcome(stream: string, cause: unknown): StoreError {
  const sentence = `Nobody knows whether the append to ${stream} was stored (${sentenceOf(cause)}). Look for it before it is sent again.`
  return new StoreError('unknown-outcome', sentence, { stream, cause })
}

/** The stream was deleted for good by hand. */
function goneError(stream: string, cause: unknown): StoreError {
  const sentence = `Stream ${stream} was deleted for good on the server (a tombstone): it can neither be read nor be written again.`
  return new StoreError('gone', sentence, { stream, cause })
}

/** The first events of the stream are missing: the server's own means hide them. */
export function truncatedError(stream: string, sentence: string): StoreError {
  return new StoreError(
    'truncated',
    `Stream ${stream} ${sentence}. It was truncated or deleted by the server's own means, and cannot be folded.`,
    { stream },
  )
}

/** The client's own name for a fault, which survives its messages. */
export function typeOf(fault: unknown): string | undefined {
  return textIn(fault, 'type')
}

/** Whether a read named a position at which no event begins. */
export function isNoPosition(fault: unknown): boolean {
  return /InvalidPosition|invalid position/i.test(sentenceOf(fault))
}

/** The call is known not to have left this process, or to have been turned away at the door. */
function wasNeverSent(fault: unknown): boolean {
  const code = codeIn(fault)
  if (code === undefined) return sentenceOf(fault).startsWith('Failed to discover')
  return code === unavailable && turnedAway.test(sentenceOf(fault))
}

const unavailable = 14
const turnedAway = /No connection established|Name resolution failed|Server Is Not Ready$/

function notWritten(stream: string, why: string, cause: unknown): StoreError {
  const sentence = `The append to ${stream} ${why} (${sentenceOf(cause)}): nothing was written. Try again.`
  return new StoreError('unavailable', sentence, { stream, cause })
}

/** The client gives it as a bigint or as a word, for the same fault. */
function actualVersion(fault: unknown): Version {
  const actual =
    typeof fault === 'object' && fault !== null && 'actualVersion' in fault ? fault.actualVersion : undefined
  if (typeof actual !== 'bigint' || actual < 0n) return 'none'
  return Number(actual < BigInt(Number.MAX_SAFE_INTEGER) ? actual : Number.MAX_SAFE_INTEGER)
}

function codeIn(fault: unknown): number | undefined {
  const code = typeof fault === 'object' && fault !== null && 'code' in fault ? fault.code : undefined
  return typeof code === 'number' ? code : undefined
}

function textIn(fault: unknown, field: 'type' | 'message'): string | undefined {
  if (typeof fault !== 'object' || fault === null) return undefined
  const text: unknown = (fault as { readonly [field: string]: unknown })[field]
  return typeof text === 'string' ? text : undefined
}

function sentenceOf(fault: unknown): string {
  const message = textIn(fault, 'message') ?? String(fault)
  return message === '' ? (typeOf(fault) ?? 'no reason was given') : message
}
