import type { EventStore, StoredEvent } from '@vitrine/core'
import { headOf } from '@vitrine/runtime'

export interface TailOptions {
  /** How many of the last events come first; 10 by default. */
  readonly last?: number
  /** Goes on with what is written from then on, until the signal. */
  readonly follow?: boolean
  readonly types?: readonly string[]
  readonly streams?: readonly string[]
  readonly signal?: AbortSignal
}

/** The last events of a log as they are stored, and then those to come. */
export async function* tail(
  log: EventStore,
  { last = 10, follow = false, ...options }: TailOptions = {},
): AsyncGenerator<StoredEvent> {
  const head = await headOf(log)
  const ended = await endOf(log, head?.position ?? 0, last, options)
  yield* ended
  if (!follow) return
  const { signal, ...filter } = options
  const after = head?.position ?? 0
  for await (const page of log.readAll({ ...filter, after, follow, ...(signal && { signal }) })) yield* page.events
}

/** Looks further and further back: there is no reading from the end. */
async function endOf(
  log: EventStore,
  head: number,
  last: number,
  options: Omit<TailOptions, 'last' | 'follow'>,
): Promise<readonly StoredEvent[]> {
  if (last === 0) return []
  for (let back = last; ; back *= 8) {
    const after = Math.max(0, head - back)
    let found: StoredEvent[] = []
    for await (const { events } of log.readAll({ ...options, after })) {
      found = [...found, ...events.filter(({ position }) => position <= head)].slice(-last)
    }
    if (found.length === last || after === 0) return found
  }
}
