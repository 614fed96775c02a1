import type { EventLog } from '../log/event-log.js'
import type { LoggedEvent } from '../log/logged-event.js'

/** What a subscription is told while it is live: an event, or the place up to which there was none for it. */
export type Live = { readonly event: LoggedEvent } | { readonly checkpoint: LoggedEvent }

/** What was committed since a subscription began, up to as much as the server keeps for it. */
export interface LiveQueue {
  /** The next, or `behind` when more was committed than is kept. Waits for either, or for the reader to go. */
  next(gone: Promise<void>): Promise<Live | 'behind' | 'gone'>
  close(): void
}

const kept = 32

/** Every `interval` events of the log a checkpoint; none when it is 0. */
export function liveQueue(log: EventLog, includes: (event: LoggedEvent) => boolean, interval: number): LiveQueue {
  const queue: Live[] = []
  let isBehind = false
  let considered = 0
  let wake = () => {}

  const put = (live: Live) => {
    if (queue.length >= kept) isBehind = true
    else queue.push(live)
  }
  const unwatch = log.watch(({ events }) => {
    for (const event of events) {
      if (includes(event)) put({ event })
      considered += 1
      if (interval > 0 && considered % interval === 0) put({ checkpoint: event })
    }
    wake()
  })
  return {
    async next(gone) {
      const isGone = gone.then(() => 'gone' as const)
      for (;;) {
        const live = queue.shift()
        if (live) return live
        if (isBehind) {
          isBehind = false
          return 'behind'
        }
        const woken = Promise.withResolvers<undefined>()
        wake = () => woken.resolve(undefined)
        if ((await Promise.race([woken.promise, isGone])) === 'gone') return 'gone'
      }
    },
    close: unwatch,
  }
}
