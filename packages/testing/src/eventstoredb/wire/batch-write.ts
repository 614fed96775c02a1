import type { Metadata } from '@grpc/grpc-js'
import { writeEvents } from '../log/write-events.js'
import {
  type BatchAnswer,
  batchAccessDenied,
  batchAppended,
  batchConflict,
  batchNotReady,
  batchStreamDeleted,
  batchTimeout,
} from './batch-answers.js'
import type { Complete } from './batch-requests.js'
import type { Fault } from './faults.js'
import { refusedBy } from './refused-by.js'
import { faultMet, forEver, type ServerContext } from './server-context.js'

/** Writes one request of a batch stream. What it throws ends the whole stream. */
export async function batchWrite(
  context: ServerContext,
  call: { metadata: Metadata },
  request: Complete,
): Promise<BatchAnswer> {
  const fault = await faultMet(context, call, 'write')
  const refused = refusedInPlace(fault)
  if (refused) return refused
  const endsStream = refusedBy(fault)
  if (endsStream) throw endsStream
  const answer = written(context, request)
  if (fault?.kind === 'timed-out') return batchTimeout()
  if (fault?.kind === 'reply-lost') context.dropConnections()
  return fault?.kind === 'reply-lost' || fault?.kind === 'reply-hangs' ? forEver() : answer
}

function refusedInPlace(fault: Fault | undefined): BatchAnswer | undefined {
  if (fault?.kind === 'not-ready') return batchNotReady()
  if (fault?.kind === 'access-denied') return batchAccessDenied()
  return fault?.kind === 'timed-out' && !fault.written ? batchTimeout() : undefined
}

function written({ state }: ServerContext, { stream, expected, events }: Complete): BatchAnswer {
  const outcome = writeEvents(state, stream, expected, events)
  if (outcome.kind === 'deleted') return batchStreamDeleted(stream)
  if (outcome.kind === 'conflict') return batchConflict(expected, outcome.current)
  return batchAppended(outcome.last, outcome.position)
}
