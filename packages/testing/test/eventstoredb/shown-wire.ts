import sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import type statusPb from '@eventstore/db-client/generated/status_pb.js'
import type streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import type { ServiceError } from '@grpc/grpc-js'

const kinds = {
  WrongExpectedVersion: sharedPb.WrongExpectedVersion,
  StreamDeleted: sharedPb.StreamDeleted,
  Timeout: sharedPb.Timeout,
  BadRequest: sharedPb.BadRequest,
  MaximumAppendSizeExceeded: sharedPb.MaximumAppendSizeExceeded,
}

/** A message without what was not set, and without what differs between two runs. */
export function shownAnswer(message: { toObject(): object }): unknown {
  return JSON.parse(JSON.stringify(message.toObject(), shownField))
}

export function shownStatus({ code, details, metadata }: ServiceError) {
  const trailers = Object.entries(metadata.getMap()).filter(([name]) => !transport.has(name))
  return { code, details, trailers: Object.fromEntries(trailers.map(([name, value]) => [name, [String(value)]])) }
}

export function shownBatchAnswer(answer: streamsPb.BatchAppendResp) {
  const error = answer.getError()
  const success = answer.getSuccess()
  return {
    correlationIdForm: formOf(answer.getCorrelationId()),
    streamIdentifier: nameOf(answer.getStreamIdentifier()) ?? null,
    ...(error && { error: shownError(error) }),
    ...(success && { success: shownAnswer(success) }),
  }
}

export function shownReadMessage(message: streamsPb.ReadResp): unknown {
  if (message.hasEvent()) return { event: shownEvent(message.getEvent()) }
  if (message.hasConfirmation()) return { confirmation: { subscriptionId: '<uuid>' } }
  if (message.hasStreamNotFound())
    return { streamNotFound: { streamName: nameOf(message.getStreamNotFound()?.getStreamIdentifier()) } }
  if (message.hasLastStreamPosition()) return { lastStreamPosition: message.getLastStreamPosition() }
  return message.hasCaughtUp() ? { caughtUp: {} } : shownAnswer(message)
}

const transport = new Set(['content-type', 'date', 'server'])

function shownField(name: string, value: unknown): unknown {
  return name === 'commitPosition' || name === 'preparePosition' ? '<position>' : value
}

function shownError(error: statusPb.Status) {
  const details = error.getDetails()
  const name = details?.getTypeName().replace('event_store.client.', '')
  const kind = Object.entries(kinds).find(([each]) => each === name)?.[1]
  return {
    code: error.getCode(),
    message: error.getMessage(),
    detailsTypeUrl: details?.getTypeUrl(),
    details: kind && details ? shownAnswer(kind.deserializeBinary(details.getValue_asU8())) : undefined,
  }
}

function shownEvent(event: streamsPb.ReadResp.ReadEvent | undefined) {
  const recorded = event?.getEvent()
  const properties = recorded?.getMetadataMap()
  return {
    revision: recorded?.getStreamRevision(),
    idForm: formOf(recorded?.getId()),
    metadataKeys: properties && [...properties.keys()].sort(),
    createdDigits: properties?.get('created')?.length,
    commitPositionSet: event?.hasCommitPosition(),
    noPosition: event?.hasNoPosition(),
  }
}

function formOf(uuid: sharedPb.UUID | undefined) {
  return uuid?.hasStructured() ? 'structured' : 'string'
}

function nameOf(identifier: sharedPb.StreamIdentifier | undefined) {
  return identifier && Buffer.from(identifier.getStreamName_asU8()).toString()
}
