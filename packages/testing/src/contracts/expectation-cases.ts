import assert from 'node:assert/strict'
import {
  type Appended,
  type EventStore,
  type Expectation,
  type NewEvent,
  type StoreTraits,
  tableOfExpectations,
  type Version,
} from '@vitrine/core'
import { type ContractCase, faultOf, type NewStore, onOne } from './contract-case.js'
import { append, noted } from './sample-appends.js'

const stream = 'listing-1'

/** One case a row of the table of expectations, at the append itself. */
export function expectationCases(newStore: NewStore): readonly ContractCase[] {
  return tableOfExpectations.map((listed) =>
    onOne(newStore, `the table: ${sentenceOf(listed)}`, async ({ log }) => {
      const row = as(listed, log.traits)
      const history = row.stream === 'absent' ? undefined : await lived(log)
      const expected = expectedOf(row)
      const before = await log.readStream(stream)
      const attempt = log.append(append(stream, expected, ...eventsFor(row, history)))
      if (row.verdict === 'stored' || row.verdict === 'duplicate') {
        assert.deepEqual(await attempt, answerFor(row, history, await attempt))
        assert.equal(
          (await log.readStream(stream)).events.length,
          before.events.length + Number(row.verdict === 'stored'),
        )
        return
      }
      const fault = await faultOf(attempt, row.verdict)
      assert.equal(fault.stream, stream)
      if (row.verdict === 'conflict') assert.deepEqual([fault.expected, fault.actual], [expected, before.head])
      assert.deepEqual(await log.readStream(stream), before)
    }),
  )
}

/** The row as a store with these traits answers it. */
function as(row: Expectation, { uniqueIds }: StoreTraits): Expectation {
  return !uniqueIds && row.stream === 'at the expected version' ? { ...row, verdict: 'stored' } : row
}

interface History {
  readonly events: readonly NewEvent[]
  readonly answers: readonly Appended[]
}

/** Four events in three appends: the retried ones, at the beginning and behind version 0, and a last one. */
async function lived(log: EventStore): Promise<History> {
  const [a, b, c, d] = [noted({ n: 0 }), noted({ n: 1 }), noted({ n: 2 }), noted({ n: 3 })]
  const first = await log.append(append(stream, 'none', a))
  const second = await log.append(append(stream, 0, b, c))
  await log.append(append(stream, 2, d))
  return { events: [a, b, c, d], answers: [first, second] }
}

function expectedOf({ stream, expected }: Expectation): Version {
  if (expected === 'none') return 'none'
  return stream === 'at the expected version' ? 3 : 0
}

function eventsFor({ expected, ids }: Expectation, history: History | undefined): readonly NewEvent[] {
  if (history === undefined || ids === 'unknown') return [noted({ n: 'new' })]
  const known = expected === 'none' ? history.events.slice(0, 1) : history.events.slice(1, 3)
  if (ids === 'same') return known
  if (ids === 'changed') return known.map((event) => ({ ...event, data: { n: 'changed' } }))
  return [{ ...noted({ n: 'elsewhere' }), id: expected === 'none' ? history.events[2]!.id : history.events[0]!.id }]
}

function answerFor(row: Expectation, history: History | undefined, answer: Appended): Appended {
  if (row.verdict === 'duplicate') return { ...history!.answers[row.expected === 'none' ? 0 : 1]!, duplicate: true }
  const version = history === undefined ? 0 : 4
  return { position: answer.position, versions: [version], positions: [[answer.position]], duplicate: false }
}

function sentenceOf({ stream, expected, ids, verdict }: Expectation): string {
  const events = { unknown: 'new events', same: 'the same events', changed: 'known ids with other bodies' }
  const what = ids === 'elsewhere' ? 'an id that stands elsewhere in the stream' : events[ids]
  return `the stream is ${stream}, ${expected === 'none' ? "'none'" : 'a version'} expected, ${what}: ${verdict}`
}
