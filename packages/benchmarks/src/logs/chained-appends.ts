import type { Append } from '@vitrine/core'
import { chained } from '@vitrine/runtime'

/** Ties the events of appends together, stream by stream, as a marketplace does where that is switched on. */
export function tying(): (append: Append) => Append {
  const last = new Map<string, string>()
  return ({ writes, ...rest }) => ({
    ...rest,
    writes: writes.map(({ stream, expected, events }) => {
      const first = expected === 'none' ? 0 : expected + 1
      const placed = events.map((event, index) => ({ ...event, stream, version: first + index }))
      const links = chained(last.get(stream), placed)
      last.set(stream, links.at(-1)!.metadata.chain!)
      return { stream, expected, events: links.map(({ id, type, data, metadata }) => ({ id, type, data, metadata })) }
    }),
  })
}
