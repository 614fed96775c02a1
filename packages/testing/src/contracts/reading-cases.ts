import assert from 'node:assert/strict'
import { type ContractCase, faultOf, type NewStore, onOne, onTwo } from './contract-case.js'
import { append, eventsOf, fill, noted } from './sample-appends.js'

/** Reading one stream, and what names it may have. */
export function readingCases(newStore: NewStore): readonly ContractCase[] {
  return [
    onOne(newStore, 'A15 a stream that is absent reads as none', async ({ log }) => {
      assert.deepEqual(await log.readStream('absent'), { head: 'none', events: [], atEnd: true })
    }),
    onOne(newStore, 'A16 slices are exact in both directions, at every edge', async ({ log }) => {
      await fill(log, 's', 6)
      const slice = async (from: number, limit: number, backwards: boolean) => {
        const page = await log.readStream('s', { from, limit, backwards })
        assert.equal(page.head, 5)
        return [page.events.map(({ version }) => version), page.atEnd]
      }
      assert.deepEqual(await slice(2, 3, false), [[2, 3, 4], false])
      assert.deepEqual(await slice(2, 4, false), [[2, 3, 4, 5], true])
      assert.deepEqual(await slice(0, 1, false), [[0], false])
      assert.deepEqual(await slice(5, 3, false), [[5], true])
      assert.deepEqual(await slice(6, 3, false), [[], true])
      assert.deepEqual(await slice(99, 3, false), [[], true])
      assert.deepEqual(await slice(2, 3, true), [[2, 1, 0], true])
      assert.deepEqual(await slice(3, 3, true), [[3, 2, 1], false])
      assert.deepEqual(await slice(0, 3, true), [[0], true])
      assert.deepEqual(await slice(99, 2, true), [[5, 4], false])
      const last = await log.readStream('s', { backwards: true, limit: 1 })
      assert.deepEqual(
        last.events.map(({ version }) => version),
        [5],
      )
    }),
    onOne(newStore, 'A16 a limit is exact however large, and 1,000 where none is given', async ({ log }) => {
      await fill(log, 's', 1001)
      for (const limit of [11, 100, undefined]) {
        for (const backwards of [false, true]) {
          const { events, atEnd } = await log.readStream('s', { backwards, ...(limit && { limit }) })
          assert.deepEqual([events.length, atEnd], [limit ?? 1000, false])
        }
      }
    }),
    onTwo(
      newStore,
      'A17 10,001 events in pages of 500 while another appends: each once, and it ends',
      async (one, other) => {
        await fill(one.log, 's', 10_001)
        const seen: number[] = []
        for (let atEnd = false; !atEnd; ) {
          const page = await one.log.readStream('s', { from: seen.length, limit: 500 })
          seen.push(...page.events.map(({ version }) => version))
          atEnd = page.atEnd
          if (seen.length < 10_001) await other.log.append(append('s', Number(page.head), noted()))
        }
        assert.ok(seen.length > 10_001)
        assert.deepEqual(
          seen,
          Array.from(seen, (_, version) => version),
        )
      },
    ),
    onOne(newStore, 'A18 a name is taken as it is, or refused, and never matches another', async ({ log }) => {
      const names = ['a/b', 'a b', 'a%', 'a_', 'ab', 'aB', "'; DROP TABLE events; --", 'x'.repeat(500), ' ', '*', '[a]']
      for (const name of names) await log.append(append(name, 'none', noted({ name })))
      for (const name of names) {
        assert.deepEqual(
          (await log.readStream(name)).events.map(({ data, stream }) => [data.name, stream]),
          [[name, name]],
        )
        assert.deepEqual(
          (await eventsOf(log, { streams: [name] })).map(({ stream }) => stream),
          [name],
        )
      }
      for (const name of ['', '$x', 'x'.repeat(1000), 'é', 'e\u0301', 'a\0b', 'a\nb', '😀']) {
        await faultOf(log.append(append(name, 'none', noted())), 'invalid')
        await faultOf(log.readStream(name), 'invalid')
      }
    }),
    onOne(newStore, 'A20 what is beyond 2^53 is refused, never rounded', async ({ log }) => {
      await faultOf(log.append(append('s', 2 ** 53, noted())), 'invalid')
      await faultOf(log.append(append('s', 0.5, noted())), 'invalid')
      await faultOf(log.readStream('s', { from: 2 ** 53 }), 'invalid')
      await faultOf(eventsOf(log, { after: 2 ** 53 }), 'invalid')
      await faultOf(eventsOf(log, { limit: 0 }), 'invalid')
    }),
    onOne(newStore, 'A40 the order is that of versions and positions, whatever the clock said', async ({ log }) => {
      const at = (occurredAt: string) => ({ ...noted(), metadata: { ...noted().metadata, occurredAt } })
      const times = ['2026-03-01T10:00:00.000Z', '2026-03-01T09:00:00.000Z', '2026-03-01T09:30:00.000Z']
      for (const [n, time] of times.entries()) await log.append(append('s', n === 0 ? 'none' : n - 1, at(time)))
      const timesOf = (events: Awaited<ReturnType<typeof eventsOf>>) =>
        events.map(({ metadata }) => metadata.occurredAt)
      assert.deepEqual(timesOf((await log.readStream('s')).events), times)
      assert.deepEqual(timesOf(await eventsOf(log)), times)
    }),
  ]
}
