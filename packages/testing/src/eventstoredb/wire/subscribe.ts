import type streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import type { LoggedEvent } from '../log/logged-event.js'
import { resolveLink } from '../log/resolve-link.js'
import { allFeed } from './all-feed.js'
import { eventFilter } from './event-filter.js'
import { follow } from './follow.js'
import { endWithoutStatus } from './http2-stream-of.js'
import { liveQueue } from './live-queue.js'
import type { Outgoing, ReadCall } from './outgoing.js'
import { checkpoint, eventMessage } from './read-messages.js'
import type { Asked } from './read-options.js'
import { invalidArgument, streamDeleted } from './refusals.js'
import { forEver, type ServerContext } from './server-context.js'
import { streamFeed } from './stream-feed.js'

/** Subscribes a reader until it goes, the subscription fails, or the server is stopped. */
export async function subscribe(
  context: ServerContext,
  call: ReadCall,
  reader: Outgoing,
  options: streamsPb.ReadReq.Options,
  asked: Asked,
): Promise<void> {
  if (asked.backwards) throw invalidArgument(combination(asked, options))
  const running =
    asked.stream === undefined
      ? followAll(context, reader, options, asked)
      : followStream(context, reader, asked, asked.stream)
  const stopped = context.stopping.begun.then(() => 'stopped' as const)
  if ((await Promise.race([running, stopped])) !== 'stopped') return
  endWithoutStatus(call)
  return forEver()
}

async function followStream({ state }: ServerContext, reader: Outgoing, asked: Asked, stream: string): Promise<void> {
  if (state.log.isTombstoned(stream)) throw streamDeleted(stream)
  const live = liveQueue(state.log, (event) => event.stream === stream, 0)
  const feed = streamFeed(state, stream, asked.revision, sendTo(state, reader, asked))
  await follow(feed, reader, live).finally(live.close)
}

async function followAll(
  { state }: ServerContext,
  reader: Outgoing,
  options: streamsPb.ReadReq.Options,
  asked: Asked,
): Promise<void> {
  const filterOptions = options.getFilter()
  const filter = filterOptions && eventFilter(filterOptions)
  const live = liveQueue(state.log, filter?.matches ?? (() => true), filter?.interval ?? 0)
  const feed = allFeed(state.log, asked.position, filter, {
    event: sendTo(state, reader, asked),
    checkpoint: (place) => reader.send(checkpoint(place)),
  })
  await follow(feed, reader, live).finally(live.close)
}

function sendTo(state: ServerContext['state'], reader: Outgoing, { followsLinks, form }: Asked) {
  return (event: LoggedEvent) => reader.send(eventMessage(resolveLink(state, event, followsLinks), form))
}

function combination({ stream }: Asked, options: streamsPb.ReadReq.Options): string {
  const what = stream === undefined ? 'All' : 'Stream'
  return `The combination of (${what}, Subscription, Backwards, ${options.hasFilter() ? 'Filter' : 'NoFilter'}) is invalid.`
}
