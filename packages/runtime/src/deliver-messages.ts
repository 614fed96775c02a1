import {
  channelOf,
  type Delivery,
  dueKey,
  expiryOf,
  holdsLane,
  isOpen,
  type JsonObject,
  laneOf,
  type Notifier,
  nextStep,
  type RequestedMessage,
} from '@vitrine/core'
import { attendTo, type Delivering, type OneDelivery } from './attempt-message.js'
import { codeOf } from './errors.js'
import type { Lanes } from './lanes.js'
import type { RunningView } from './running-view.js'
import { isStoreTrouble } from './store-trouble.js'
import type { ViewRunner } from './view-runner.js'

/** What finding what is due takes beside delivering it. */
export interface Deliveries extends Delivering {
  /** Folds the view of deliveries, and nothing else. */
  readonly runner: ViewRunner
  readonly view: RunningView
  readonly lanes: Lanes<InLane>
}

/** A message in a lane: what is sent to one recipient about one stream, in the order of the requests. */
export interface InLane extends OneDelivery {
  readonly lane: string
  readonly position: number
}

const pageSize = 200

/**
 * Begins to deliver what is due now, as far as there are places. Deliveries for which nobody here has a notifier are left to
 * others.
 */
export async function beginDue(deliveries: Deliveries): Promise<void> {
  while (await deliveries.runner.step());
  const { view, lanes, notifiers } = deliveries
  if (!view.live || !lanes.isHungry) return
  for (const what of duties(notifiers)) await beginSome(deliveries, what)
}

/** Delivers what is due now; `false` when nothing was. */
export async function deliverDue(deliveries: Deliveries): Promise<boolean> {
  await beginDue(deliveries)
  return deliveries.lanes.ended()
}

/** When something will be due, as far as is known now; `undefined` when nothing waits. */
export async function nextDue({ view, notifiers }: Deliveries): Promise<string | undefined> {
  const first = duties(notifiers).map(async (what) => {
    const bounds = { from: dueKey(what, ''), to: dueKey(what, '~') }
    const [found] = (await view.table.find({ order: 'due', ...bounds, limit: 1 })).documents
    const keys = (found?.document.due ?? []) as readonly string[]
    return keys.filter((key) => key.startsWith(bounds.from)).map((key) => key.slice(bounds.from.length))
  })
  return (await Promise.all(first)).flat().toSorted()[0]
}

type Duty = Parameters<typeof dueKey>[0]

/** Expiry needs no notifier. */
function duties(notifiers: readonly Notifier[]): readonly Duty[] {
  return ['expiry', ...new Set(notifiers.map(({ by }) => by))]
}

/** Looks no further than it takes for all places to have something to do. */
async function beginSome(deliveries: Deliveries, what: Duty): Promise<void> {
  const { lanes } = deliveries
  for await (const due of dueNow(deliveries, what)) {
    for (const [lane, ofLane] of Map.groupBy(due, (one) => one.lane)) lanes.add(lane, ofLane)
    if (!lanes.isHungry) return
  }
}

async function* dueNow(
  { view, wiring, messageRules, stopping }: Deliveries,
  what: Duty,
): AsyncGenerator<readonly InLane[]> {
  const now = wiring.clock().toISOString()
  for (let cursor: string | undefined; !stopping.aborted; ) {
    const page = await view.table.find({
      order: 'due',
      from: dueKey(what, ''),
      to: dueKey(what, now),
      limit: pageSize,
      ...(cursor !== undefined && { cursor }),
    })
    // A document comes once for each instant at which one of its deliveries is due.
    const messages = new Map(page.documents.map(({ key, document }) => [key, messageIn(document)]))
    yield [...messages.values()].flatMap((message) =>
      dueOf(message, (delivery) => isFor(what, delivery, messageRules, now)),
    )
    cursor = page.cursor
    if (cursor === undefined) return
  }
}

function isFor(what: Duty, delivery: Delivery, rules: Delivering['messageRules'], now: string): boolean {
  if (what === 'expiry') return isOpen(delivery) && expiryOf(delivery) <= now
  return channelOf(delivery.to) === what && nextStep(delivery, rules, now) !== 'nothing'
}

function dueOf(message: RequestedMessage, isDue: (delivery: Delivery) => boolean): readonly InLane[] {
  return message.deliveries.flatMap((delivery, recipient) => {
    if (!isDue(delivery)) return []
    return [{ messageId: message.id, recipient, lane: laneOf(message, delivery), position: message.position }]
  })
}

function messageIn({ message }: JsonObject): RequestedMessage {
  return message as object as RequestedMessage
}

/** In a lane, one after the other, until one of them has to wait. Whether any has moved. */
export async function goAlong(deliveries: Omit<Deliveries, 'lanes'>, lane: readonly InLane[]): Promise<boolean> {
  let moved = false
  for (const one of lane.toSorted((a, b) => a.position - b.position)) {
    if (deliveries.stopping.aborted || (await mustWait(deliveries, one))) break
    if (!(await attendSafely(deliveries, one))) break
    moved = true
  }
  return moved
}

/**
 * Whether an earlier message of the lane was never tried, or is under way for the first time, here or elsewhere. The view
 * may be a little late: what it says to be so is looked at again.
 */
async function mustWait(
  { view, streams }: Omit<Deliveries, 'lanes'>,
  { lane, position, messageId }: InLane,
): Promise<boolean> {
  const holds = (message: RequestedMessage) =>
    message.deliveries.some((delivery) => holdsLane(delivery) && laneOf(message, delivery) === lane)
  const query = { where: { openLanes: lane }, order: 'position', to: position, limit: 1000 }
  for (const { key, document } of (await view.table.find(query)).documents) {
    if (key === messageId || !holds(messageIn(document))) continue
    if (holds((await streams.read(key)).message)) return true
  }
  return false
}

/** One that fails keeps no other from being sent: it is looked at again. @throws what the store throws when it is out of reach */
async function attendSafely(deliveries: Omit<Deliveries, 'lanes'>, one: OneDelivery): Promise<boolean> {
  try {
    return await attendTo(deliveries, one)
  } catch (error) {
    if (isStoreTrouble(error)) throw error
    const { messageId, recipient } = one
    const facts = { messageId, recipient, code: codeOf(error) }
    deliveries.wiring.logger.error('A delivery could not go on; it is tried again later.', facts)
    return false
  }
}
