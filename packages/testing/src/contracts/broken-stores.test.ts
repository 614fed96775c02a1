import { randomUUID } from 'node:crypto'
import type { EventStore, Store } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { describe, expect, it } from 'vitest'
import { eventStoreContract } from './event-store-contract.js'

/** Cases that take long, and that no store here breaks alone. */
const slow = /^(A43|A42|A17|A50|A3 )/

describe('the contract of event stores', () => {
  it.each([
    [
      'lost order',
      lostOrder,
      ['global order: a reader that walks while two others write gets every event once, in order'],
    ],
    ['swallowed conflict', swallowedConflict, ["A2 'none' on a stream that exists is a conflict that says so"]],
    ['duplicate on retry', duplicateOnRetry, ['A9 a repeated append gets its first answer and writes nothing']],
  ])(
    'fails for the right reason: %s',
    async (_fault, otherwise, titles) => {
      const broken = await brokenCases(otherwise)
      for (const title of titles) expect(broken).toContain(title)
      expect(broken).not.toContain('A1 the first event of a stream has version 0, and a position')
    },
    120_000,
  )

  it('fails for none of it where nothing is broken', async () => {
    expect(await brokenCases(() => ({}))).toEqual([])
  }, 120_000)
})

type Otherwise = (log: EventStore) => Partial<EventStore>

async function brokenCases(otherwise: Otherwise): Promise<readonly string[]> {
  const broken: string[] = []
  for (const { title, run } of eventStoreContract(() => storeThat(otherwise))) {
    if (slow.test(title)) continue
    await within(run(), 5000).catch(() => broken.push(title))
  }
  return broken
}

/** A broken store may keep a case waiting for ever. */
async function within(case_: Promise<void>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('It takes too long.')), milliseconds)
  })
  await Promise.race([case_, late]).finally(() => clearTimeout(timer))
}

function storeThat(otherwise: Otherwise): Store {
  const store = memoryStore()
  return {
    open: async () => {
      const opened = await store.open()
      return { ...opened, log: { ...opened.log, ...otherwise(opened.log) } }
    },
  }
}

/** The events of a page come as they please. */
function lostOrder(log: EventStore): Partial<EventStore> {
  return {
    async *readAll(options) {
      for await (const page of log.readAll(options)) yield { ...page, events: page.events.toReversed() }
    },
  }
}

/** Where the stream has moved on, it says that it has written. */
function swallowedConflict(log: EventStore): Partial<EventStore> {
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
function duplicateOnRetry(log: EventStore): Partial<EventStore> {
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
