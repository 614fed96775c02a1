import assert from 'node:assert/strict'
import type { EventStore, LogPage, StoredEvent } from '@vitrine/core'
import { type ContractCase, faultOf, type NewStore, onOne, onTwo } from './contract-case.js'
import { append, eventsOf, fill, noted, pagesOf } from './sample-appends.js'

/** Milliseconds after which a page that was waited for does not come any more. */
const patience = 20_000

/** Waiting at the head, signals, and closing. */
export function followCases(newStore: NewStore): readonly ContractCase[] {
  return [
    onTwo(newStore, 'a reader that follows hears of what this and another connection write', async (one, other) => {
      await fill(one.log, 's', 2)
      const stop = new AbortController()
      const following = gathered(one.log, stop.signal, 5, () => stop.abort())
      await pause(20)
      await one.log.append(append('t', 'none', noted({ n: 'mine' })))
      await pause(20)
      await other.log.append(append('u', 'none', noted({ n: 'theirs' })))
      await pause(120)
      await other.log.append(append('u', 0, noted({ n: 'later' })))
      assert.deepEqual(
        (await following).map(({ data }) => data.n),
        [0, 1, 'mine', 'theirs', 'later'],
      )
    }),
    onOne(
      newStore,
      'A52 who follows with a filter gets what passes, and hears how far the log went with what does not',
      async ({ log }) => {
        await fill(log, 's', 1)
        for (const [round, filter] of [{ types: ['Kept'] }, { streams: ['k'] }, { streamPrefix: 'k' }].entries()) {
          const [before] = await pagesOf(log, { types: [] })
          const passed = noted()
          const kept = noted({}, 'Kept')
          const heard: unknown[] = []
          const options = { ...filter, after: before!.through!, follow: true, signal: AbortSignal.timeout(patience) }
          for await (const { events, through, atHead } of log.readAll(options)) {
            heard.push([events.map(({ id }) => id), through?.id, atHead])
            if (heard.length === 1) await log.append(append('s', round, passed))
            if (heard.length === 2) await log.append(append('k', round === 0 ? 'none' : round - 1, kept))
            if (heard.length === 3) break
          }
          assert.deepEqual(heard, [
            [[], before!.through!.id, true],
            [[], passed.id, true],
            [[kept.id], kept.id, true],
          ])
        }
      },
    ),
    onOne(newStore, 'who follows a long log is at its head with the last page alone', async ({ log }) => {
      await fill(log, 's', 10, 1)
      const heads: boolean[] = []
      for await (const page of log.readAll({ follow: true, limit: 3, signal: AbortSignal.timeout(patience) })) {
        heads.push(page.atHead)
        if (heads.length === 4) break
      }
      assert.deepEqual(heads, [false, false, false, true])
    }),
    onOne(newStore, 'a signal ends a reader that follows, and makes any other fail', async ({ log }) => {
      await fill(log, 's', 2)
      const stop = new AbortController()
      const following = gathered(log, stop.signal, 2, () => setTimeout(() => stop.abort(), 20))
      assert.equal((await following).length, 2)
      await faultOf(eventsOf(log, { signal: stop.signal }), 'aborted')
      await faultOf(log.readStream('s', { signal: stop.signal }), 'aborted')
    }),
    onOne(newStore, 'A36 a signal aborted between two pages ends a reading there', async ({ log }) => {
      await fill(log, 's', 9, 1)
      const stop = new AbortController()
      const seen: LogPage[] = []
      const reading = async () => {
        for await (const page of log.readAll({ limit: 3, signal: stop.signal })) {
          seen.push(page)
          stop.abort()
        }
      }
      await faultOf(reading(), 'aborted')
      assert.equal(seen.length, 1)
    }),
    onOne(newStore, 'A36 an append whose signal was aborted before writes nothing', async ({ log }) => {
      await faultOf(log.append(append('s', 'none', noted()), { signal: AbortSignal.abort() }), 'aborted')
      assert.deepEqual(await eventsOf(log), [])
    }),
    onOne(newStore, 'A36 an append aborted on its way was stored, or was not and says so', async ({ log }) => {
      for (let round = 0; round < 50; round += 1) {
        const stop = new AbortController()
        const attempt = log.append(append(`s-${round}`, 'none', noted()), { signal: stop.signal })
        if (round % 2) await Promise.resolve()
        stop.abort()
        const code = await attempt.then(
          () => 'stored',
          (fault) => fault.code,
        )
        const { head } = await log.readStream(`s-${round}`)
        assert.deepEqual([code, head], head === 'none' ? ['aborted', 'none'] : ['stored', 0])
      }
    }),
    {
      title: 'A41 closing settles what is under way, can be repeated, and then refuses everything',
      run: async () => {
        const store = await (await newStore()).open()
        const inFlight = Array.from({ length: 20 }, (_, n) => store.log.append(append(`s-${n}`, 'none', noted())))
        const following = gathered(store.log, undefined, 99, () => undefined)
        following.catch(() => undefined)
        await Promise.all([store.close(), store.close(), store.log.close()])
        assert.deepEqual(
          (await Promise.allSettled(inFlight)).map(({ status }) => status),
          Array(20).fill('fulfilled'),
        )
        await faultOf(following, 'closed')
        await faultOf(store.log.append(append('s', 'none', noted())), 'closed')
        await faultOf(store.log.readStream('s'), 'closed')
        await faultOf(eventsOf(store.log), 'closed')
      },
    },
    {
      title: 'A39 another tenant sees nothing, also under the same names',
      run: async () => {
        const [ours, theirs] = await Promise.all([newStore(), newStore()].map(async (store) => (await store).open()))
        await ours!.log.append(append('listing-1', 'none', noted({ whose: 'ours' })))
        await theirs!.log.append(append('listing-1', 'none', noted({ whose: 'theirs' })))
        assert.notEqual(ours!.log.logId, theirs!.log.logId)
        for (const { log } of [ours!, theirs!]) {
          const whose = log === ours!.log ? 'ours' : 'theirs'
          assert.deepEqual(
            (await eventsOf(log)).map(({ data }) => data.whose),
            [whose],
          )
          assert.deepEqual(
            (await log.readStream('listing-1')).events.map(({ data }) => data.whose),
            [whose],
          )
        }
        await Promise.all([ours!.close(), theirs!.close()])
      },
    },
  ]
}

async function gathered(log: EventStore, signal: AbortSignal | undefined, count: number, done: () => void) {
  const seen: StoredEvent[] = []
  for await (const { events } of log.readAll({ follow: true, ...(signal && { signal }) })) {
    seen.push(...events)
    if (seen.length >= count) done()
  }
  return seen
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
