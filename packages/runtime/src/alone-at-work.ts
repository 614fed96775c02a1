import type { ViewStore } from '@vitrine/core'
import { RuntimeError } from './errors.js'
import { leaseOn } from './lease.js'

/** What acts by itself on what stands in the log. */
const acting = ['policies', 'deadlines'] as const

/**
 * Does something while no process runs policies or deadlines on this store: their leases are held meanwhile, so that whoever
 * starts waits. A process that runs without leases is not seen.
 * @param time milliseconds after which a holder that stands still is passed over, as in `limits.lease`
 * @throws RuntimeError `runners-at-work` when another process holds one of them all that time, or took one over
 */
export async function aloneAtWork<Answer>(
  progress: ViewStore,
  work: () => Promise<Answer>,
  { time = 5_000 }: { readonly time?: number } = {},
): Promise<Answer> {
  const leases = acting.map((name) => leaseOn(progress, name, time))
  const areHeld = () => leases.every(({ isHeld }) => isHeld)
  const tend = () => Promise.all(leases.map((lease) => lease.tend()))
  const began = performance.now()
  while (!areHeld() && performance.now() - began < 2 * time) {
    await tend()
    if (!areHeld()) await new Promise((resolve) => setTimeout(resolve, time / 10))
  }
  const tending = setInterval(() => void tend().catch(() => undefined), time / 4)
  try {
    if (!areHeld()) throw atWork()
    const answer = await work()
    await tend()
    if (areHeld()) return answer
    throw atWork()
  } finally {
    clearInterval(tending)
    await Promise.allSettled(leases.map((lease) => lease.release()))
  }
}

function atWork(): RuntimeError {
  const sentence =
    'Another process runs the policies of this marketplace. Stop it first: nothing may act on what is written here.'
  return new RuntimeError('runners-at-work', sentence)
}
