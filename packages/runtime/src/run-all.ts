import { runLoop, sleep } from './background.js'
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
  /** Brings the deadlines up and gives what is due; how many commands wrote something. */
  readonly sweep: () => Promise<number>
  readonly sweepEvery: number
  readonly logger: Logger
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
  const { wiring, views, policies, messages, sweep, sweepEvery, logger } = followers
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
  await Promise.all([
    runLoop({ name: 'views', step: () => views.step(), wait: () => grownBeyond(standing()) }, logger, signal),
    runLoop({ name: 'policies', step: () => policies.step(), wait: () => grownBeyond(handled()) }, logger, signal),
    runLoop({ name: 'erasures', step: erased, wait: () => sleep(sweepEvery, signal) }, logger, signal),
    runLoop({ name: 'deadlines', step: swept, wait: () => sleep(sweepEvery, signal) }, logger, signal),
    runLoop({ name: 'messages', step: begun, wait: messages.wait }, logger, signal),
    runLoop({ name: 'forgetting', step: forgotten, wait: () => sleep(sweepEvery, signal) }, logger, signal),
  ])
}

/** Steps until there is nothing left to do; gives how many steps that took. */
async function allOf(step: () => Promise<boolean>): Promise<number> {
  let steps = 0
  while (await step()) steps += 1
  return steps
}
