import type { Step } from '../logs/lives.js'

/** Somebody who takes the commands of many listings and remembers what came of them. */
export interface Desk {
  /** One step in the life of the listing with this number; its steps come in order. Throws when it is refused. */
  take(step: Step, listing: number): Promise<void> | void
  close?(): Promise<void>
}

/** Lets listings live side by side: each step is taken by all of them before the next. */
export async function liveTogether(desk: Desk, steps: readonly Step[], listings: number): Promise<void> {
  for (const step of steps) {
    for (let listing = 0; listing < listings; listing += 1) await desk.take(step, listing)
  }
}
