import { memoryStore } from '@vitrine/store-memory'
import { beforeAll, describe, expect, it } from 'vitest'
import { rules, tellStory } from '../test/story.js'
import { history } from './history.js'
import { type TracedCommand, trace } from './trace.js'

const store = memoryStore()
const listingId = '01920000-0000-7000-8000-000000000010'

beforeAll(async () => {
  await tellStory(store)
})

async function traced(correlationId: string) {
  const { log, messages } = await store.open()
  return trace({ log, rules }, correlationId, { messages })
}

async function commandOf(type: string): Promise<string> {
  const { log } = await store.open()
  for await (const one of (await history({ log, rules }, listingId)).happenings)
    if (one.type === type) return one.command.id
  throw new Error(`There is no ${type}.`)
}

describe('what somebody asked for', () => {
  it('is the root of all that it led to, messages too', async () => {
    const { commands, counts } = await traced(await commandOf('Rejected'))
    expect(counts).toEqual({ commands: 1, events: 1, messages: 1 })
    expect(commands).toMatchObject([
      { type: 'Reject', by: { id: 'u-rita' }, events: [{ type: 'Rejected', messages: [{ kind: 'rejected' }] }] },
    ])
  })

  it('led to what policies did, under the event that they answered', async () => {
    const { log, messages } = await store.open()
    const { events } = await log.readStream(`listing-${listingId}`)
    const [first, second] = events as [(typeof events)[0], (typeof events)[0]]
    const caused = {
      ...second,
      metadata: { ...second.metadata, correlationId: first.metadata.correlationId, causationId: first.id },
    }
    const page = { events: [first, caused], through: undefined, atHead: true }
    const reading = { ...log, readAll: () => pages(page) }
    const { commands } = await trace({ log: reading, rules }, first.metadata.correlationId, { messages })
    const led = commands[0]?.events[0]?.commands as readonly TracedCommand[]
    expect(led.map(({ type }) => type)).toEqual(['Revise'])
  })
})

describe('an id that is no correlation', () => {
  it('is not found', async () => {
    await expect(traced('nothing')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('of an event, tells the correlation that it belongs to', async () => {
    const { log } = await store.open()
    const { events } = await log.readStream(`listing-${listingId}`)
    const [first] = events
    await expect(traced(first!.id)).rejects.toMatchObject({
      message: expect.stringContaining(`It belongs to correlation ${first!.metadata.correlationId}.`),
    })
  })
})

async function* pages<Page>(...all: readonly Page[]): AsyncGenerator<Page> {
  yield* all
}
