import type streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import type { LoggedEvent } from '../log/logged-event.js'
import { type AllAnswer, readAll } from '../log/read-all.js'
import { readStream, type StreamAnswer } from '../log/read-stream.js'
import { resolveLink } from '../log/resolve-link.js'
import type { ServerState } from '../log/server-state.js'
import { eventFilter } from './event-filter.js'
import type { Outgoing } from './outgoing.js'
import { eventMessage, lastAllPosition, lastStreamPosition, streamNotFound } from './read-messages.js'
import type { Asked } from './read-options.js'
import { streamDeleted, thrown, unexpected } from './refusals.js'

/** Sends what can be read of one stream. */
export async function answerStreamRead(
  state: ServerState,
  reader: Outgoing,
  asked: Asked,
  stream: string,
): Promise<void> {
  const answer = readStream(state, { stream, from: asked.revision, backwards: asked.backwards, count: asked.count })
  if (answer.kind === 'not-found') return reader.send(streamNotFound(stream))
  await sendEvents(state, reader, asked, eventsOfStream(answer, stream))
  const last = state.log.streamOf(stream).length - 1
  if (asked.wantsEnd) await reader.send(lastStreamPosition(last))
}

/** Sends what can be read of the log. A read of no events is never answered. */
export async function answerAllRead(
  state: ServerState,
  reader: Outgoing,
  options: streamsPb.ReadReq.Options,
  asked: Asked,
): Promise<void> {
  const filter = options.getFilter()
  const matches = filter ? eventFilter(filter).matches : () => true
  const answer = readAll(state.log, { from: asked.position, backwards: asked.backwards, count: asked.count })
  if (answer.kind === 'endless') return reader.gone
  await sendEvents(state, reader, asked, eventsOfLog(answer).filter(matches))
  if (asked.wantsEnd) await reader.send(lastAllPosition(state.log.last()))
}

async function sendEvents(
  state: ServerState,
  reader: Outgoing,
  { followsLinks, form }: Asked,
  events: readonly LoggedEvent[],
): Promise<void> {
  for (const event of events) await reader.send(eventMessage(resolveLink(state, event, followsLinks), form))
}

function eventsOfStream(answer: StreamAnswer, stream: string): readonly LoggedEvent[] {
  if (answer.kind === 'events') return answer.events
  if (answer.kind === 'deleted') throw streamDeleted(stream)
  throw answer.kind === 'thrown' ? thrown() : unexpected('ReadStreamResult: Error')
}

function eventsOfLog(answer: AllAnswer): readonly LoggedEvent[] {
  if (answer.kind === 'events') return answer.events
  if (answer.kind === 'thrown') throw thrown()
  throw unexpected(`ReadAllResult: ${answer.kind === 'error' ? 'Error' : 'InvalidPosition'}`)
}
