import type streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import type { ServerReadableStream, sendUnaryData } from '@grpc/grpc-js'
import type { Expected, ProposedEvent } from '../log/logged-event.js'
import { writeEvents } from '../log/write-events.js'
import { answerWrite, refuse } from './answer-call.js'
import { appendConflict, appended } from './append-answers.js'
import { expectedIn } from './expectations.js'
import { countedBytes, proposedEvent } from './proposed-event.js'
import { invalidArgument, metadataMissing, streamDeleted, thrown, tooLarge } from './refusals.js'
import type { ServerContext } from './server-context.js'
import { streamNameIn } from './stream-name.js'

type Call = ServerReadableStream<streamsPb.AppendReq, streamsPb.AppendResp>

interface Arriving {
  stream?: string
  expected?: Expected
  bytes: number
  readonly events: ProposedEvent[]
}

/** Streams/Append: one append a call. */
export function appendCall(context: ServerContext) {
  return (call: Call, callback: sendUnaryData<streamsPb.AppendResp>): void => {
    const arriving: Arriving = { bytes: 0, events: [] }
    let isOver = false
    const end = (run: () => void) => {
      if (isOver) return
      isOver = true
      run()
    }
    call.on('data', (message: streamsPb.AppendReq) => {
      try {
        if (!isOver) take(context, arriving, message)
      } catch (error) {
        end(() => refuse(call, callback, error))
      }
    })
    call.on('end', () => end(() => answerWrite(context, call, callback, () => write(context, arriving))))
  }
}

function take(context: ServerContext, arriving: Arriving, message: streamsPb.AppendReq): void {
  const options = message.getOptions()
  if (options) takeOptions(arriving, options)
  const proposal = message.getProposedMessage()
  if (proposal) takeEvent(context, arriving, proposal)
}

function takeOptions(arriving: Arriving, options: streamsPb.AppendReq.Options): void {
  const stream = streamNameIn(options.getStreamIdentifier())
  if (!stream) throw thrown()
  arriving.stream = stream
  const expected = expectedIn(options)
  if (expected === undefined)
    throw invalidArgument(
      "'None' is not a valid EventStore.Client.Streams.AppendReq+Types+Options+ExpectedStreamRevisionOneofCase",
    )
  arriving.expected = expected
}

function takeEvent(
  { settings: { appendLimit } }: ServerContext,
  arriving: Arriving,
  proposal: streamsPb.AppendReq.ProposedMessage,
): void {
  const event = proposedEvent(proposal)
  if ('missing' in event) throw metadataMissing(event.missing)
  if ('bad' in event) throw thrown()
  arriving.bytes += countedBytes(event, appendLimit.counts)
  if (arriving.bytes > appendLimit.bytes) throw tooLarge(appendLimit.bytes)
  arriving.events.push(event)
}

function write({ state }: ServerContext, { stream, expected, events }: Arriving): streamsPb.AppendResp {
  if (stream === undefined || expected === undefined) throw thrown()
  const written = writeEvents(state, stream, expected, events)
  if (written.kind === 'deleted') throw streamDeleted(stream)
  if (written.kind === 'conflict') return appendConflict(expected, written.current)
  return appended(written.last, written.position)
}
