import codePb from '@eventstore/db-client/generated/code_pb.js'
import sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import statusPb from '@eventstore/db-client/generated/status_pb.js'
import streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import anyPb from 'google-protobuf/google/protobuf/any_pb.js'
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js'
import type { Expected } from '../log/logged-event.js'
import { streamIdentifier } from './stream-name.js'

/** What is said of one append on the batch path. */
export type BatchAnswer = statusPb.Status | streamsPb.BatchAppendResp.Success

/** An answer on the batch stream, for the request with this id. */
export function batchAnswer(correlation: sharedPb.UUID, stream: string | undefined, answer: BatchAnswer) {
  const response = new streamsPb.BatchAppendResp().setCorrelationId(correlation)
  if (stream !== undefined) response.setStreamIdentifier(streamIdentifier(stream))
  return answer instanceof statusPb.Status ? response.setError(answer) : response.setSuccess(answer)
}

/** As of a plain append: `last` is -1 without events, and a repeat of what is hidden has no position. */
export function batchAppended(last: number, position: bigint | undefined): BatchAnswer {
  const success = new streamsPb.BatchAppendResp.Success()
  if (last < 0) success.setNoStream(new emptyPb.Empty())
  else success.setCurrentRevision(String(last))
  return position === undefined ? success.setNoPosition(new emptyPb.Empty()) : success.setPosition(placeOf(position))
}

export function batchConflict(expected: Expected, current: number): BatchAnswer {
  const details = new sharedPb.WrongExpectedVersion()
  if (current < 0) details.setCurrentNoStream(new emptyPb.Empty())
  else details.setCurrentStreamRevision(String(current))
  const { ALREADY_EXISTS } = codePb.Code
  return failure(ALREADY_EXISTS, 'WrongExpectedVersion', withExpected(details, expected).serializeBinary())
}

export function batchStreamDeleted(stream: string): BatchAnswer {
  const details = new sharedPb.StreamDeleted().setStreamIdentifier(streamIdentifier(stream))
  return failure(codePb.Code.NOT_FOUND, 'StreamDeleted', details.serializeBinary())
}

export function batchTooLarge(most: number): BatchAnswer {
  const details = new sharedPb.MaximumAppendSizeExceeded().setMaxappendsize(most)
  return failure(codePb.Code.INVALID_ARGUMENT, 'MaximumAppendSizeExceeded', details.serializeBinary())
}

export function batchBadRequest(message: string): BatchAnswer {
  const details = new sharedPb.BadRequest().setMessage(message)
  return failure(codePb.Code.INVALID_ARGUMENT, 'BadRequest', details.serializeBinary())
}

export function batchTimeout(): BatchAnswer {
  return failure(codePb.Code.DEADLINE_EXCEEDED, 'Timeout', new sharedPb.Timeout().serializeBinary())
}

export function batchAccessDenied(): BatchAnswer {
  return failure(codePb.Code.PERMISSION_DENIED, 'AccessDenied', new sharedPb.AccessDenied().serializeBinary())
}

/** Its details are of a kind that no client knows. */
export function batchNotReady(): BatchAnswer {
  const details = new anyPb.Any()
  details.pack(new emptyPb.Empty().serializeBinary(), 'google.protobuf.Empty')
  return new statusPb.Status().setCode(codePb.Code.UNAVAILABLE).setMessage('Server Is Not Ready').setDetails(details)
}

function failure(code: codePb.Code, name: string, bytes: Uint8Array): statusPb.Status {
  const details = new anyPb.Any()
  details.pack(bytes, `event_store.client.${name}`)
  return new statusPb.Status().setCode(code).setMessage(name).setDetails(details)
}

function withExpected(details: sharedPb.WrongExpectedVersion, expected: Expected): sharedPb.WrongExpectedVersion {
  const empty = new emptyPb.Empty()
  if (expected === 'any') return details.setExpectedAny(empty)
  if (expected === 'stream_exists') return details.setExpectedStreamExists(empty)
  if (expected === 'no_stream') return details.setExpectedNoStream(empty)
  return details.setExpectedStreamPosition(String(expected))
}

function placeOf(position: bigint): sharedPb.AllStreamPosition {
  return new sharedPb.AllStreamPosition().setCommitPosition(String(position)).setPreparePosition(String(position))
}
