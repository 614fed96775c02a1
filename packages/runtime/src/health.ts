import type { EventStore } from '@vitrine/core'
import { headOf } from './log-head.js'
import type { MessagesFollowed } from './open-messages.js'
import type { Parked } from './policy-notes.js'
import type { Followers } from './run-all.js'
import type { RunningPolicy } from './running-policy.js'
import { positionOf, type RunningView, type Stopped } from './running-view.js'
import type { Wiring } from './wiring.js'

/** How far something is behind the log. Both are 0 at the head. */
export interface Lag {
  /** Positions of the log that it has not looked at. */
  readonly events: number
  /** How long the first of them has been waiting. */
  readonly seconds: number
}

export interface ViewHealth {
  readonly name: string
  readonly version: number
  /** It can be asked: its first fill is done. */
  readonly live: boolean
  readonly position: number
  readonly lag: Lag
  /** Events of streams that are not the marketplace's, passed over since it was opened. */
  readonly foreign: number
  /** Why it stands still. */
  readonly stopped?: Stopped
}

export interface PolicyHealth {
  readonly name: string
  readonly position: number
  readonly lag: Lag
  readonly parked: readonly Parked[]
  readonly stopped?: string
}

/** What stands still, and why; how far behind everything is. */
export interface Health {
  /** Nothing stands still and nothing is parked. */
  readonly well: boolean
  readonly views: readonly ViewHealth[]
  readonly policies: readonly PolicyHealth[]
  readonly messages: MessagesHealth
}

/** How many messages stand where, with at least one of their recipients. */
export interface MessagesHealth {
  /** The view of deliveries; how far it is behind the log of messages. */
  readonly view: ViewHealth
  readonly due: number
  readonly underWay: number
  /** For the next attempt, after one that failed. */
  readonly waiting: number
  /** Until they are forgotten, or sent again. */
  readonly givenUp: number
  readonly expired: number
}

/** Looks at everything that follows the log, and at the messages. */
export async function healthOf(
  { log, clock }: Pick<Wiring, 'log' | 'clock'>,
  { views, policies, messages, leases }: Pick<Followers, 'views' | 'policies' | 'messages' | 'leases'>,
): Promise<Health> {
  // What another process runs is looked up; what runs here is known.
  if (!leases.views.isHeld) await views.takeUp(views.views)
  if (!leases.policies.isHeld) await policies.parked()
  const lag = await lagsBehind(log, clock())
  const seenViews = await Promise.all(views.views.map((running) => viewHealth(running, lag)))
  const seenPolicies = await Promise.all(policies.policies.map((running) => policyHealth(running, lag)))
  const seenMessages = await messagesHealth(messages, clock())
  const still = [...seenViews, ...seenPolicies, seenMessages.view].some(({ stopped }) => stopped !== undefined)
  return {
    well: !still && seenPolicies.every(({ parked }) => parked.length === 0),
    views: seenViews,
    policies: seenPolicies,
    messages: seenMessages,
  }
}

async function messagesHealth({ delivering: { view }, log }: MessagesFollowed, now: Date): Promise<MessagesHealth> {
  const seen = await viewHealth(view, await lagsBehind(log, now))
  const count = (statuses: string) => (view.live ? view.table.count({ where: { statuses } }) : 0)
  return {
    view: seen,
    due: await count('due'),
    underWay: await count('underWay'),
    waiting: await count('waiting'),
    givenUp: await count('givenUp'),
    expired: await count('expired'),
  }
}

type LagAt = (position: number) => Promise<Lag>

async function lagsBehind(log: EventStore, now: Date): Promise<LagAt> {
  const head = (await headOf(log))?.position ?? 0
  const known = new Map<number, Promise<Lag>>()
  const look = async (position: number): Promise<Lag> => {
    if (position >= head) return { events: 0, seconds: 0 }
    const waiting = await firstAfter(log, position)
    return { events: head - position, seconds: Math.max(0, (now.getTime() - Date.parse(waiting)) / 1000) }
  }
  return (position) => {
    const lag = known.get(position) ?? look(position)
    known.set(position, lag)
    return lag
  }
}

async function firstAfter(log: EventStore, position: number): Promise<string> {
  for await (const { events } of log.readAll({ after: position, limit: 1 })) {
    if (events[0]) return events[0].metadata.occurredAt
  }
  return new Date().toISOString()
}

async function viewHealth(running: RunningView, lagAt: LagAt): Promise<ViewHealth> {
  const { view, live, foreign, stopped } = running
  const position = positionOf(running)
  const health = { name: view.name, version: view.version, live, position, lag: await lagAt(position), foreign }
  return stopped ? { ...health, stopped } : health
}

async function policyHealth(
  { policy, checkpoint, parked, stopped }: RunningPolicy,
  lagAt: LagAt,
): Promise<PolicyHealth> {
  const position = checkpoint?.position ?? 0
  const health = { name: policy.name, position, lag: await lagAt(position), parked: [...parked.values()] }
  return stopped === undefined ? health : { ...health, stopped }
}
