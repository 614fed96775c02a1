import { randomUUID } from 'node:crypto'
import sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js'
import timestampPb from 'google-protobuf/google/protobuf/timestamp_pb.js'

/** What a request expects of its stream; nothing at all where a bad request is wanted. */
export type Expectation = 'any' | 'no_stream' | 'stream_exists' | bigint | undefined

/** One event of a request, and what is left out of it or wrong with it. */
export interface RawEvent {
  readonly id?: string
  readonly without?: 'type' | 'content-type'
  readonly bytes?: number
}

export interface RawAppend {
  readonly stream?: string
  readonly expected: Expectation
  readonly events?: readonly RawEvent[]
  readonly isFinal?: boolean
  /** Milliseconds from now. */
  readonly deadline?: number
  readonly structured?: boolean
}

export function identifier(stream: string): sharedPb.StreamIdentifier {
  return new sharedPb.StreamIdentifier().setStreamName(Buffer.from(stream))
}

export function appendRequests({ stream, expected, events = [] }: RawAppend): streamsPb.AppendReq[] {
  const options = expecting(new streamsPb.AppendReq.Options(), expected)
  if (typeof expected === 'bigint') options.setRevision(String(expected))
  if (stream !== undefined) options.setStreamIdentifier(identifier(stream))
  const messages = events.map((event) => filled(new streamsPb.AppendReq.ProposedMessage(), event))
  return [
    new streamsPb.AppendReq().setOptions(options),
    ...messages.map((message) => new streamsPb.AppendReq().setProposedMessage(message)),
  ]
}

export function batchRequest(append: RawAppend): streamsPb.BatchAppendReq {
  const options = batchOptions(append)
  const request = new streamsPb.BatchAppendReq().setOptions(options).setCorrelationId(correlation(append))
  for (const event of append.events ?? [])
    request.addProposedMessages(filled(new streamsPb.BatchAppendReq.ProposedMessage(), event))
  return request.setIsFinal(append.isFinal ?? true)
}

export function deleteRequest(stream: string, expected: Expectation): streamsPb.DeleteReq {
  const options = expecting(new streamsPb.DeleteReq.Options().setStreamIdentifier(identifier(stream)), expected)
  if (typeof expected === 'bigint') options.setRevision(String(expected))
  return new streamsPb.DeleteReq().setOptions(options)
}

export function tombstoneRequest(stream: string, expected: Expectation): streamsPb.TombstoneReq {
  const options = expecting(new streamsPb.TombstoneReq.Options().setStreamIdentifier(identifier(stream)), expected)
  if (typeof expected === 'bigint') options.setRevision(String(expected))
  return new streamsPb.TombstoneReq().setOptions(options)
}

interface Expecting {
  setAny(empty: sharedPb.Empty): unknown
  setNoStream(empty: sharedPb.Empty): unknown
  setStreamExists(empty: sharedPb.Empty): unknown
}

function expecting<Options extends Expecting>(options: Options, expected: Expectation): Options {
  const empty = new sharedPb.Empty()
  if (expected === 'any') options.setAny(empty)
  if (expected === 'no_stream') options.setNoStream(empty)
  if (expected === 'stream_exists') options.setStreamExists(empty)
  return options
}

function batchOptions({ stream, expected, deadline }: RawAppend): streamsPb.BatchAppendReq.Options {
  const options = new streamsPb.BatchAppendReq.Options()
  if (expected === 'any') options.setAny(new emptyPb.Empty())
  if (expected === 'no_stream') options.setNoStream(new emptyPb.Empty())
  if (expected === 'stream_exists') options.setStreamExists(new emptyPb.Empty())
  if (typeof expected === 'bigint') options.setStreamPosition(String(expected))
  if (stream !== undefined) options.setStreamIdentifier(identifier(stream))
  if (deadline !== undefined) options.setDeadline(timestampPb.Timestamp.fromDate(new Date(Date.now() + deadline)))
  return options
}

function correlation({ structured }: RawAppend): sharedPb.UUID {
  if (!structured) return new sharedPb.UUID().setString(randomUUID())
  const halves = new sharedPb.UUID.Structured()
  halves.setMostSignificantBits('-7').setLeastSignificantBits(String(Date.now()))
  return new sharedPb.UUID().setStructured(halves)
}

type Message = streamsPb.AppendReq.ProposedMessage | streamsPb.BatchAppendReq.ProposedMessage

function filled<Filled extends Message>(message: Filled, { id, without, bytes = 1 }: RawEvent): Filled {
  message.setId(new sharedPb.UUID().setString(id ?? randomUUID())).setData(new Uint8Array(bytes))
  if (without !== 'type') message.getMetadataMap().set('type', 'T')
  if (without !== 'content-type') message.getMetadataMap().set('content-type', 'application/octet-stream')
  return message
}
