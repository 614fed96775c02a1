import assert from 'node:assert/strict'
import { type EventStore, maxAppendBytes } from '@vitrine/core'
import { type ContractCase, type NewStore, onOne, onTwo } from './contract-case.js'
import { append, eventsOf, noted, versionOf } from './sample-appends.js'

/** What holds when several write at once. */
export function raceCases(newStore: NewStore): readonly ContractCase[] {
  return [
    onTwo(
      newStore,
      "A3 two connections append 'none' to the same stream: one wins, each of 200 rounds",
      async (one, other) => {
        for (let round = 0; round < 200; round += 1) {
          const attempts = [one, other].map(({ log }) => log.append(append(`s-${round}`, 'none', noted())))
          const outcomes = await Promise.allSettled(attempts)
          assert.deepEqual(outcomes.map(codeOf).sort(), ['conflict', 'stored'])
        }
        assert.equal((await eventsOf(one.log)).length, 200)
      },
    ),
    onTwo(
      newStore,
      'A6 50 appends at once, each read again after a conflict: 50 events, no hole',
      async (one, other) => {
        const writers = Array.from({ length: 50 }, (_, n) => appendSomehow(n % 2 ? one.log : other.log, n))
        await Promise.all(writers)
        const { events } = await one.log.readStream('s')
        assert.deepEqual(
          events.map(({ version }) => version),
          Array.from({ length: 50 }, (_, n) => n),
        )
        assert.equal(new Set(events.map(({ data }) => data.n)).size, 50)
      },
    ),
    onOne(
      newStore,
      'A53 64 appends at once, one in conflict and one too large: 62 stored, two typed answers',
      async ({ log }) => {
        await log.append(append('s-13', 'none', noted()))
        const attempts = Array.from({ length: 64 }, (_, n) =>
          log.append(append(`s-${n}`, 'none', noted({ text: n === 40 ? 'x'.repeat(maxAppendBytes) : '' }))),
        )
        const codes = (await Promise.allSettled(attempts)).map(codeOf)
        assert.equal(codes.filter((code) => code === 'stored').length, 62)
        assert.deepEqual([codes[13], codes[40]], ['conflict', 'invalid'])
      },
    ),
    onOne(
      newStore,
      'A53 of appends at once, one that brings an id again is refused, and all others are stored',
      async ({ log }) => {
        const first = noted({ n: 0 })
        await log.append(append('s', 'none', first))
        const attempts = [
          append('new', 'none', noted()),
          append('s', 0, noted(), { ...first, data: { n: 1 } }),
          append('s', 0, noted()),
          append('other', 'none', noted()),
        ].map((one) => log.append(one))
        const codes = (await Promise.allSettled(attempts)).map(codeOf)
        const second = log.traits.uniqueIds ? ['event-id-reused', 'stored'] : ['stored', 'conflict']
        assert.deepEqual(codes, ['stored', ...second, 'stored'])
      },
    ),
    onOne(newStore, 'appends at once see each other, in the order in which they were made', async ({ log }) => {
      const answers = await Promise.all(
        [0, 1, 2, 3].map((n) => log.append(append('s', n === 0 ? 'none' : n - 1, noted({ n })))),
      )
      assert.deepEqual(
        answers.map(({ versions }) => versions[0]),
        [0, 1, 2, 3],
      )
    }),
  ]
}

function codeOf(outcome: PromiseSettledResult<unknown>): string {
  return outcome.status === 'fulfilled' ? 'stored' : String(outcome.reason.code)
}

async function appendSomehow(log: EventStore, n: number): Promise<void> {
  for (;;) {
    try {
      await log.append(append('s', await versionOf(log, 's'), noted({ n })))
      return
    } catch (fault) {
      assert.ok(fault instanceof Error && 'code' in fault && fault.code === 'conflict', String(fault))
    }
  }
}
