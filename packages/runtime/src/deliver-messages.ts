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
import type { RunningView } from './running-view.js'
import { isStoreTrouble } from './store-trouble.js'
import type { ViewRunner } from './view-runner.js'

/** What finding what is due takes beside delivering it. */
export interface Deliveries extends Delivering {
  /** Folds the view of deliveries, and nothing else. */
  readonly runner: ViewRunner
  readonly view: RunningView
}

/** A message in a lane: what is sent to one recipient about one stream, in the order of the requests. */
interface InLane extends OneDelivery {
  readonly lane: string
  readonly position: number
}

const pageSize = 200

/** Delivers what is due now; `false` when nothing was. Deliveries for which nobody here has a notifier are left to others. */
export async function deliverDue(deliveries: Deliveries): Promise<boolean> {
  while (await deliveries.runner.step());
  if (!deliveries.view.live) return false
  let moved = false
  for (const what of duties(deliveries.notifiers)) {
    for await (const due of dueNow(deliveries, what)) moved = (await attendToAll(deliveries, due)) || moved
  }
  return moved
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

/** Expiry needs no notifier. Whom a policy names itself may be reached by any of them. */
function duties(notifiers: readonly Notifier[]): readonly Duty[] {
  const channels = [...new Set(notifiers.map(({ by }) => by))]
  return channels.length > 0 ? ['expiry', ...channels, 'named'] : ['expiry']
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

/** Lanes go side by side, a few at once; in a lane, one after the other, until one of them has to wait. */
async function attendToAll(deliveries: Deliveries, due: readonly InLane[]): Promise<boolean> {
  const lanes = [...Map.groupBy(due, ({ lane }) => lane).values()].values()
  let moved = false
  const work = async () => {
    for (const lane of lanes) moved = (await goAlong(deliveries, lane)) || moved
  }
  const ended = await Promise.allSettled(Array.from({ length: deliveries.messageRules.atOnce }, work))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
  return moved
}

async function goAlong(deliveries: Deliveries, lane: readonly InLane[]): Promise<boolean> {
  let moved = false
  for (const one of lane.toSorted((a, b) => a.position - b.position)) {
    if (deliveries.stopping.aborted || (await mustWait(deliveries, one))) break
    if (!(await attendSafely(deliveries, one))) break
    moved = true
  }
  return moved
}

/** Whether an earlier message of the lane was never tried, or is under way for the first time, here or elsewhere. */
async function mustWait({ view, streams }: Deliveries, { lane, position, messageId }: InLane): Promise<boolean> {
  const { documents } = await view.table.find({ where: { openLanes: lane }, order: 'position', to: position })
  for (const { key } of documents) {
    if (key === messageId) continue
    const { message } = await streams.read(key)
    if (message.deliveries.some((delivery) => laneOf(message, delivery) === lane && holdsLane(delivery))) return true
  }
  return false
}

/** One that fails keeps no other from being sent: it is looked at again. @throws what the store throws when it is out of reach */
async function attendSafely(deliveries: Deliveries, one: OneDelivery): Promise<boolean> {
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
