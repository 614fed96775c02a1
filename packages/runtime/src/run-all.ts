import { type Loop, runLoop, sleep } from './background.js'
import type { Lease } from './lease.js'
import { headOf, untilGrown } from './log-head.js'
import type { Logger } from './logger.js'
import type { MessagesFollowed } from './open-messages.js'
import type { PolicyRunner } from './policy-runner.js'
import { positionOf } from './running-view.js'
import type { ViewRunner } from './view-runner.js'
import type { Wiring } from './wiring.js'

/** Everything that follows the log. */
export interface Followers {
  readonly wiring: Wiring
  readonly views: ViewRunner
  readonly policies: PolicyRunner
  readonly messages: MessagesFollowed
  /** Brings the deadlines up and gives what is due; for how many commands something was written. */
  readonly sweep: () => Promise<number>
  readonly sweepEvery: number
  /** Who does what of it, where several processes run it in the background. */
  readonly leases: Leases
  readonly logger: Logger
}

/** One for each kind of work that is done twice when two do it. What is delivered is claimed, message by message. */
export interface Leases {
  readonly views: Lease
  readonly policies: Lease
  readonly deadlines: Lease
  /** Milliseconds for which each is held. */
  readonly time: number
}

/** Runs everything until nothing moves any more. Views that stopped get another try first. */
export async function catchUp({ wiring, views, policies, messages, sweep }: Followers): Promise<void> {
  await wiring.erasures.follow()
  await views.mend(views.views.filter(({ stopped }) => stopped?.code !== 'log-replaced'))
  for (;;) {
    await allOf(() => views.step())
    const reacted = await allOf(() => policies.step())
    const written = await sweep()
    const delivered = await allOf(() => messages.step())
    if (reacted === 0 && written === 0 && delivered === 0) break
  }
  await messages.forget()
}

/** Runs everything in the background until the signal says stop. Resolves when all of it has ended. */
export async function runInBackground(followers: Followers, signal: AbortSignal): Promise<void> {
  const { wiring, views, policies, messages, sweep, sweepEvery, logger, leases } = followers
  const grownBeyond = async (positions: readonly number[]) => {
    const seen = positions.length > 0 ? Math.max(...positions) : ((await headOf(wiring.log))?.position ?? 0)
    return untilGrown(wiring.log, seen, signal)
  }
  const standing = () => views.views.filter(({ stopped }) => !stopped).map(positionOf)
  const handled = () => policies.policies.filter(({ stopped }) => stopped === undefined).map(positionOf)
  const swept = async () => {
    await sweep()
    return false
  }
  const begun = async () => {
    await messages.begin()
    return false
  }
  const forgotten = async () => {
    await messages.forget()
    return false
  }
  const erased = async () => {
    await wiring.erasures.follow()
    return false
  }
  const rest = () => sleep(sweepEvery, signal)
  const held = [leases.views, leases.policies, leases.deadlines]
  const loops: readonly Loop[] = [
    whileHeld(leases.views, { name: 'views', step: () => views.step(), wait: () => grownBeyond(standing()) }),
    whileHeld(leases.policies, { name: 'policies', step: () => policies.step(), wait: () => grownBeyond(handled()) }),
    whileHeld(leases.deadlines, { name: 'deadlines', step: swept, wait: rest }),
    whileHeld(leases.deadlines, { name: 'forgetting', step: forgotten, wait: rest }),
    { name: 'erasures', step: erased, wait: rest },
    { name: 'messages', step: begun, wait: messages.wait },
    ...(leases.time > 0 ? held.map((lease) => tending(lease, leases.time)) : []),
  ]
  await Promise.all(loops.map((loop) => runLoop(loop, logger, signal)))
  await Promise.allSettled(held.map((lease) => lease.release()))
}

/** The work of who has the lease; the others wait for it. */
function whileHeld(lease: Lease, { name, step, wait }: Loop): Loop {
  return {
    name,
    step: async () => lease.isHeld && step(),
    wait: (signal) => (lease.isHeld ? wait(signal) : lease.untilHeld(signal)),
  }
}

/** A lease is looked after apart from the work, however long a step of that takes. */
function tending(lease: Lease, time: number): Loop {
  const step = async () => {
    await lease.tend()
    return false
  }
  return { name: 'lease', step, wait: (signal) => sleep((time / 4) * (0.75 + Math.random() / 4), signal) }
}

/** Steps until there is nothing left to do; gives how many steps that took. */
async function allOf(step: () => Promise<boolean>): Promise<number> {
  let steps = 0
  while (await step()) steps += 1
  return steps
}
