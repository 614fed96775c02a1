import type { EventStore } from '@vitrine/core'
import { headOf } from './log-head.js'
import type { Parked } from './policy-notes.js'
import type { RunningPolicy } from './running-policy.js'
import { positionOf, type RunningView, type Stopped } from './running-view.js'

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
}

/** Looks at everything that follows the log. */
export async function healthOf(
  log: EventStore,
  views: readonly RunningView[],
  policies: readonly RunningPolicy[],
  now: Date,
): Promise<Health> {
  const lag = lagsBehind(log, (await headOf(log))?.position ?? 0, now)
  const seenViews = await Promise.all(views.map((running) => viewHealth(running, lag)))
  const seenPolicies = await Promise.all(policies.map((running) => policyHealth(running, lag)))
  const still = [...seenViews, ...seenPolicies].some(({ stopped }) => stopped !== undefined)
  return {
    well: !still && seenPolicies.every(({ parked }) => parked.length === 0),
    views: seenViews,
    policies: seenPolicies,
  }
}

type LagAt = (position: number) => Promise<Lag>

function lagsBehind(log: EventStore, head: number, now: Date): LagAt {
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
