import streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js'
import type { Expected } from '../log/logged-event.js'
import { deleteStream, tombstoneStream, type Written } from '../log/write-events.js'
import { answerWrite } from './answer-call.js'
import { expectedIn, versionOf } from './expectations.js'
import { deleteConflict, streamDeleted, thrown } from './refusals.js'
import type { ServerContext } from './server-context.js'
import { streamNameIn } from './stream-name.js'

/** Streams/Delete: the stream can be written to again. */
export function deleteCall(context: ServerContext) {
  return (
    call: ServerUnaryCall<streamsPb.DeleteReq, streamsPb.DeleteResp>,
    callback: sendUnaryData<streamsPb.DeleteResp>,
  ): void =>
    answerWrite(context, call, callback, () => {
      const { stream, expected } = askedIn(call.request.getOptions())
      const position = deletedAt(stream, expected, deleteStream(context.state, stream, expected))
      return new streamsPb.DeleteResp().setPosition(
        new streamsPb.DeleteResp.Position().setCommitPosition(position).setPreparePosition(position),
      )
    })
}

/** Streams/Tombstone: the stream is gone for ever. */
export function tombstoneCall(context: ServerContext) {
  return (
    call: ServerUnaryCall<streamsPb.TombstoneReq, streamsPb.TombstoneResp>,
    callback: sendUnaryData<streamsPb.TombstoneResp>,
  ): void =>
    answerWrite(context, call, callback, () => {
      const { stream, expected } = askedIn(call.request.getOptions())
      const position = deletedAt(stream, expected, tombstoneStream(context.state, stream, expected))
      return new streamsPb.TombstoneResp().setPosition(
        new streamsPb.TombstoneResp.Position().setCommitPosition(position).setPreparePosition(position),
      )
    })
}

function askedIn(options: streamsPb.DeleteReq.Options | streamsPb.TombstoneReq.Options | undefined) {
  const stream = streamNameIn(options?.getStreamIdentifier())
  const expected = options && expectedIn(options)
  if (!stream || expected === undefined) throw thrown()
  return { stream, expected }
}

function deletedAt(stream: string, expected: Expected, written: Written): string {
  if (written.kind === 'deleted') throw streamDeleted(stream)
  if (written.kind === 'conflict') throw deleteConflict(stream, versionOf(expected), written.current)
  return String(written.position)
}
