import { randomUUID } from 'node:crypto'
import type { LoggedEvent } from '../log/logged-event.js'
import type { Live, LiveQueue } from './live-queue.js'
import { goneReader, type Outgoing } from './outgoing.js'
import { caughtUp, confirmation } from './read-messages.js'

/** What is read at once while a subscription catches up. `start` and `next` are where this page and the following begin. */
export interface Page<Place> {
  readonly events: readonly LoggedEvent[]
  readonly considered: number
  readonly start: Place
  readonly next: Place
  readonly isEnd: boolean
}

/** What a subscription follows: a stream, or the log. */
export interface Feed<Place> {
  readonly from: Place
  /** Checkpoints are sent after so many events; none when it is 0. */
  readonly interval: number
  /** Whether nothing that was written can come after a place. */
  isAtEnd(place: Place): boolean
  isBefore(place: Place, other: Place): boolean
  placeOf(event: LoggedEvent): Place
  page(from: Place): Page<Place>
  send(event: LoggedEvent): Promise<void>
  sendCheckpoint(place: Place): Promise<void>
}

/** Confirms a subscription, brings it up to date, and keeps it so until its reader goes or it fails. */
export async function follow<Place>(feed: Feed<Place>, reader: Outgoing, live: LiveQueue): Promise<void> {
  await reader.send(confirmation(randomUUID()))
  let place = feed.isAtEnd(feed.from) ? feed.from : await catchUp(feed, feed.from)
  for (;;) {
    await reader.send(caughtUp())
    place = await catchUp(feed, await followLive(feed, reader, live, place))
  }
}

/** Sends what follows a place, page by page, and gives the place that was reached. */
async function catchUp<Place>(feed: Feed<Place>, from: Place): Promise<Place> {
  let place = from
  let considered = 0
  for (let page = feed.page(from); ; page = feed.page(page.next)) {
    place = await sendAfter(feed, place, page.events)
    considered += page.considered
    if (page.isEnd) break
    if (feed.interval === 0 || considered < feed.interval) continue
    considered %= feed.interval
    if (feed.isBefore(place, page.start)) place = page.start
    await feed.sendCheckpoint(place)
  }
  if (feed.interval > 0) await feed.sendCheckpoint(place)
  return place
}

async function sendAfter<Place>(feed: Feed<Place>, from: Place, events: readonly LoggedEvent[]): Promise<Place> {
  let place = from
  for (const event of events) {
    if (!feed.isBefore(place, feed.placeOf(event))) continue
    await feed.send(event)
    place = feed.placeOf(event)
  }
  return place
}

/** Sends what is committed, until the reader has fallen behind; gives the place of what was sent last. */
async function followLive<Place>(feed: Feed<Place>, reader: Outgoing, queue: LiveQueue, from: Place): Promise<Place> {
  let place = from
  for (;;) {
    const live = await queue.next(reader.gone)
    if (live === 'gone') throw goneReader
    if (live === 'behind') break
    place = await sendLive(feed, place, live)
  }
  if (feed.interval > 0) await feed.sendCheckpoint(place)
  return place
}

async function sendLive<Place>(feed: Feed<Place>, from: Place, live: Live): Promise<Place> {
  if ('event' in live) return sendAfter(feed, from, [live.event])
  const place = feed.placeOf(live.checkpoint)
  if (feed.isBefore(place, from)) return from
  await feed.sendCheckpoint(place)
  return place
}
