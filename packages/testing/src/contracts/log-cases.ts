import assert from 'node:assert/strict'
import { type ContractCase, type NewStore, onOne, onTwo } from './contract-case.js'
import { append, eventsOf, fill, noted, pagesOf, write } from './sample-appends.js'

/** Reading the whole log, page by page. */
export function logCases(newStore: NewStore): readonly ContractCase[] {
  return [
    onOne(newStore, 'an empty log gives one page that is at the head and went through nothing', async ({ log }) => {
      assert.deepEqual(await pagesOf(log), [{ events: [], through: undefined, atHead: true }])
    }),
    onOne(newStore, 'the log holds every event once, in the order of its positions', async ({ log }) => {
      for (let n = 0; n < 30; n += 1)
        await log.append(append(`s-${n % 3}`, n < 3 ? 'none' : Math.floor(n / 3) - 1, noted({ n })))
      for (const limit of [1, 7, 30, 1000]) {
        const pages = await pagesOf(log, { limit })
        const events = pages.flatMap((page) => page.events)
        assert.deepEqual(
          events.map(({ data }) => data.n),
          Array.from({ length: 30 }, (_, n) => n),
        )
        assert.ok(events.every(({ position }, at) => at === 0 || position > events[at - 1]!.position))
        assert.deepEqual(
          pages.map(({ atHead }) => atHead),
          pages.map((_, at) => at === pages.length - 1),
        )
        for (const { events, through } of pages) {
          const { position, id } = events.at(-1)!
          assert.deepEqual(through, { logId: log.logId, position, id })
        }
      }
    }),
    onOne(newStore, 'a reader that starts from a page’s place skips nothing and repeats nothing', async ({ log }) => {
      await fill(log, 's', 40, 1)
      const all = await eventsOf(log)
      for (const { through, events } of await pagesOf(log, { limit: 9 })) {
        const rest = all.slice(all.findIndex(({ id }) => id === events.at(-1)!.id) + 1)
        assert.deepEqual(await eventsOf(log, { after: through! }), rest)
        assert.deepEqual(await eventsOf(log, { after: through!.position }), rest)
      }
      const [page] = await pagesOf(log, { after: all.at(-1)!.position })
      assert.deepEqual([page?.events, page?.through?.id, page?.atHead], [[], all.at(-1)!.id, true])
    }),
    onOne(newStore, 'A51 an append is never cut, however small the page', async ({ log }) => {
      await fill(log, 's', 3)
      await log.append(append('t', 'none', noted()))
      const pages = await pagesOf(log, { limit: 2 })
      assert.deepEqual(
        pages.map(({ events }) => events.length),
        [3, 1],
      )
      if (!log.traits.spansStreams) return
      await log.append({ writes: [write('u', 'none', noted(), noted()), write('v', 'none', noted())] })
      const [last] = await pagesOf(log, { limit: 1, after: pages.at(-1)!.through! })
      assert.deepEqual(
        last?.events.map(({ stream }) => stream),
        ['u', 'u', 'v'],
      )
      const [cut] = await pagesOf(log, { limit: 1, after: pages.at(-1)!.through!, streams: ['u'] })
      assert.deepEqual([cut?.events.length, cut?.through], [2, last?.through])
    }),
    onTwo(
      newStore,
      'global order: a reader that walks while two others write gets every event once, in order',
      async (one, other) => {
        const writing = Promise.all(
          [one, other].map(async ({ log }, at) => {
            for (let n = 0; n < 150; n += 1) {
              const events = Array.from({ length: 1 + (n % 3) }, (_, k) => noted({ n, k }))
              await log.append(append(`w-${at}-${n}`, 'none', ...events))
            }
          }),
        )
        const seen = new Set<string>()
        const positions: number[] = []
        let after = 0
        for (let done = false; !done || seen.size < 600; ) {
          for (const { events, through } of await pagesOf(one.log, { after, limit: 10 })) {
            for (const { id, position } of events) {
              assert.ok(!seen.has(id))
              seen.add(id)
              positions.push(position)
            }
            after = through?.position ?? 0
          }
          done = await Promise.race([
            writing.then(() => true),
            new Promise<boolean>((next) => setImmediate(next, false)),
          ])
        }
        assert.deepEqual(
          positions,
          [...positions].sort((a, b) => a - b),
        )
      },
    ),
  ]
}
