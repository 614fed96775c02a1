import { createHash, generateKeyPairSync } from 'node:crypto'
import type { StoredEvent } from '@vitrine/core'
import { chainOf } from '@vitrine/runtime'
import { memoryStore } from '@vitrine/store-memory'
import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { eventsIn, live, defaultRules as rules } from '../test/lived-market.js'
import { cutOff, logOf, streamsOf } from '../test/tampered-log.js'
import { type Anchor, anchorOf, readAnchor } from './anchor.js'
import { verify } from './verify.js'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const now = new Date('2026-06-01T00:00:00.000Z')
let events: readonly StoredEvent[]
let anchor: Anchor

beforeAll(async () => {
  const store = memoryStore()
  await live(store)
  events = await eventsIn((await store.open()).log)
  anchor = await anchorOf({ log: logOf(events) }, { privateKey, now })
})

const verdictOf = async (left: readonly StoredEvent[], held = anchor) =>
  verify({ log: logOf(left), rules }, { anchor: held })

describe('an anchor', () => {
  it('covers all heads, is signed, and read back only as it was made', () => {
    const heads = streamsOf(events)
      .toSorted()
      .map((stream) => events.findLast((event) => event.stream === stream)!)
    const root = createHash('sha256')
    for (const { stream, version, metadata } of heads) root.update(`${stream}\n${version}\n${metadata.chain}\n`)
    expect(anchor).toMatchObject({ events: events.length, streams: heads.length, root: root.digest('hex') })
    expect(readAnchor(JSON.stringify(anchor), publicKey)).toEqual(anchor)
  })

  it('is refused when it was changed, when another key signed it, and when it is none', async () => {
    const changed = JSON.stringify({ ...anchor, events: anchor.events - 1 })
    expect(() => readAnchor(changed)).toThrow('Its signature does not hold')
    const { publicKey: other } = generateKeyPairSync('ed25519')
    expect(() => readAnchor(JSON.stringify(anchor), other)).toThrow('another key than the one that is trusted')
    expect(() => readAnchor('{}')).toThrow('not the JSON of an anchor')
    const { privateKey: rsa } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    await expect(anchorOf({ log: logOf(events) }, { privateKey: rsa, now })).rejects.toThrow('this is an rsa key')
  })
})

describe('a log that is held to an anchor', () => {
  it('D20 holds as long as nothing is changed, also once more was written', async () => {
    expect((await verdictOf(events)).anchor).toMatchObject({ holds: true })
    const earlier = await anchorOf({ log: logOf(events.slice(0, 20)) }, { privateKey, now })
    expect((await verdictOf(events, earlier)).anchor?.sentence).toBe(
      `The first 20 events, in ${earlier.streams} streams, are as they were on 2026-06-01T00:00:00.000Z.`,
    )
  })

  it('D20 property: what was cut off at the end of a stream, and a stream that is gone, is found by the anchor alone', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constant(0).chain(() => cutOff(events)),
        async ({ events: left }) => {
          const verdict = await verdictOf(left)
          expect(verdict.anchor?.holds).toBe(false)
          expect(verdict.problems.map(({ code }) => code).filter((code) => code !== 'append-torn')).toEqual([])
        },
      ),
      { numRuns: 300 },
    ))

  it('D20 property: a chain that was made anew over other events is found by the anchor alone', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(events.length - 1), async (at) => {
        const verdict = await verdictOf(madeAnew(events, at))
        expect([verdict.broken, verdict.anchor?.holds]).toEqual([0, false])
      }),
      { numRuns: 200 },
    ))

  it('names the streams, where the anchor lists them', async () => {
    const listing = await anchorOf({ log: logOf(events) }, { privateKey, now, withHeads: true })
    const lead = streamsOf(events).find((stream) => stream.startsWith('lead-'))!
    const gone = await verdictOf(
      events.filter(({ stream }) => stream !== lead),
      readAnchor(JSON.stringify(listing)),
    )
    expect(gone.anchor?.streams).toEqual([
      { stream: lead, sentence: expect.stringMatching(/^The stream is gone; its last version was \d+\.$/) },
    ])
  })
})

/** Another actor's name in one event, and the hashes behind it as if it had always stood there. */
function madeAnew(all: readonly StoredEvent[], at: number): readonly StoredEvent[] {
  const { stream, version } = all[at]!
  let last: string | undefined
  return all.map((event) => {
    if (event.stream !== stream) return event
    const { metadata } = event
    const actor = event.version === version ? { ...metadata.actor, name: 'Somebody else' } : metadata.actor
    const changed = { ...event, metadata: { ...metadata, actor } }
    last = chainOf(last, changed)
    return { ...changed, metadata: { ...changed.metadata, chain: last } }
  })
}
