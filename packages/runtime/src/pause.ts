import { setTimeout } from 'node:timers/promises'

/** Waits before the next attempt: longer each time, up to 100 ms, and never as long as others that started together. */
export async function pause(attempt: number): Promise<void> {
  await setTimeout(Math.random() * Math.min(2 ** attempt, 100))
}
