import type { NewEvent, StoredEvent } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { enquiry } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'
import { allEvents, day, done, handClock, liveIn, open, typesIn, withLog } from './stage.js'

const many = 10_000

describe('10,000 deadlines at once', () => {
  it('C19 are worked off a few at a time; whoever comes after a stop goes on with the rest, and each is written once', async () => {
    const store = memoryStore()
    const clock = handClock()
    await manyLeads(store, clock)
    clock.wait(3 * day)

    let [under, most, written] = [0, 0, 0]
    let stop = () => {}
    const watched = withLog(store, (log) => ({
      append: async (...given) => {
        under += 1
        most = Math.max(most, under)
        written += 1
        if (written === 3_000) stop()
        await new Promise(setImmediate)
        under -= 1
        return log.append(...given)
      },
    }))
    const first = await open({ store: watched, clock, limits: { sweepAtOnce: 8 } })
    stop = () => void first.close()
    await first.catchUp().catch(() => undefined)
    await first.close()
    const before = (await typesIn(store, 'lead-')).filter((type) => type === 'FirstResponseOverdue').length
    expect([most, before >= 2_992, before < 3_100]).toEqual([8, true, true])

    await (await open({ store, clock })).catchUp()
    const noted = (await allEvents((await store.open()).log)).filter(({ type }) => type === 'FirstResponseOverdue')
    expect([noted.length, new Set(noted.map(({ stream }) => stream)).size]).toEqual([many, many])
  }, 120_000)
})

/** One lead that was captured, and copies of its event in streams of their own. */
async function manyLeads(store: ReturnType<typeof memoryStore>, clock: ReturnType<typeof handClock>): Promise<void> {
  const market = await open({ store, clock })
  const { listingId } = await liveIn(market)
  await done(market, { type: 'CaptureLead', listingId, ...enquiry }, { by: 'visitor' })
  await market.close()
  const { log } = await store.open()
  const captured = (await allEvents(log)).findLast(({ type }) => type === 'LeadCaptured')!
  const leads = Array.from({ length: many - 1 }, (_, n) => `0190b000-0000-7000-8000-${String(n).padStart(12, '0')}`)
  for (const id of leads) {
    await log.append({ writes: [{ stream: `lead-${id}`, expected: 'none', events: [copyOf(captured, id)] }] })
  }
}

function copyOf({ type, data, metadata }: StoredEvent, id: string): NewEvent {
  const command = { ...metadata.command, id: `captured-${id}` }
  return { id, type, data, metadata: { ...metadata, command } }
}
