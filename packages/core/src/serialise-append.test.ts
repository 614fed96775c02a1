import {
  type Append,
  checkedNumber,
  checkStreamName,
  maxAppendBytes,
  type NewEvent,
  type StreamWrite,
  serialiseAppend,
  type Version,
} from '@vitrine/core'
import { describe, expect, it } from 'vitest'

const last = Number.MAX_SAFE_INTEGER
const [one, two] = ['0198c0de-0000-7000-8000-00000000000a', 'f198c0de-9999-7fff-8abc-00000000000b']
const metadata: NewEvent['metadata'] = {
  command: { id: 'c', type: 'N', hash: 'h', index: 0, of: 1 },
  correlationId: 'c',
  causationId: 'c',
  actor: { id: 'u', name: '', role: 'lister' },
  occurredAt: '',
  schemaVersion: 1,
  contentVersion: 1,
  rules: 'r',
  basis: [],
  hops: 0,
}

describe('an append', () => {
  it('is serialised once, each event of each write in its order', () => {
    const writes = [
      write('s', 'none', noted({ data: { n: [1, null] } }), noted({ id: two })),
      write('t', last, noted()),
    ]
    const texts = { id: one, type: 'Noted', data: '{}', metadata: JSON.stringify(metadata) }
    expect(serialiseAppend({ writes, guards: [{ stream: 'p', version: 0 }] })).toStrictEqual([
      [
        { ...texts, data: '{"n":[1,null]}' },
        { ...texts, id: two },
      ],
      [texts],
    ])
  })

  it.each<[string, Append, string]>([
    ['A8 it has no writes', { writes: [] }, 'An append needs at least one write.'],
    ['A8 a write has no events', { writes: [write('s', 0)] }, 'The write to stream s holds no events.'],
    [
      'a stream is written twice',
      { writes: [write('s', 0, noted()), write('s', 1, noted())] },
      'Stream s is written twice in one append.',
    ],
    ['a stream is written and guarded', guarding('s', 0), 'Stream s is both written and guarded.'],
    [
      'one write holds an event id twice',
      { writes: [write('s', 0, noted(), noted({ id: two }), noted())] },
      'The write to stream s holds one event id twice.',
    ],
    ['A18 a write names no stream', { writes: [write('$s', 0, noted())] }, '"$s" is no stream name'],
    ['A18 a guard names no stream', guarding('$p', 0), '"$p" is no stream name'],
    ['A20 a guard has no version', guarding('p', -1), 'Stream p: -1 is no version'],
  ])('is refused when %s', (_, append, sentence) => {
    expect(() => serialiseAppend(append)).toThrow(refusal(sentence))
  })

  it.each([-1, 0.5, 2 ** 53, Number.NaN])('A20 is refused for %s, which is no version', (version) => {
    const sentence = `Stream s: ${version} is no version; 'none' or a whole number from 0 is.`
    expect(() => serialiseAppend({ writes: [write('s', version, noted())] })).toThrow(refusal(sentence))
  })
})

describe('A7 an event', () => {
  const isNoType = 'that is no event type: a letter, then up to 127 of A-Z a-z 0-9 _ . -'

  it.each(['T', 'z', 'Az09_.-', 't'.repeat(128)])('may be of type %s', (type) => {
    expect(() => serialiseAppend({ writes: [write('s', 0, noted({ type }))] })).not.toThrow()
  })

  it.each(['', '9T', '_T', 'no type', ' T', 'T\n', 'Té', 't'.repeat(129)])('is of no type %o', (type) => {
    expect(() => serialiseAppend({ writes: [write('s', 0, noted({ type }))] })).toThrow(
      refusal(`Event ${type} for stream s: ${isNoType}.`),
    )
  })

  it.each(['', one.toUpperCase(), `0${one}`, `${one}0`, one.replaceAll('-', '')])('has no id %o', (id) => {
    expect(() => serialiseAppend({ writes: [write('s', 0, noted({ id }))] })).toThrow(
      refusal(`Event Noted for stream s: "${id}" is no lower-case UUID.`),
    )
  })

  it.each([
    [{ data: null }, 'data is not an object'],
    [{ data: 'text' }, 'data is not an object'],
    [{ data: [] }, 'data is not an object'],
    [{ data: { n: Number.NaN } }, 'data.n is NaN'],
    [{ metadata: [] }, 'metadata is not an object'],
    [{ metadata: { n: -0 } }, 'metadata.n is -0'],
  ])('is refused with %o', (part, problem) => {
    const broken = Object.assign(noted(), part)
    expect(() => serialiseAppend({ writes: [write('s', 0, noted({ id: two }), broken)] })).toThrow(
      refusal(`Event Noted for stream s: ${problem}`),
    )
  })
})

describe('the size of an append', () => {
  it.each([
    ['data', 'x'],
    ['data', 'é'],
    ['data', '€'],
    ['data', '😀'],
    ['metadata', 'x'],
    ['metadata', '€'],
  ] as const)('is that of its UTF-8, and of each type twice: %s of %s', (part, character) => {
    const fits = ofBytes(maxAppendBytes, part, character)
    const tooLarge = ofBytes(maxAppendBytes + 1, part, character)
    expect(serialiseAppend(fits)).toHaveLength(2)
    expect(() => serialiseAppend(tooLarge)).toThrow(
      refusal('The append holds 900001 bytes; at most 900000 are stored at once.'),
    )
  })
})

describe('A18 the name of a stream', () => {
  it.each([' ', '~', 'a$', 'a/b', "'; DROP TABLE events; --", 'x'.repeat(500)])('may be %o', (name) => {
    expect(() => checkStreamName(name)).not.toThrow()
  })

  it.each(['', '$x', 'é', '\u001f', '\u007f', 'a\nb', 'a\n', 'a😀', 'x'.repeat(501)])('is not %o', (name) => {
    const quoted = JSON.stringify(name.slice(0, 80))
    const sentence = `${quoted} is no stream name: 1–500 printable ASCII characters, not beginning with $.`
    expect(() => checkStreamName(name)).toThrow(refusal(sentence))
  })
})

describe('A20 a number out of a store', () => {
  it.each([0, last, -last, 41n, BigInt(last)])('is held exactly: %s', (value) => {
    expect(checkedNumber(value, 'The position')).toBe(Number(value))
  })

  it.each([2 ** 53, 2n ** 53n, 2n ** 63n - 1n, 0.5])('is refused, never rounded: %s', (value) => {
    expect(() => checkedNumber(value, 'The position')).toThrow(
      refusal(`The position ${value} is beyond 2^53 and cannot be held exactly.`),
    )
  })
})

function noted(parts: Partial<NewEvent> = {}): NewEvent {
  return { id: one, type: 'Noted', data: {}, metadata, ...parts }
}

function write(stream: string, expected: Version, ...events: readonly NewEvent[]): StreamWrite {
  return { stream, expected, events }
}

function guarding(stream: string, version: Version): Append {
  return { writes: [write('s', 'none', noted())], guards: [{ stream, version }] }
}

/** Three events in two writes, the last of them as long as it takes. */
function ofBytes(bytes: number, part: 'data' | 'metadata', character: string): Append {
  const type = 'T'.repeat(128)
  const filled = (text: string): Append => {
    const filler = noted({ type, ...(part === 'data' ? { data: { text } } : { metadata: named(text) }) })
    return { writes: [write('s', 0, noted({ type }), noted({ type, id: two })), write('t', 0, filler)] }
  }
  const missing = bytes - sizeOf(filled(''))
  const size = Buffer.byteLength(character)
  return filled(character.repeat(Math.floor(missing / size)) + 'x'.repeat(missing % size))
}

function named(text: string): NewEvent['metadata'] {
  return { ...metadata, actor: { ...metadata.actor, name: text } }
}

function sizeOf({ writes }: Append): number {
  const texts = writes.flatMap(({ events }) =>
    events.flatMap(({ type, data, metadata }) => [type, type, JSON.stringify(data), JSON.stringify(metadata)]),
  )
  return Buffer.byteLength(texts.join(''))
}

function refusal(sentence: string): Error {
  return expect.objectContaining({ code: 'invalid', message: expect.stringContaining(sentence) })
}
