import {
  type Append,
  conflictError,
  type Expectation,
  judgeAppend,
  type KnownIds,
  knownIds,
  type SerialisedEvent,
  StoreError,
  tableOfExpectations,
  type Version,
  verdictOf,
  type WriteFacts,
} from '@vitrine/core'
import { describe, expect, it } from 'vitest'

const a = event('a')
const b = event('b')
const c = event('c')
const d = event('d')
const fresh = event('fresh')

describe('the table of expectations', () => {
  it('has every case that an append can meet in one stream, each once', () => {
    const cases = tableOfExpectations.map(({ stream, expected, ids }) => `${stream} · ${expected} · ${ids}`)
    expect(cases.toSorted()).toEqual(possibleCases().toSorted())
  })

  it.each(tableOfExpectations)('$stream, $expected expected, ids $ids: $verdict', (row) => {
    const [actual, expected] = versionsOf(row)
    expect(verdictOf(actual, expected, row.ids)).toBe(row.verdict)
    expect(answerTo([{ actual, ids: row.ids }], [expected])).toBe(row.verdict)
  })
})

describe('what is known of the ids of a write to a stream that holds a, b, c and d', () => {
  it.each<[string, Version, readonly SerialisedEvent[], KnownIds]>([
    ['nothing of a new one where it stands', 3, [fresh], 'unknown'],
    ['A14 one of them stands in the stream already', 3, [fresh, b], 'elsewhere'],
    ['A9 the same, at the beginning', 'none', [a], 'same'],
    ['A10 the same, whatever came behind', 0, [b, c], 'same'],
    ['the same, up to the end', 1, [c, d], 'same'],
    ['A13 another type', 'none', [{ ...a, type: 'Other' }], 'changed'],
    ['A13 other data', 'none', [{ ...a, data: '{"n":1}' }], 'changed'],
    ['A13 other metadata', 'none', [{ ...a, metadata: '{"hops":1}' }], 'changed'],
    ['A13 one of two has another body', 0, [b, { ...c, data: '{"n":1}' }], 'changed'],
    ['A12 one event more than there is', 1, [c, d, fresh], 'elsewhere'],
    ['one that stands there beside one that does not', 'none', [a, c], 'elsewhere'],
    ['an id that stands further on', 'none', [b], 'elsewhere'],
    ['new ones where others stand', 0, [fresh], 'elsewhere'],
    ['new ones behind the end', 7, [fresh], 'elsewhere'],
  ])('%s', (_, expected, events, known) => {
    const stored = [a, b, c, d]
    const behind = (from: number, count: number) => stored.slice(from, from + count)
    const has = (id: string) => stored.some((event) => event.id === id)
    expect(knownIds(3, { stream: 's', expected, events: [] }, events, behind, has)).toBe(known)
  })

  it.each<Version>(['none', 3])('is nothing while the stream is absent, and the store is not asked: %s', (expected) => {
    const asked = () => expect.fail('the store was asked')
    expect(knownIds('none', { stream: 's', expected, events: [] }, [a], asked, asked)).toBe('unknown')
  })
})

describe('an append of several writes', () => {
  const fits: WriteFacts = { actual: 'none', ids: 'unknown' }
  const known: WriteFacts = { actual: 0, ids: 'same' }
  const moved: WriteFacts = { actual: 1, ids: 'elsewhere' }
  const reused: WriteFacts = { actual: 2, ids: 'changed' }

  it.each([
    ['all of them fit', [fits, fits], 'stored'],
    ['A9 all of them are known', [known, known], 'duplicate'],
  ])('%s', (_, facts, answer) => {
    expect(answerTo(facts, ['none', 'none'])).toBe(answer)
  })

  it.each([
    ['one has moved', [fits, moved], 's-1 is at 1, not at none'],
    ['the first has moved', [moved, fits], 's-0 is at 1, not at none'],
    ['one is known beside one that is new', [known, fits], 's-0 is at 0, not at none'],
    ['one is new beside one that is known', [fits, known], 's-1 is at 0, not at none'],
    ['an id is used again', [reused, fits], 's-0 already holds an event with an id of this append'],
    ['an id is used again beside a conflict', [moved, reused], 's-1 already holds an event with an id of this append'],
  ])('is refused as a whole when %s', (_, facts, sentence) => {
    expect(() => judged(facts, ['none', 'none'])).toThrow(`Stream ${sentence}`)
  })

  it('A13 says which stream holds the id', () => {
    const fault = faultOf(() => judged([reused], [0]))
    expect([fault.code, fault.facts]).toEqual(['event-id-reused', { stream: 's-0', expected: 0 }])
    expect(fault.message).toBe(
      'Stream s-0 already holds an event with an id of this append, with another body or at another place. ' +
        'Make new ids for new events.',
    )
  })
})

describe('A49 guards', () => {
  const standing: ReadonlyMap<string, Version> = new Map([['p', 4]])
  const guarded = (ids: KnownIds, ...guards: NonNullable<Append['guards']>) =>
    judged([{ actual: ids === 'unknown' ? 'none' : 0, ids }], ['none'], guards, standing)

  it('hold while their streams stand where they were read, or are absent as they were', () => {
    expect(guarded('unknown', { stream: 'p', version: 4 }, { stream: 'q', version: 'none' })).toBe('stored')
  })

  it.each([
    ['p', 3, 4],
    ['p', 'none', 4],
    ['q', 0, 'none'],
  ] as const)('name the stream that moved: %s, read at %s, is at %s', (stream, version, actual) => {
    const fault = faultOf(() => guarded('unknown', { stream: 'p', version: 4 }, { stream, version }))
    expect([fault.code, fault.facts]).toEqual(['conflict', { stream, expected: version, actual }])
  })

  it('are not asked for what is stored already', () => {
    expect(guarded('same', { stream: 'p', version: 1 })).toBe('duplicate')
  })
})

it('A5 a conflict says where the stream stands, where it was expected, and what to do', () => {
  const fault = conflictError('listing-1', 3, 5)
  expect(fault.message).toBe('Stream listing-1 is at 5, not at 3. Read it again and decide again.')
  expect(fault).toMatchObject({ name: 'StoreError', code: 'conflict', stream: 'listing-1', expected: 3, actual: 5 })
})

function event(id: string): SerialisedEvent {
  return { id, type: 'Noted', data: '{}', metadata: '{}' }
}

/** Known ids stand behind the expected version: so none is known of a stream that is absent, or ends where it should. */
function possibleCases(): readonly string[] {
  const all = ['unknown', 'same', 'changed', 'elsewhere']
  const cases = (stream: string, expected: string, ids: readonly string[]) =>
    ids.map((known) => `${stream} · ${expected} · ${known}`)
  return [
    ...['none', 'version'].flatMap((expected) => cases('absent', expected, ['unknown'])),
    ...['none', 'version'].flatMap((expected) => cases('at another version', expected, all)),
    ...cases('at the expected version', 'version', ['unknown', 'elsewhere']),
  ]
}

function versionsOf({ stream, expected }: Expectation): readonly [actual: Version, expected: Version] {
  const wanted = expected === 'none' ? 'none' : 3
  if (stream === 'absent') return ['none', wanted]
  return [stream === 'at the expected version' ? 3 : 5, wanted]
}

/** The verdict, whether it is given or thrown. */
function answerTo(facts: readonly WriteFacts[], expected: readonly Version[]): string {
  try {
    return judged(facts, expected)
  } catch (error) {
    return error instanceof StoreError ? error.code : String(error)
  }
}

/** Writes to the streams s-0, s-1 …, one for each of the facts. */
function judged(
  facts: readonly WriteFacts[],
  expected: readonly Version[],
  guards?: Append['guards'],
  standing: ReadonlyMap<string, Version> = new Map(),
): string {
  const writes = expected.map((version, at) => ({ stream: `s-${at}`, expected: version, events: [] }))
  const append = { writes, ...(guards !== undefined && { guards }) }
  return judgeAppend(append, facts, (stream) => standing.get(stream) ?? 'none')
}

function faultOf(attempt: () => unknown): StoreError {
  try {
    attempt()
  } catch (error) {
    if (error instanceof StoreError) return error
  }
  return expect.fail('nothing was refused')
}
