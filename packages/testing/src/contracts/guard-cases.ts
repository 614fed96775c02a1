import assert from 'node:assert/strict'
import type { Append, EventStore } from '@vitrine/core'
import { type ContractCase, faultOf, type NewStore, onOne, onTwo } from './contract-case.js'
import { append, fill, noted, versionOf, write } from './sample-appends.js'

/** Streams that were read must stand where they stood, inside the append. */
export function guardCases(newStore: NewStore): readonly ContractCase[] {
  return [
    onOne(newStore, 'A49 a guard holds, or names the stream that moved, and nothing is written', async ({ log }) => {
      await fill(log, 'publisher', 2)
      const publish = (stream: string, guarded: string, version: number | 'none') =>
        log.append({ ...append(stream, 'none', noted()), guards: [{ stream: guarded, version }] })
      if (!log.traits.guards) return void (await faultOf(publish('a', 'publisher', 1), 'invalid'))
      await publish('a', 'publisher', 1)
      await publish('b', 'absent', 'none')
      await log.append(append('publisher', 1, noted()))
      const moved = await faultOf(publish('c', 'publisher', 1), 'conflict')
      assert.deepEqual([moved.stream, moved.expected, moved.actual], ['publisher', 1, 2])
      const absent = await faultOf(publish('c', 'absent', 0), 'conflict')
      assert.deepEqual([absent.stream, absent.expected, absent.actual], ['absent', 0, 'none'])
      assert.equal((await faultOf(publish('c', 'a', 'none'), 'conflict')).actual, 0)
      assert.equal(await versionOf(log, 'c'), 'none')
    }),
    onOne(newStore, 'A49 of several guards each is held, wherever it stands among them', async ({ log }) => {
      if (!log.traits.guards) return
      const streams = ['publisher', 'lead', 'link']
      for (const stream of streams) await fill(log, stream, 2)
      const publish = (moved?: string) => {
        const guards = streams.map((stream) => ({ stream, version: stream === moved ? 0 : 1 }))
        return log.append({ ...append('listing', 'none', noted()), guards })
      }
      for (const moved of streams) {
        const fault = await faultOf(publish(moved), 'conflict')
        assert.deepEqual([fault.stream, fault.expected, fault.actual], [moved, 0, 1])
      }
      assert.equal(await versionOf(log, 'listing'), 'none')
      assert.deepEqual((await publish()).versions, [0])
    }),
    onOne(
      newStore,
      'A49 a guard is held whatever is written: to a stream that exists, and to several',
      async ({ log }) => {
        if (!log.traits.guards) return
        await fill(log, 'publisher', 2)
        await fill(log, 'listing', 1)
        const guarded = (version: number, ...writes: Append['writes']) =>
          log.append({ writes, guards: [{ stream: 'publisher', version }] })
        const listing = write('listing', 0, noted())
        const both = [write('link', 'none', noted()), listing]
        for (const writes of log.traits.spansStreams ? [[listing], both, both.toReversed()] : [[listing]]) {
          const fault = await faultOf(guarded(0, ...writes), 'conflict')
          assert.deepEqual([fault.stream, fault.expected, fault.actual], ['publisher', 0, 1])
        }
        assert.deepEqual([await versionOf(log, 'listing'), await versionOf(log, 'link')], [0, 'none'])
        assert.deepEqual((await guarded(1, listing)).versions, [1])
      },
    ),
    onOne(newStore, 'a guard that moved later does not take the answer from an append repeated', async ({ log }) => {
      if (!log.traits.guards) return
      const guarded = { ...append('s', 'none', noted()), guards: [{ stream: 'publisher', version: 'none' as const }] }
      const first = await log.append(guarded)
      await log.append(append('publisher', 'none', noted()))
      assert.deepEqual(await log.append(guarded), { ...first, duplicate: true })
    }),
    onTwo(
      newStore,
      'A50 a right revoked while it is used: never published after the revocation, 500 rounds',
      async (one, other) => {
        if (!one.log.traits.guards) return
        for (let round = 0; round < 500; round += 1) await revokeWhilePublishing(one.log, other.log, round)
      },
    ),
  ]
}

async function revokeWhilePublishing(one: EventStore, other: EventStore, round: number): Promise<void> {
  const publisher = `publisher-${round}`
  const listing = `listing-${round}`
  const isNew = round % 2 === 0
  if (!isNew) await one.append(append(listing, 'none', noted({}, 'Created')))
  await one.append(append(publisher, 'none', noted({}, 'Granted')))
  const [revoked, published] = await Promise.allSettled([
    one.append(append(publisher, 0, noted({}, 'Revoked'))),
    other.append({
      writes: [write(listing, isNew ? 'none' : 0, noted({}, 'Published'))],
      guards: [{ stream: publisher, version: 0 }],
    }),
  ])
  assert.equal(revoked.status, 'fulfilled')
  if (published.status === 'rejected') assert.equal(published.reason.code, 'conflict')
  else assert.ok(published.value.position < revoked.value.position)
}
