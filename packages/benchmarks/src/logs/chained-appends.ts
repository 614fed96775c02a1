import type { Append, NewEvent } from '@vitrine/core'
import { chainOf } from '@vitrine/runtime'

/** Ties the events of appends together, stream by stream, as a marketplace does where that is switched on. */
export function tying(): (append: Append) => Append {
  const last = new Map<string, string>()
  return ({ writes, ...rest }) => ({
    ...rest,
    writes: writes.map(({ stream, expected, events }) => ({
      stream,
      expected,
      events: events.map((event, index) => {
        const version = (expected === 'none' ? 0 : expected + 1) + index
        const chain = chainOf(last.get(stream), { ...event, stream, version })
        last.set(stream, chain)
        return tied(event, chain)
      }),
    })),
  })
}

function tied(event: NewEvent, chain: string): NewEvent {
  return { ...event, metadata: { ...event.metadata, chain } }
}
