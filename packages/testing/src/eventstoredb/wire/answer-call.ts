import type { Metadata, ServerErrorResponse, sendUnaryData } from '@grpc/grpc-js'
import type { CallKind } from './faults.js'
import { endWithHttpError } from './http2-stream-of.js'
import { isUnsendable, thrown, timedOut } from './refusals.js'
import { refusedBy } from './refused-by.js'
import { faultMet, forEver, type ServerContext } from './server-context.js'

/** Runs a write between what may go wrong before it and what may go wrong after it, and answers the call. */
export function answerWrite<Response>(
  context: ServerContext,
  call: { metadata: Metadata },
  callback: sendUnaryData<Response>,
  write: () => Response,
): void {
  writtenThrough(context, call, write).then(
    (response) => callback(null, response),
    (error: unknown) => refuse(call, callback, error),
  )
}

/** Answers a call that writes nothing. */
export function answerQuestion<Response>(
  context: ServerContext,
  call: { metadata: Metadata },
  callback: sendUnaryData<Response>,
  kind: CallKind,
  answer: () => Response,
): void {
  faultMet(context, call, kind)
    .then((fault) => {
      const refused = refusedBy(fault)
      if (refused) throw refused
      callback(null, answer())
    })
    .catch((error: unknown) => refuse(call, callback, error))
}

/** Ends a call that failed. */
export function refuse<Response>(call: object, callback: sendUnaryData<Response>, error: unknown): void {
  const refused = isStatus(error) ? error : thrown()
  if (isUnsendable(refused)) endWithHttpError(call)
  else callback(refused)
}

/** Whether an error is one that a call can be ended with. */
export function isStatus(error: unknown): error is ServerErrorResponse {
  return error instanceof Error && 'code' in error && 'details' in error
}

async function writtenThrough<Response>(
  context: ServerContext,
  call: { metadata: Metadata },
  write: () => Response,
): Promise<Response> {
  const fault = await faultMet(context, call, 'write')
  const refused = refusedBy(fault)
  if (refused) throw refused
  const response = write()
  if (fault?.kind === 'timed-out') throw timedOut()
  if (fault?.kind === 'reply-lost') context.dropConnections()
  return fault?.kind === 'reply-lost' || fault?.kind === 'reply-hangs' ? forEver() : response
}
