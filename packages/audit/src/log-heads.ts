import { createHash } from 'node:crypto'
import type { StoredEvent } from '@vitrine/core'
import { chainOf } from '@vitrine/runtime'
import { spilledMap } from './spilled-map.js'

/** How a stream stood: the version of its last event, and that event's hash. */
export interface SealedHead {
  readonly version: number
  readonly seal: string
}

/** The heads of all streams of a log, as far as it was read. */
export interface LogHeads {
  see(event: StoredEvent): void
  readonly events: number
  readonly streams: number
  /** SHA-256 over the name, version and seal of every head, in the order of the names: lower-case hex. */
  root(): string
  head(stream: string): SealedHead | undefined
  entries(): IterableIterator<readonly [string, SealedHead]>
  close(): void
}

/** An event without a hash is sealed by itself alone. */
function sealOf(event: StoredEvent): string {
  return event.metadata.chain ?? chainOf(undefined, event)
}

export function logHeads(): LogHeads {
  const heads = spilledMap<SealedHead>()
  let events = 0
  return {
    see(event) {
      events += 1
      heads.set(event.stream, { version: event.version, seal: sealOf(event) })
    },
    get events() {
      return events
    },
    get streams() {
      return heads.size
    },
    root() {
      const root = createHash('sha256')
      for (const [stream, { version, seal }] of heads.entries()) root.update(`${stream}\n${version}\n${seal}\n`)
      return root.digest('hex')
    },
    head: heads.get,
    entries: heads.entries,
    close: heads.close,
  }
}
