import assert from 'node:assert/strict'
import { maxAppendBytes } from '@vitrine/core'
import { type ContractCase, faultOf, type NewStore, onOne } from './contract-case.js'
import { append, eventsOf, fill, noted, versionOf, write } from './sample-appends.js'

/** What one append may do, and what it answers. */
export function appendCases(newStore: NewStore): readonly ContractCase[] {
  return [
    onOne(newStore, 'A1 the first event of a stream has version 0, and a position', async ({ log }) => {
      const answer = await log.append(append('s', 'none', noted()))
      assert.deepEqual(answer, {
        position: answer.position,
        versions: [0],
        positions: [[answer.position]],
        duplicate: false,
      })
      assert.ok(Number.isSafeInteger(answer.position) && answer.position > 0)
    }),
    onOne(newStore, "A2 'none' on a stream that exists is a conflict that says so", async ({ log }) => {
      await log.append(append('s', 'none', noted()))
      const fault = await faultOf(log.append(append('s', 'none', noted())), 'conflict')
      assert.deepEqual([fault.stream, fault.expected, fault.actual], ['s', 'none', 0])
      assert.equal((await eventsOf(log)).length, 1)
    }),
    onOne(newStore, 'A4 a version on a stream that is absent is a conflict, and makes no stream', async ({ log }) => {
      const fault = await faultOf(log.append(append('s', 3, noted())), 'conflict')
      assert.deepEqual([fault.expected, fault.actual], [3, 'none'])
      assert.equal(await versionOf(log, 's'), 'none')
    }),
    onOne(newStore, 'A5 version 3 is a conflict at version 5 and at version 2', async ({ log }) => {
      await fill(log, 'ahead', 6)
      await fill(log, 'behind', 3)
      assert.equal((await faultOf(log.append(append('ahead', 3, noted())), 'conflict')).actual, 5)
      assert.equal((await faultOf(log.append(append('behind', 3, noted())), 'conflict')).actual, 2)
    }),
    onOne(newStore, 'A7 one event of three is invalid: none is stored', async ({ log }) => {
      const tooLarge = noted({ text: 'x'.repeat(maxAppendBytes) })
      for (const bad of [
        noted({ n: Number.NaN }),
        noted({ half: '\ud800' }),
        tooLarge,
        noted({}, 'no type'),
        noted({}, 'T', 'X'),
      ]) {
        await faultOf(log.append(append('s', 'none', noted(), bad, noted())), 'invalid')
      }
      assert.deepEqual(await eventsOf(log), [])
      assert.equal(await versionOf(log, 's'), 'none')
    }),
    onOne(
      newStore,
      'A8 an append without writes, or a write without events, is invalid, never a conflict',
      async ({ log }) => {
        await log.append(append('s', 'none', noted()))
        await faultOf(log.append({ writes: [] }), 'invalid')
        await faultOf(log.append(append('s', 'none')), 'invalid')
      },
    ),
    onOne(newStore, 'A9 a repeated append gets its first answer and writes nothing', async ({ log }) => {
      const twice = append('s', 'none', noted({ n: 1 }), noted({ n: 2 }))
      const first = await log.append(twice)
      assert.deepEqual(await log.append(twice), { ...first, duplicate: true })
      assert.equal((await eventsOf(log)).length, 2)
    }),
    onOne(newStore, 'A10 also when others were appended behind it', async ({ log }) => {
      const twice = append('s', 'none', noted({ n: 1 }), noted({ n: 2 }))
      const first = await log.append(twice)
      await log.append(append('s', 1, noted()))
      await log.append(append('other', 'none', noted()))
      assert.deepEqual(await log.append(twice), { ...first, duplicate: true })
    }),
    {
      title: 'A11 also after a restart',
      run: async () => {
        const store = await newStore()
        const before = await store.open()
        const twice = append('s', 'none', noted({ n: 1 }))
        const first = await before.log.append(twice)
        await before.close()
        const after = await store.open()
        assert.equal(after.log.logId, before.log.logId)
        assert.deepEqual(await after.log.append(twice), { ...first, duplicate: true })
        await after.close()
      },
    },
    onOne(
      newStore,
      'A12 a retry with one event more, or another, is a conflict, and writes nothing',
      async ({ log }) => {
        const [one, two] = [noted({ n: 1 }), noted({ n: 2 })]
        await log.append(append('s', 'none', one, two))
        await faultOf(log.append(append('s', 'none', one, two, noted({ n: 3 }))), 'conflict')
        await faultOf(log.append(append('s', 'none', one, noted({ n: 2 }))), 'conflict')
        assert.equal(await versionOf(log, 's'), 1)
      },
    ),
    onOne(newStore, 'A13 a known id with another body is refused', async ({ log }) => {
      const events = [noted({ n: 1 }), noted({ n: 2 }), noted({ n: 3 })]
      await log.append(append('s', 'none', ...events))
      if (!log.traits.comparesBodies) return
      for (const [at, event] of events.entries()) {
        for (const changed of [{ data: { n: 4 } }, { type: 'Other' }, { metadata: { ...event.metadata, hops: 1 } }]) {
          const again = events.with(at, { ...event, ...changed })
          await faultOf(log.append(append('s', 'none', ...again)), 'event-id-reused')
        }
      }
    }),
    onOne(newStore, 'A14 an id may stand in another stream', async ({ log }) => {
      const event = noted()
      await log.append(append('s', 'none', event))
      assert.equal((await log.append(append('other', 'none', event))).duplicate, false)
    }),
    onOne(newStore, 'an append writes several streams or none of them', async ({ log }) => {
      await log.append(append('b', 'none', noted()))
      const both = { writes: [write('a', 'none', noted(), noted()), write('b', 0, noted())] }
      if (!log.traits.spansStreams) return void (await faultOf(log.append(both), 'invalid'))
      const fault = await faultOf(
        log.append({ writes: [write('a', 'none', noted()), write('b', 'none', noted())] }),
        'conflict',
      )
      assert.deepEqual([fault.stream, fault.actual, await versionOf(log, 'a')], ['b', 0, 'none'])
      const answer = await log.append(both)
      assert.deepEqual(answer.versions, [1, 1])
      const found = (await eventsOf(log)).slice(-3).map(({ position }) => position)
      assert.deepEqual([answer.positions.flat(), answer.positions.length], [found, 2])
      assert.equal(answer.position, found.at(-1))
      assert.deepEqual(await log.append(both), { ...answer, duplicate: true })
    }),
    onOne(newStore, 'one write known beside one that is new is a conflict', async ({ log }) => {
      const known = write('a', 'none', noted())
      await log.append({ writes: [known] })
      if (!log.traits.spansStreams) return
      const fault = await faultOf(log.append({ writes: [known, write('b', 'none', noted())] }), 'conflict')
      assert.deepEqual([fault.stream, await versionOf(log, 'b')], ['a', 'none'])
    }),
    onOne(newStore, 'a stream is written or guarded once in an append', async ({ log }) => {
      const twice = [write('s', 'none', noted()), write('s', 0, noted())]
      await faultOf(log.append({ writes: twice }), 'invalid')
      await faultOf(log.append({ writes: [twice[0]!], guards: [{ stream: 's', version: 'none' }] }), 'invalid')
    }),
  ]
}
