import { randomUUID } from 'node:crypto'
import type { EventStore, ViewTable } from '@vitrine/core'

/** What a broken store does otherwise than the one that it is made of. */
export type Otherwise<Port> = (port: Port) => Partial<Port>

/** The events of a page come as they please. */
export function lostOrder(log: EventStore): Partial<EventStore> {
  return {
    async *readAll(options) {
      for await (const page of log.readAll(options)) yield { ...page, events: page.events.toReversed() }
    },
  }
}

/** Where the stream has moved on, it says that it has written. */
export function swallowedConflict(log: EventStore): Partial<EventStore> {
  return {
    append: (append, options) =>
      log.append(append, options).catch((fault: unknown) => {
        if (!(fault instanceof Error && 'code' in fault && fault.code === 'conflict')) throw fault
        const versions = append.writes.map(({ events }) => events.length - 1)
        return { position: 1, versions, positions: append.writes.map(() => [1]), duplicate: false }
      }),
  }
}

/** What is sent again is stored again. */
export function duplicateOnRetry(log: EventStore): Partial<EventStore> {
  return {
    append: async (append, options) => {
      const heads = await Promise.all(append.writes.map(({ stream }) => log.readStream(stream, { limit: 1 })))
      const again = await log.append(append, options)
      if (!again.duplicate) return again
      const writes = append.writes.map((write, at) => {
        const events = write.events.map((event) => ({ ...event, id: randomUUID() }))
        return { ...write, expected: heads[at]!.head, events }
      })
      return log.append({ writes }, options)
    },
  }
}

export function onlyFirstGuard(log: EventStore): Partial<EventStore> {
  return { append: ({ writes, guards = [] }) => log.append({ writes, guards: guards.slice(0, 1) }) }
}

export function guardsForNewStreams(log: EventStore): Partial<EventStore> {
  return {
    append: (append) => log.append(append.writes[0]?.expected === 'none' ? append : { writes: append.writes }),
  }
}

export function uncheckedBesideFilter(log: EventStore): Partial<EventStore> {
  return {
    readAll: (options = {}) => {
      const { after, types, streamPrefix } = options
      const isFiltered = types !== undefined || streamPrefix !== undefined
      return log.readAll(isFiltered && typeof after === 'object' ? { ...options, after: after.position } : options)
    },
  }
}

export function throughWhatIsLeft(log: EventStore): Partial<EventStore> {
  return {
    async *readAll(options) {
      for await (const page of log.readAll(options)) {
        const last = page.events.at(-1)
        yield last ? { ...page, through: { logId: log.logId, position: last.position, id: last.id } } : page
      }
    },
  }
}

export function silentWhereNothingIsLeft(log: EventStore): Partial<EventStore> {
  return {
    async *readAll(options) {
      for await (const page of log.readAll(options)) if (!options?.follow || page.events.length > 0) yield page
    },
  }
}

/** Whatever comes behind the first event of a repeat is taken for what is stored. */
export function onlyFirstBody(log: EventStore): Partial<EventStore> {
  return {
    append: async (append) => {
      const [write] = append.writes
      const { events } = await log.readStream(write!.stream)
      const [first, ...others] = events.map(({ id, type, data, metadata }) => ({ id, type, data, metadata }))
      const isRepeat = JSON.stringify(first) === JSON.stringify(write!.events[0])
      return log.append(isRepeat ? { writes: [{ ...write!, events: [first!, ...others] }] } : append)
    },
  }
}

/** Who appends while another append to the stream is under way is stored behind it. */
export function storedBehind(): Otherwise<EventStore> {
  const underWay = new Set<string>()
  return (log) => ({
    append: async ({ writes: [write] }) => {
      const { stream, events } = write!
      const isSecond = underWay.has(stream)
      underWay.add(stream)
      const expected = isSecond ? (await log.readStream(stream)).head : write!.expected
      return log.append({ writes: [{ stream, expected, events }] }).finally(() => underWay.delete(stream))
    },
  })
}

export function emptyFromAnywhere(table: ViewTable): Partial<ViewTable> {
  return {
    write: async (batch) => {
      const isEmpty = batch.put.length + batch.remove.length === 0
      await table.write(isEmpty ? { ...batch, from: (await table.status()).checkpoint } : batch)
    },
  }
}

export function hundredKeys(table: ViewTable): Partial<ViewTable> {
  return { load: (keys) => table.load(keys.slice(0, 100)) }
}
