import { builtInViews, type JsonObject } from '@vitrine/core'
import { openMarketplace, tableOf } from '@vitrine/runtime'
import { memoryStore } from '@vitrine/store-memory'
import { staffOf } from '@vitrine/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { rules, tellStory } from '../test/story.js'
import { deadlinesDue, type RunningDeadline } from './deadlines-due.js'
import { tail } from './tail.js'
import { viewDocuments } from './view-documents.js'

const store = memoryStore()

beforeAll(async () => {
  await tellStory(store)
})

async function all<One>(rows: AsyncIterable<One>): Promise<readonly One[]> {
  const found: One[] = []
  for await (const row of rows) found.push(row)
  return found
}

it.each(Object.values(builtInViews).map((view) => [view.name, view] as const))(
  'the documents of %s, folded from the log alone, are those in its store',
  async (_name, view) => {
    const { log, views } = await store.open()
    const folded = await all(viewDocuments({ log, rules }, view, { inMemory: 2 }))
    const stored = await (await views.open(tableOf(view, 1))).load(folded.map(([key]) => key))
    expect(folded.length).toBe(stored.size)
    expect(new Map<string, JsonObject>(folded)).toEqual(stored)
  },
)

describe('deadlines', () => {
  const due = async (now: string, withinDays = 0): Promise<readonly RunningDeadline[]> =>
    all(deadlinesDue({ log: (await store.open()).log, rules }, now, { withinDays }))

  it('are nothing while none is near', async () => {
    expect(await due('2026-02-01T00:00:00.000Z')).toEqual([])
  })

  it('that end soon are told when they are asked for', async () => {
    expect(await due('2026-02-01T00:00:00.000Z', 60)).toMatchObject([
      { at: '2026-03-30T09:36:00.000Z', of: 'listing', name: 'Ledgerline', status: 'running', commands: [] },
    ])
  })

  it('at which something is due, and that have passed, are what a sweep would give', async () => {
    expect(await due('2026-03-01T00:00:00.000Z')).toMatchObject([
      { status: 'due', commands: [{ type: 'RemindPublication' }] },
    ])
    expect(await due('2026-04-01T00:00:00.000Z')).toMatchObject([
      { status: 'overdue', commands: [{ type: 'ExpireApproval' }] },
    ])
  })

  it('were others at another instant', async () => {
    expect(await due('2026-01-06T09:18:30.000Z', 90)).toMatchObject([{ at: '2026-03-07T09:18:00.000Z' }])
    expect(await due('2026-01-09T09:26:30.000Z', 5)).toMatchObject([{ of: 'lead', at: '2026-01-11T09:26:00.000Z' }])
  })
})

describe('the end of a log', () => {
  it('is as many events as are asked for, of the types that are asked for', async () => {
    const { log } = await store.open()
    const everything = await all(tail(log, { last: 10_000 }))
    expect(await all(tail(log, { last: 3 }))).toEqual(everything.slice(-3))
    expect((await all(tail(log, { last: 2, types: ['Created'] }))).map(({ data }) => data.name)).toEqual([
      'Ledgerline',
      'Tillbook',
    ])
    expect(await all(tail(log, { last: 0 }))).toEqual([])
  })

  it('goes on with what is written, until it is told to stop', async () => {
    const { log } = await store.open()
    const stopping = new AbortController()
    const reading = tail(log, { last: 1, follow: true, signal: stopping.signal })
    await reading.next()
    const next = reading.next()
    const market = await openMarketplace({ rules, store, staff: staffOf })
    await market.execute({ type: 'Register', name: 'Another one' }, { by: { id: 'u-new', name: 'Somebody New' } })
    expect((await next).value).toMatchObject({ type: 'Registered' })
    stopping.abort()
    expect((await all(reading)).map(({ type }) => type).filter((type) => type !== 'MemberJoined')).toEqual([])
    await market.close()
  })
})
