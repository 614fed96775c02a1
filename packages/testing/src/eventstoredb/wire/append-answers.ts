import sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import type { Expected } from '../log/logged-event.js'

const { AppendResp } = streamsPb
const largest = 2 ** 64 - 2_048 // the server says 2^64 - 1, which these stubs cannot write

/** A plain append that succeeded. Without events `last` is -1; a repeat of what is hidden has no position. */
export function appended(last: number, position: bigint | undefined): streamsPb.AppendResp {
  const success = new AppendResp.Success()
  if (last < 0) success.setNoStream(new sharedPb.Empty())
  else success.setCurrentRevision(String(last))
  if (position === undefined) success.setNoPosition(new sharedPb.Empty())
  else success.setPosition(placeOf(position))
  return new AppendResp().setSuccess(success)
}

/** A plain append that found another revision: an answer, not an error. The fields of 20.6 are filled too. */
export function appendConflict(expected: Expected, current: number): streamsPb.AppendResp {
  const conflict = new AppendResp.WrongExpectedVersion()
  if (current < 0) conflict.setCurrentNoStream(new sharedPb.Empty()).setNoStream2060(new sharedPb.Empty())
  else conflict.setCurrentRevision(String(current)).setCurrentRevision2060(current)
  return new AppendResp().setWrongExpectedVersion(withExpected(conflict, expected))
}

function withExpected(conflict: streamsPb.AppendResp.WrongExpectedVersion, expected: Expected) {
  const empty = new sharedPb.Empty()
  if (expected === 'any') return conflict.setExpectedAny(empty).setAny2060(empty)
  if (expected === 'stream_exists') return conflict.setExpectedStreamExists(empty).setStreamExists2060(empty)
  if (expected === 'no_stream') return conflict.setExpectedNoStream(empty).setExpectedRevision2060(largest)
  return conflict.setExpectedRevision(String(expected)).setExpectedRevision2060(Math.min(Number(expected), largest))
}

function placeOf(position: bigint): streamsPb.AppendResp.Position {
  return new AppendResp.Position().setCommitPosition(String(position)).setPreparePosition(String(position))
}
