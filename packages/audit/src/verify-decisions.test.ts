import type { EventStore, StoredEvent } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { beforeAll, describe, expect, it } from 'vitest'
import { eventsIn, live, defaultRules as rules } from '../test/lived-market.js'
import { singleStreams } from '../test/single-streams.js'
import { logOf } from '../test/tampered-log.js'
import { verify } from './verify.js'
import { verifyDecisions } from './verify-decisions.js'

let events: readonly StoredEvent[]

beforeAll(async () => {
  const store = memoryStore()
  await live(store)
  events = await eventsIn((await store.open()).log)
})

async function typesIn(log: EventStore): Promise<readonly string[]> {
  const types: string[] = []
  for await (const page of log.readAll()) types.push(...page.events.map(({ type }) => type))
  return types
}

const again = (left: readonly StoredEvent[]) => verifyDecisions({ log: logOf(left), rules })

describe('a log that is decided again', () => {
  it('D26 leads to the events that were written, on facts that had not moved', async () => {
    const verdict = await again(events)
    expect(verdict).toMatchObject({ underOtherRules: 0, differing: [], differ: 0, moved: [], move: 0 })
    expect(verdict.commands).toBe(new Set(events.map(({ metadata }) => metadata.command.id)).size)
  })
})

describe('a log of a store that writes one stream at a time, and guards none', () => {
  it('D26 leads to the events that were written, in the registry of slugs as well', async () => {
    const store = memoryStore()
    await live(singleStreams(store))
    const { log } = await singleStreams(store).open()
    const types = (await typesIn(log)).filter((type) => type.startsWith('Slug'))
    expect(new Set(types)).toEqual(new Set(['SlugReserved', 'SlugTaken', 'SlugFreed']))
    expect(await verifyDecisions({ log, rules })).toMatchObject({ differing: [], moved: [] })
    expect(await verify({ log, rules }, { wholeChain: true })).toMatchObject({ problems: [] })
  })
})

describe('a log in which a decision was not as it is written', () => {
  const sentences = async (left: readonly StoredEvent[]) =>
    (await again(left)).differing.map(({ sentence }) => sentence)
  const changed = (type: string, change: (event: StoredEvent) => StoredEvent) => {
    const at = events.findIndex((event) => event.type === type)
    return events.with(at, change(events[at]!))
  }

  it('D26 says what would have been written instead', async () => {
    const later = (event: StoredEvent) => ({ ...event, data: { ...event.data, publishBy: '2030-01-01T00:00:00.000Z' } })
    expect(await sentences(changed('Approved', later))).toEqual([
      expect.stringMatching(/^It would write Approved with publishBy 2026-\S+ instead of 2030-01-01T00:00:00.000Z\.$/),
    ])
  })

  it('D26 says why it would have been refused', async () => {
    const by = (id: string, role: string) => (event: StoredEvent) => ({
      ...event,
      metadata: { ...event.metadata, actor: { id, name: 'Somebody', role } },
    })
    expect(await sentences(changed('Approved', by('u-zoe', 'person')))).toEqual([
      'It would be refused: There is no listing with this id. (unknown-listing)',
    ])
    expect(await sentences(changed('PublisherApproved', by('u-rita', 'reviewer')))).toEqual([
      expect.stringContaining('(not-for-staff)'),
    ])
  })

  it('D26 T4 says when what was due was not written first', async () => {
    const { metadata, stream } = events.find(({ type }) => type === 'AutoRejected')!
    const left = events.filter((event) => event.stream !== stream || event.metadata.occurredAt < metadata.occurredAt)
    const approved = left.findLast((event) => event.stream === stream)!
    const late = {
      ...approved,
      type: 'Published',
      version: approved.version + 1,
      position: events.length + 1,
      data: { revision: 1, visibility: 'public', path: '/l/close-of-books', content: {} },
      metadata: {
        ...metadata,
        basis: approved.metadata.basis,
        command: { ...metadata.command, id: 'late', type: 'Publish' },
        actor: { id: 'u-luc', name: 'Luc', role: 'lister' },
      },
    }
    expect(await sentences([...left, late])).toEqual(['AutoRejected was due by then, and was not written first.'])
  })

  it('D26 says what was written beside it, or was not', async () => {
    const left = events.filter(({ type }) => type !== 'SlugFreed')
    expect(await sentences(left)).toEqual([
      expect.stringMatching(/^It wrote SlugTaken beside it; it would write SlugFreed, SlugTaken beside it\.$/),
    ])
  })

  it('A50 names every append whose facts had moved', async () => {
    const moved = changed('Published', (event) => ({
      ...event,
      metadata: { ...event.metadata, basis: event.metadata.basis.map(({ stream }) => ({ stream, version: 2 })) },
    }))
    const verdict = await again(moved)
    expect(verdict.moved).toMatchObject([{ command: 'Publish', facts: [{ version: 2, stood: 6 }] }])
  })

  it('tells decisions under other rules apart', async () => {
    const others = changed('Approved', (event) => ({ ...event, metadata: { ...event.metadata, rules: 'others' } }))
    expect(await again(others)).toMatchObject({ underOtherRules: 1, differ: 0 })
  })
})
