import { type Checkpoint, type ReadAllOptions, type ReadStreamOptions, StoreError } from './event-store.js'
import { checkStreamName } from './serialise-append.js'

/** The reading of a stream, checked and with its defaults. */
export interface StreamPlan {
  readonly from: number
  readonly limit: number
  readonly backwards: boolean
}

/** The reading of the log, checked and with its defaults. `verify` is a checkpoint that the log must hold. */
export interface LogPlan {
  readonly after: number
  readonly verify?: Checkpoint
  readonly types?: readonly string[]
  readonly streams?: readonly string[]
  readonly streamPrefix?: string
  readonly limit: number
  readonly follow: boolean
}

/** @throws StoreError `invalid`, naming what was expected. */
export function planReadStream(stream: string, options: ReadStreamOptions): StreamPlan {
  checkStreamName(stream)
  const { backwards = false, limit = 1000, from = backwards ? Number.MAX_SAFE_INTEGER : 0 } = options
  checkWhole(from, 0, 'from')
  checkWhole(limit, 1, 'limit')
  return { from, limit, backwards }
}

/** @throws StoreError `invalid`, naming what was expected. */
export function planReadAll({ after = 0, limit = 1000, follow = false, ...options }: ReadAllOptions): LogPlan {
  const position = typeof after === 'number' ? after : after.position
  checkWhole(position, 0, 'after')
  checkWhole(limit, 1, 'limit')
  const { types, streams, streamPrefix } = options
  return {
    after: position,
    ...(typeof after !== 'number' && { verify: after }),
    ...(types !== undefined && { types }),
    ...(streams !== undefined && { streams }),
    ...(streamPrefix !== undefined && { streamPrefix }),
    limit,
    follow,
  }
}

/** Whoever asks for no events only wants to know where the log stands: that is known without a walk over it. */
export function isForNothing({ types, streams }: LogPlan): boolean {
  return types?.length === 0 || streams?.length === 0
}

/** What every store throws for a checkpoint that its log does not hold. */
export function logReplacedError(checkpoint: Checkpoint, logId: string): StoreError {
  const found = checkpoint.logId === logId ? 'holds another event, or none, there' : `is another log, ${logId}`
  return new StoreError(
    'log-replaced',
    `The checkpoint at position ${checkpoint.position} of log ${checkpoint.logId} does not fit: this ${found}. ` +
      'The log was replaced or restored; rebuild what was built from it.',
    { checkpoint },
  )
}

/** What every store throws when a signal ended a call. Nothing was written. */
export function abortedError(cause: unknown): StoreError {
  return new StoreError('aborted', 'The call was aborted by its signal; nothing was written.', { cause })
}

/** What every store throws after it was closed. */
export function closedError(): StoreError {
  return new StoreError('closed', 'The store is closed. Open it again to go on.')
}

function checkWhole(value: number, least: number, what: string): void {
  if (Number.isSafeInteger(value) && value >= least) return
  throw new StoreError('invalid', `${what} is ${value}; it must be a whole number from ${least} to 2^53 - 1.`)
}
