import { isDeepStrictEqual } from 'node:util'
import { type StoredEvent, type StoredText, textOf } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { eventsIn, live, defaultRules as rules } from '../test/lived-market.js'
import { altered, inserted, logOf, removed, swapped, textsOf } from '../test/tampered-log.js'
import { type PartVerdict, verdictOf } from './part-verdict.js'
import { verify } from './verify.js'
import { verifyPart } from './verify-part.js'

let events: readonly StoredEvent[]

beforeAll(async () => {
  const store = memoryStore()
  await live(store)
  events = await eventsIn((await store.open()).log)
})

const verdictOn = (left: readonly StoredEvent[]) => verify({ log: logOf(left), rules }, { wholeChain: true })

describe('a log that nobody has touched', () => {
  it('D20 fits, and says what it holds', async () => {
    const verdict = await verdictOn(events)
    expect(verdict).toMatchObject({ foreign: 0, unchained: 0, chainedFrom: 1, problems: [], broken: 0 })
    expect([verdict.events, verdict.streams]).toEqual([events.length, new Set(events.map((one) => one.stream)).size])
  })

  it('D21 fits as well when people were erased from it', async () => {
    const until = events.findIndex(({ type }) => type === 'LeadErased')
    expect(until).toBeGreaterThan(0)
    expect(await verdictOn(events.slice(0, until + 1))).toMatchObject({ events: until + 1, problems: [], broken: 0 })
  })

  it('says how far it got, and ends when it is told to', async () => {
    const seen: number[] = []
    await verify({ log: logOf(events), rules }, { onProgress: (count) => seen.push(count) })
    expect(seen.at(-1)).toBe(events.length)
  })
})

describe('a log that somebody has changed', () => {
  const runs = { numRuns: 250 }
  const isFound = (
    tamper: (events: readonly StoredEvent[]) => fc.Arbitrary<{ what: string; events: readonly StoredEvent[] }>,
  ) =>
    fc.assert(
      fc.asyncProperty(
        fc.constant(0).chain(() => tamper(events)),
        async (tampered) => {
          expect((await verdictOn(tampered.events)).broken).toBeGreaterThan(0)
        },
      ),
      runs,
    )

  it('D20 property: an event that says something else is found', () => isFound(altered))
  it('D20 property: an event that is gone is found, unless it was its stream’s last', () => isFound(removed))
  it('D20 property: two events of a stream that changed places are found', () => isFound(swapped))
  it('D20 property: an event that was put between others is found', () => isFound(inserted))

  it('D20 is named where it does not fit first', async () => {
    const at = events.findIndex(({ type }) => type === 'Approved')
    const { stream, version, position, id } = events[at]!
    const { problems } = await verdictOn(
      events.with(at, { ...events[at]!, data: { ...events[at]!.data, publishBy: '' } }),
    )
    expect(problems).toEqual([
      {
        code: 'chain-broken',
        stream,
        version,
        position,
        id,
        type: 'Approved',
        sentence: 'Its hash is not that of what it says behind the event before it: one of the two was changed.',
      },
    ])
  })
})

describe('a log whose texts somebody has changed', () => {
  const textOfAll = () => events.map(textOf)
  const verdict = (texts: readonly StoredText[]) => verify({ log: textsOf(texts), rules }, { wholeChain: true })

  it('D20 fits as long as the texts say the same, in whatever order and with whatever space', async () => {
    const spaced = textOfAll().map((text, at) =>
      at % 2 ? text : { ...text, data: JSON.stringify(turned(JSON.parse(text.data)), undefined, 1) },
    )
    expect((await verdict(spaced)).problems).toEqual([])
  })

  it('D20 property: is found wherever a character of data or metadata became another one, so that it says something else', () =>
    fc.assert(
      fc.asyncProperty(
        fc.nat(events.length - 1),
        fc.constantFrom('data', 'metadata'),
        fc.nat(),
        fc.constantFrom('0', 'a', '"', '{', '}', ',', ':', ' '),
        async (at, part, pick, character) => {
          const texts = textOfAll()
          const before = texts[at]![part]
          const place = pick % before.length
          const after = before.slice(0, place) + character + before.slice(place + 1)
          fc.pre(!saysTheSame(before, after))
          expect((await verdict(texts.with(at, { ...texts[at]!, [part]: after }))).broken).toBeGreaterThan(0)
        },
      ),
      { numRuns: 300 },
    ))

  it('names what is no JSON, and what is JSON of something else', async () => {
    const said = async (changed: Partial<StoredText>) =>
      (await verdict(textOfAll().with(3, { ...textOfAll()[3]!, ...changed }))).problems.map(({ sentence }) => sentence)
    expect(await said({ data: '{' })).toEqual([expect.stringContaining('Its data or metadata is no JSON.')])
    expect(await said({ metadata: '[]' })).toEqual(['Its metadata is no JSON object.'])
    expect(await said({ metadata: JSON.stringify({ chain: 'f'.repeat(64) }) })).toEqual([
      expect.stringContaining('Its metadata cannot be read. command: '),
    ])
  })
})

function turned(whole: object): object {
  return Object.fromEntries(Object.entries(whole).toReversed())
}

function saysTheSame(before: string, after: string): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(before), JSON.parse(after))
  } catch {
    return false
  }
}

describe('a log without hashes', () => {
  const bare = () => events.map((event) => ({ ...event, metadata: unchained(event.metadata) }))
  const found = async (left: readonly StoredEvent[]) => (await verify({ log: logOf(left), rules })).problems

  it('fits, and says that nothing is tied together', async () => {
    expect(await verify({ log: logOf(bare()), rules })).toMatchObject({ unchained: events.length, broken: 0 })
  })

  it('still shows holes, torn appends, time that runs back, and what cannot be read', async () => {
    const at = (type: string) => bare().findIndex((event) => event.type === type)
    const one = (type: string) => bare()[at(type)]!
    const codes = async (left: readonly StoredEvent[]) => (await found(left)).map(({ code }) => code)
    expect(await codes(bare().filter(({ type }) => type !== 'Submitted'))).toContain('version-missing')
    const superseded = at('Superseded')
    expect(superseded).toBeGreaterThan(0)
    const { metadata } = one('Superseded')
    const alone = { ...metadata, command: { ...metadata.command, index: 0, of: 1 } }
    expect(await codes(bare().with(superseded, { ...one('Superseded'), metadata: alone }))).toEqual(['append-torn'])
    const early = { ...one('Approved').metadata, occurredAt: '2026-01-01T00:00:00.000Z' }
    expect(await codes(bare().with(at('Approved'), { ...one('Approved'), metadata: early }))).toEqual([
      'time-runs-back',
    ])
    const empty = { ...one('Approved'), data: {} }
    expect(await found(bare().with(at('Approved'), empty))).toMatchObject([
      { code: 'not-parsed', sentence: expect.stringContaining('publishBy: ') },
    ])
    const newer = { ...one('Approved'), metadata: { ...one('Approved').metadata, schemaVersion: 99 } }
    expect(await codes(bare().with(at('Approved'), newer))).toEqual(['not-lifted'])
  })

  it('tells streams of others apart, and does not read them', async () => {
    const foreign = { ...bare()[0]!, stream: 'invoice-1', type: 'Paid', position: events.length + 1 }
    expect(await verify({ log: logOf([...bare(), foreign]), rules })).toMatchObject({ foreign: 1, broken: 0 })
  })
})

function unchained(metadata: StoredEvent['metadata']): StoredEvent['metadata'] {
  const { chain: _, ...rest } = metadata
  return rest
}

describe('a log that is verified in parts', () => {
  const inParts = async (left: readonly StoredEvent[], cuts: readonly number[]) => {
    const bounds = [0, ...cuts.toSorted((a, b) => a - b), Number.MAX_SAFE_INTEGER]
    const parts: PartVerdict[] = []
    for (const [at, after] of bounds.slice(0, -1).entries())
      parts.push(await verifyPart({ log: logOf(left), rules }, { after, to: bounds[at + 1]! }))
    return verdictOf(parts, true, 100)
  }
  const cuts = () => fc.array(fc.nat(events.length), { maxLength: 5 })

  it('D20 property: fits wherever it is cut', () =>
    fc.assert(
      fc.asyncProperty(fc.constant(0).chain(cuts), async (at) => {
        expect(await inParts(events, at)).toEqual(await verdictOn(events))
      }),
      { numRuns: 100 },
    ))

  it('D20 property: is found to be changed wherever it is cut', () => {
    const tampered = () => fc.oneof(altered(events), removed(events), swapped(events), inserted(events))
    return fc.assert(
      fc.asyncProperty(
        fc.constant(0).chain(() => fc.tuple(tampered(), cuts())),
        async ([{ events: left }, at]) => {
          expect((await inParts(left, at)).broken).toBeGreaterThan(0)
        },
      ),
      { numRuns: 400 },
    )
  })
})
