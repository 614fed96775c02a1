import type sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import type streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import type { Expected, ProposedEvent } from '../log/logged-event.js'
import { type BatchAnswer, batchBadRequest, batchTimeout, batchTooLarge } from './batch-answers.js'
import { expectedInBatch } from './expectations.js'
import { countedBytes, type Proposal, proposedEvent } from './proposed-event.js'
import type { ServerContext } from './server-context.js'
import { streamNameIn } from './stream-name.js'
import { idIn, uuidOf } from './uuid.js'

/** An append whose last part has arrived. */
export interface Complete {
  readonly correlation: sharedPb.UUID
  readonly stream: string
  readonly expected: Expected
  readonly events: readonly ProposedEvent[]
}

interface Arriving extends Complete {
  readonly events: ProposedEvent[]
  readonly timer: NodeJS.Timeout
  bytes: number
  isRefused: boolean
}

/** What becomes of the requests on one stream. */
export interface Outcome {
  answer(correlation: sharedPb.UUID, stream: string | undefined, answer: BatchAnswer): void
  complete(request: Complete): void
}

const longestWait = 2_000

/**
 * Puts the parts of requests together. A request whose last part does not come in time is given up; so is one with
 * a bad part, which makes that a second answer. The second answer names the request in another form than it was sent in.
 */
export function batchRequests(context: ServerContext, outcome: Outcome) {
  const arriving = new Map<string, Arriving>()
  const forget = (key: string) => {
    clearTimeout(arriving.get(key)?.timer)
    arriving.delete(key)
  }
  const giveUp = (key: string, stream: string) => {
    forget(key)
    outcome.answer(uuidOf(key, 'structured'), stream, batchTimeout())
  }
  const begin = (key: string, correlation: sharedPb.UUID, options: streamsPb.BatchAppendReq.Options) => {
    const stream = streamNameIn(options.getStreamIdentifier())
    const expected = expectedInBatch(options)
    const left = millisecondsLeft(options, context.state.now())
    if (stream === undefined) return outcome.answer(correlation, undefined, batchBadRequest(noObject))
    if (stream === '') return outcome.answer(correlation, stream, batchBadRequest('streamId is empty'))
    if (expected === undefined) return outcome.answer(correlation, stream, batchBadRequest(noExpectation))
    if (left <= 0) return outcome.answer(correlation, stream, batchTimeout())
    const timer = setTimeout(() => giveUp(key, stream), left)
    arriving.set(key, { correlation, stream, expected, events: [], timer, bytes: 0, isRefused: false })
  }
  const add = (key: string, request: Arriving, proposals: readonly Proposal[]) => {
    const refused = taken(context, request, proposals)
    if (!refused) return
    request.isRefused = true
    outcome.answer(request.correlation, request.stream, refused.answer)
    if (refused.isFinal) forget(key)
  }
  return {
    take(part: streamsPb.BatchAppendReq): void {
      const correlation = part.getCorrelationId()
      const key = idIn(correlation)
      if (!correlation || key === undefined) return
      const options = part.getOptions()
      if (options) begin(key, correlation, options)
      const request = arriving.get(key)
      if (!request || request.isRefused) return
      add(key, request, part.getProposedMessagesList())
      if (!part.getIsFinal() || request.isRefused) return
      forget(key)
      outcome.complete(request)
    },
    close(): void {
      for (const key of arriving.keys()) forget(key)
    },
  }
}

const noObject = 'Object reference not set to an instance of an object.'
const noKey = 'The given key was not present in the dictionary.'
const noExpectation =
  'Status(StatusCode="InvalidArgument", Detail="\'None\' is not a valid EventStore.Client.Streams.BatchAppendReq+Types+Options+ExpectedStreamPositionOneofCase")'

/** Takes the events of a part, up to the first that is refused. */
function taken({ settings: { appendLimit } }: ServerContext, request: Arriving, proposals: readonly Proposal[]) {
  for (const proposal of proposals) {
    const event = proposedEvent(proposal)
    if ('missing' in event) return { answer: batchBadRequest(noKey), isFinal: false }
    if ('bad' in event) return { answer: batchBadRequest(event.bad), isFinal: false }
    request.bytes += countedBytes(event, appendLimit.counts)
    if (request.bytes > appendLimit.bytes) return { answer: batchTooLarge(appendLimit.bytes), isFinal: true }
    request.events.push(event)
  }
  return undefined
}

function millisecondsLeft(options: streamsPb.BatchAppendReq.Options, now: number): number {
  const deadline = options.getDeadline()
  return deadline ? Math.min(longestWait, deadline.toDate().getTime() - now) : longestWait
}
