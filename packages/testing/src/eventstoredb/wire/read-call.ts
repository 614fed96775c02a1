import { laggingLog } from '../log/lagging-log.js'
import type { ServerState } from '../log/server-state.js'
import { isStatus } from './answer-call.js'
import type { Fault } from './faults.js'
import { endWithHttpError } from './http2-stream-of.js'
import { goneReader, outgoing, type ReadCall } from './outgoing.js'
import { answerAllRead, answerStreamRead } from './read-answers.js'
import { confirmation } from './read-messages.js'
import { readOptions } from './read-options.js'
import { invalidArgument, isUnsendable, thrown } from './refusals.js'
import { refusedBy } from './refused-by.js'
import { faultMet, type ServerContext } from './server-context.js'
import { subscribe } from './subscribe.js'

/** Streams/Read: reads of a stream or of the log, and subscriptions to either. */
export function readCall(context: ServerContext) {
  return (call: ReadCall): void => {
    answer(context, call).then(
      () => call.end(),
      (error: unknown) => fail(call, error),
    )
  }
}

async function answer(context: ServerContext, call: ReadCall): Promise<void> {
  const options = call.request.getOptions()
  if (!options?.hasUuidOption()) throw invalidArgument('')
  const asked = readOptions(options)
  const reader = outgoing(call)
  const fault = await faultMet(context, call, options.hasSubscription() ? 'subscribe' : 'read')
  const refused = refusedBy(fault)
  if (refused && fault?.kind === 'not-leader' && options.hasSubscription()) await reader.send(confirmation(''))
  if (refused) throw refused
  if (options.hasSubscription()) return subscribe(context, call, reader, options, asked)
  const state = seenBy(context, fault)
  return asked.stream === undefined
    ? answerAllRead(state, reader, options, asked)
    : answerStreamRead(state, reader, asked, asked.stream)
}

function seenBy({ state }: ServerContext, fault: Fault | undefined): ServerState {
  return fault?.kind === 'lagging' ? { ...state, log: laggingLog(state.log, fault.events) } : state
}

function fail(call: ReadCall, error: unknown): void {
  if (error === goneReader) return
  const refused = isStatus(error) ? error : thrown()
  if (isUnsendable(refused)) endWithHttpError(call)
  else call.emit('error', refused)
}
