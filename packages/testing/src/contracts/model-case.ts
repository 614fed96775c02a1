import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Append, NewEvent, OpenStore, Store, StoredEvent, StoreTraits, Version } from '@vitrine/core'
import fc from 'fast-check'
import type { ContractCase, NewStore } from './contract-case.js'
import { eventsOf, noted } from './sample-appends.js'

type Step =
  | {
      readonly do: 'append'
      readonly stream: string
      readonly count: number
      readonly off: number
      readonly other?: string
      readonly guards?: readonly { readonly stream: string; readonly off: number }[]
    }
  | { readonly do: 'retry'; readonly which: number; readonly how: 'same' | 'changed' | 'longer' }
  | {
      readonly do: 'read'
      readonly stream: string
      readonly from: number
      readonly limit: number
      readonly backwards: boolean
    }
  | { readonly do: 'readAll'; readonly after: number; readonly limit: number; readonly prefix: string }
  | { readonly do: 'restart' }

const stepsEach = 260

/** Random steps against a naive model: arrays, and nothing else. */
export function modelCase(newStore: NewStore, runs: number): ContractCase {
  const title = `A43 ${runs} stories of ${stepsEach} steps: the store and a naive model never differ`
  return {
    title,
    run: async () => {
      let steps = 0
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: stepsEach, maxLength: stepsEach, size: 'max' }), async (story) => {
          steps += story.length
          await play(await newStore(), story)
        }),
        { numRuns: runs },
      )
      assert.ok(steps >= runs * stepsEach)
    },
  }
}

const streams = fc.constantFrom('a-1', 'a-2', 'b_1', 'bX1')
const off = fc.constantFrom(0, 0, 0, 0, -1, 1)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record(
      {
        do: fc.constant('append' as const),
        stream: streams,
        count: fc.integer({ min: 1, max: 4 }),
        off,
        other: streams,
        guards: fc.uniqueArray(fc.record({ stream: streams, off }), {
          minLength: 1,
          maxLength: 3,
          selector: ({ stream }) => stream,
        }),
      },
      { requiredKeys: ['do', 'stream', 'count', 'off'] },
    ),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('retry' as const),
      which: fc.nat(200),
      how: fc.constantFrom('same' as const, 'same' as const, 'changed' as const, 'longer' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('read' as const),
      stream: streams,
      from: fc.nat(30),
      limit: fc.integer({ min: 1, max: 9 }),
      backwards: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('readAll' as const),
      after: fc.nat(300),
      limit: fc.integer({ min: 10, max: 90 }),
      prefix: fc.constantFrom('', 'a-', 'b_', 'z'),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
)

interface Told {
  readonly append: Append
  readonly text: string
  readonly answer: unknown
}

interface Model {
  readonly log: { readonly stream: string; readonly version: number; readonly event: NewEvent }[]
  readonly stored: Told[]
}

async function play(store: Store, story: readonly Step[]): Promise<void> {
  const model: Model = { log: [], stored: [] }
  let open = await store.open()
  try {
    for (const step of story) {
      if (step.do === 'restart') {
        await open.close()
        open = await store.open()
      } else
        await (step.do === 'read' || step.do === 'readAll'
          ? compareReading(open, model, step)
          : write(open, model, step))
    }
  } finally {
    await open.close()
  }
}

async function write({ log }: OpenStore, model: Model, step: Extract<Step, { do: 'append' | 'retry' }>): Promise<void> {
  const append = step.do === 'append' ? newAppend(model, step, log.traits) : retried(model, step)
  if (append === undefined) return
  const expected = predicted(model, append)
  const outcome = await log.append(append).catch((fault) => ({ code: fault.code, actual: fault.actual }))
  if ('code' in expected || 'code' in outcome) return assert.deepEqual(outcome, expected)
  assert.deepEqual({ ...outcome, position: 0, positions: [] }, { ...expected, position: 0, positions: [] })
  const text = JSON.stringify(append)
  const known = model.stored.find((told) => told.text === text)
  if (known) return assert.deepEqual({ ...outcome, duplicate: false }, known.answer)
  model.stored.push({ append, text, answer: outcome })
  for (const { stream, expected: at, events } of append.writes) {
    for (const [n, event] of events.entries())
      model.log.push({ stream, version: (at === 'none' ? -1 : at) + 1 + n, event })
  }
}

function newAppend(
  model: Model,
  { stream, count, off, other = stream, guards = [] }: Extract<Step, { do: 'append' }>,
  traits: StoreTraits,
): Append {
  const events = Array.from({ length: count }, () => noted({ count }))
  const first = { stream, expected: shifted(headOf(model, stream), off), events }
  const second = { stream: other, expected: headOf(model, other), events: [noted({ count })] }
  const writes = traits.spansStreams && other !== stream ? [first, second] : [first]
  const held = guards.filter((guard) => writes.every((write) => write.stream !== guard.stream))
  if (!traits.guards || held.length === 0) return { writes }
  return { writes, guards: held.map(({ stream, off }) => ({ stream, version: shifted(headOf(model, stream), off) })) }
}

/** Ahead of where the stream stands, or behind. */
function shifted(at: Version, off: number): Version {
  if (off === 0) return at
  if (at === 'none') return 0
  return at + off < 0 ? 'none' : at + off
}

function retried({ stored }: Model, { which, how }: Extract<Step, { do: 'retry' }>): Append | undefined {
  const append = stored[which % (stored.length || 1)]?.append
  if (append === undefined || how === 'same') return append
  const [first, ...others] = append.writes
  const events = first!.events.map((event) => (how === 'changed' ? { ...event, data: { changed: true } } : event))
  return {
    writes: [
      { ...first!, events: how === 'longer' ? [...events, noted({}, 'Noted', randomUUID())] : events },
      ...others,
    ],
  }
}

function predicted(model: Model, { writes, guards = [] }: Append) {
  const verdicts = writes.map(({ stream, expected, events }) => {
    const held = model.log.filter((entry) => entry.stream === stream).map(({ event }) => event)
    const head: Version = held.length === 0 ? 'none' : held.length - 1
    if (head === expected) return 'stored'
    const from = expected === 'none' ? 0 : expected + 1
    const behind = held.slice(from, from + events.length)
    if (behind.map(({ id }) => id).join() !== events.map(({ id }) => id).join())
      return { code: 'conflict', actual: head }
    return JSON.stringify(behind) === JSON.stringify(events)
      ? 'duplicate'
      : { code: 'event-id-reused', actual: undefined }
  })
  const faults = verdicts.filter((verdict) => typeof verdict === 'object')
  const fault = faults.find(({ code }) => code === 'event-id-reused') ?? faults[0]
  if (fault) return fault
  const versions = writes.map(({ expected, events }) => (expected === 'none' ? -1 : expected) + events.length)
  if (verdicts.every((verdict) => verdict === 'duplicate')) return { versions, duplicate: true }
  const known = verdicts.indexOf('duplicate')
  if (known >= 0) return { code: 'conflict', actual: headOf(model, writes[known]!.stream) }
  const moved = guards.find(({ stream, version }) => headOf(model, stream) !== version)
  if (moved) return { code: 'conflict', actual: headOf(model, moved.stream) }
  return { versions, duplicate: false }
}

async function compareReading(
  { log }: OpenStore,
  model: Model,
  step: Extract<Step, { do: 'read' | 'readAll' }>,
): Promise<void> {
  if (step.do === 'read') {
    const held = model.log.filter(({ stream }) => stream === step.stream)
    const side = held.filter(({ version }) => (step.backwards ? version <= step.from : version >= step.from))
    const wanted = (step.backwards ? side.reverse() : side).slice(0, step.limit)
    const { head, events, atEnd } = await log.readStream(step.stream, step)
    assert.deepEqual([head, atEnd], [headOf(model, step.stream), side.length <= step.limit])
    return assert.deepEqual(
      events.map(({ version, id }) => [version, id]),
      wanted.map(({ version, event }) => [version, event.id]),
    )
  }
  const all = await eventsOf(log)
  assert.deepEqual(
    namesOf(all),
    model.log.map(({ event, stream }) => `${event.id} ${stream}`),
  )
  const after = all[step.after]?.position ?? 0
  const wanted = all.filter(({ position, stream }) => position > after && stream.startsWith(step.prefix))
  const found = await eventsOf(log, { after, limit: step.limit, streamPrefix: step.prefix })
  assert.deepEqual(namesOf(found), namesOf(wanted))
}

function namesOf(events: readonly StoredEvent[]): readonly string[] {
  return events.map(({ id, stream }) => `${id} ${stream}`)
}

function headOf({ log }: Model, stream: string): Version {
  return log.findLast((entry) => entry.stream === stream)?.version ?? 'none'
}
