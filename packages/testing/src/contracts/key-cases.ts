import assert from 'node:assert/strict'
import { type ContractCase, faultOf, type NewStore, onOne, onTwo } from './contract-case.js'
import { addKeys, keyOf, newKey, place, wrongKeys, wrongSubjects } from './sample-keys.js'

/** Keys are kept, and each subject has one. */
export function keyCases(newStore: NewStore): readonly ContractCase[] {
  return [
    onOne(newStore, 'keys of many subjects come in one question; who never had one is absent', async ({ keys }) => {
      const subjects = Array.from({ length: 1200 }, (_, n) => `lead-${n}`)
      const added = await addKeys(keys, subjects)
      assert.deepEqual(await keys.keys([...subjects, 'lead-absent', 'lead-0']), added)
      assert.deepEqual(await keys.keys([]), new Map())
      assert.deepEqual(await keys.keys(['lead-1200', '', 'lead-\0', 'lead-1\0', 'lead-\ud800']), new Map())
    }),
    onOne(newStore, 'a subject is found by its exact name alone', async ({ keys }) => {
      const subjects = ['lead-a', 'lead-A', 'lead-_', 'lead-%', "lead-' OR 1", ' lead-a', '__proto__', 'constructor']
      const added = await addKeys(keys, subjects)
      assert.deepEqual(await keys.keys(subjects), added)
      await keys.destroy(['lead-_', 'lead-%', '__proto__'], place(1))
      const left = subjects.filter((subject) => !['lead-_', 'lead-%', '__proto__'].includes(subject))
      assert.deepEqual([...(await keys.keys(subjects)).keys()].sort(), left.sort())
    }),
    onTwo(newStore, 'the first key of a subject stays: another one is not kept', async (one, other) => {
      const key = newKey()
      assert.equal(await one.keys.add('lead-1', key), 'added')
      assert.equal(await one.keys.add('lead-1', newKey()), 'there')
      assert.equal(await other.keys.add('lead-1', newKey()), 'there')
      assert.equal(await other.keys.add('lead-1', key), 'there')
      assert.equal(await keyOf(one.keys, 'lead-1'), key)
      assert.equal(await keyOf(other.keys, 'lead-1'), key)
    }),
    onTwo(
      newStore,
      'two connections add a key to one subject at the same moment: one is kept, both read it, each of 200 rounds',
      async (one, other) => {
        for (let round = 0; round < 200; round += 1) {
          const subject = `lead-${round}`
          const mine = [newKey(), newKey()]
          const answers = await Promise.all([one, other].map(({ keys }, n) => keys.add(subject, mine[n]!)))
          assert.deepEqual([...answers].sort(), ['added', 'there'])
          const kept = mine[answers.indexOf('added')]
          assert.equal(await keyOf(one.keys, subject), kept)
          assert.equal(await keyOf(other.keys, subject), kept)
        }
      },
    ),
    onOne(
      newStore,
      'what is no key of 32 bytes in base64 is refused, and the refusal never says it',
      async ({ keys }) => {
        for (const [why, key] of Object.entries(wrongKeys)) {
          const { message } = await faultOf(keys.add('lead-1', key), 'invalid')
          assert.ok(message.includes('lead-1'), why)
          assert.ok(key === '' || !message.includes(key.trim()), why)
        }
        assert.deepEqual(await keys.keys(['lead-1']), new Map())
        assert.equal(await keys.add('lead-1', newKey()), 'added')
        await faultOf(keys.add('lead-1', ''), 'invalid')
      },
    ),
    onOne(newStore, 'what is no subject gets no key', async ({ keys }) => {
      for (const subject of wrongSubjects) await faultOf(keys.add(subject, newKey()), 'invalid')
      assert.equal(await keys.add('x'.repeat(500), newKey()), 'added')
    }),
    {
      title: 'keys outlast a restart',
      run: async () => {
        const store = await newStore()
        const before = await store.open()
        const added = await addKeys(before.keys, ['lead-1', 'lead-2'])
        await before.close()
        const after = await store.open()
        assert.deepEqual(await after.keys.keys(['lead-1', 'lead-2']), added)
        assert.equal(await after.keys.add('lead-1', newKey()), 'there')
        await after.close()
      },
    },
    onTwo(
      newStore,
      'A41 a key store that was closed ends what is under way, then refuses everything',
      async (store, other) => {
        const { keys } = store
        await keys.add('lead-1', newKey())
        const underWay = [keys.add('lead-2', newKey()), keys.destroy(['lead-1'], place(3))]
        await Promise.all([keys.close(), keys.close()])
        await Promise.all(underWay)
        await faultOf(keys.keys(['lead-2']), 'closed')
        await faultOf(keys.add('lead-3', newKey()), 'closed')
        await faultOf(keys.destroy(['lead-2'], place(4)), 'closed')
        await faultOf(keys.followed(), 'closed')
        assert.deepEqual([...(await other.keys.keys(['lead-1', 'lead-2', 'lead-3'])).keys()], ['lead-2'])
        assert.deepEqual(await other.keys.followed(), place(3))
      },
    ),
  ]
}
