import sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import type { LogPosition } from '../log/log-position.js'
import { type LoggedEvent, tombstoneRevision } from '../log/logged-event.js'
import type { Resolved } from '../log/resolve-link.js'
import { streamIdentifier } from './stream-name.js'
import { type UuidForm, uuidOf } from './uuid.js'

const { ReadResp } = streamsPb
const ticksOfMillisecond = 10_000n

/** An event as a reader gets it, with its link where one was followed. */
export function eventMessage({ event, link }: Resolved, form: UuidForm): streamsPb.ReadResp {
  const message = new ReadResp.ReadEvent()
  if (event) message.setEvent(recorded(event, form))
  if (link) message.setLink(recorded(link, form))
  message.setCommitPosition(String((link ?? event)?.position))
  return new ReadResp().setEvent(message)
}

export function confirmation(subscription: string): streamsPb.ReadResp {
  return new ReadResp().setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId(subscription))
}

export function caughtUp(): streamsPb.ReadResp {
  return new ReadResp().setCaughtUp(new ReadResp.CaughtUp())
}

/** Before the first event both numbers are the largest of 64 bits. */
export function checkpoint({ commit, prepare }: LogPosition): streamsPb.ReadResp {
  const message = new ReadResp.Checkpoint()
  message.setCommitPosition(String(BigInt.asUintN(64, commit)))
  message.setPreparePosition(String(BigInt.asUintN(64, prepare)))
  return new ReadResp().setCheckpoint(message)
}

export function streamNotFound(stream: string): streamsPb.ReadResp {
  return new ReadResp().setStreamNotFound(new ReadResp.StreamNotFound().setStreamIdentifier(streamIdentifier(stream)))
}

export function lastStreamPosition(revision: number): streamsPb.ReadResp {
  return new ReadResp().setLastStreamPosition(String(revision))
}

export function lastAllPosition(position: bigint): streamsPb.ReadResp {
  const place = new sharedPb.AllStreamPosition()
    .setCommitPosition(String(position))
    .setPreparePosition(String(position))
  return new ReadResp().setLastAllStreamPosition(place)
}

function recorded(event: LoggedEvent, form: UuidForm): streamsPb.ReadResp.ReadEvent.RecordedEvent {
  const message = new ReadResp.ReadEvent.RecordedEvent()
  message.setId(uuidOf(event.id, form)).setStreamIdentifier(streamIdentifier(event.stream))
  message.setStreamRevision(revisionText(event.revision))
  message.setCommitPosition(String(event.position)).setPreparePosition(String(event.position))
  message.setData(event.data).setCustomMetadata(event.metadata)
  const properties = message.getMetadataMap()
  properties.set('type', event.type)
  properties.set('created', String(BigInt(event.created) * ticksOfMillisecond))
  properties.set('content-type', event.isJson ? 'application/json' : 'application/octet-stream')
  return message
}

function revisionText(revision: number): string {
  return revision === tombstoneRevision ? '9223372036854775807' : String(revision)
}
