import assert from 'node:assert/strict'
import { type ContractCase, faultOf, type NewStore, onOne, onTwo } from './contract-case.js'
import { addKeys, keyOf, newKey, place, wrongSubjects } from './sample-keys.js'

/** What is destroyed stays destroyed, and how far the erasures were followed is known. */
export function keyErasureCases(newStore: NewStore): readonly ContractCase[] {
  return [
    onTwo(newStore, 'a key that was destroyed is gone for every connection at once', async (one, other) => {
      const subjects = ['lead-1', 'lead-2', 'lead-3']
      const added = await addKeys(one.keys, subjects)
      assert.deepEqual(await other.keys.keys(subjects), added)
      await one.keys.destroy(['lead-1', 'lead-3'], place(7))
      for (const { keys } of [one, other]) {
        assert.deepEqual([...(await keys.keys(subjects)).keys()], ['lead-2'])
        assert.deepEqual(await keys.followed(), place(7))
      }
    }),
    {
      title: 'an erased subject never gets a key again, also one that never had a key, also after a restart',
      run: async () => {
        const store = await newStore()
        const before = await store.open()
        await addKeys(before.keys, ['lead-had'])
        await before.keys.destroy(['lead-had', 'lead-never-had'], place(1))
        for (const subject of ['lead-had', 'lead-never-had']) {
          assert.equal(await before.keys.add(subject, newKey()), 'erased')
        }
        await before.close()
        const after = await store.open()
        for (const subject of ['lead-had', 'lead-never-had']) {
          assert.equal(await after.keys.add(subject, newKey()), 'erased')
          assert.equal(await keyOf(after.keys, subject), undefined)
        }
        assert.equal(await after.keys.add('lead-other', newKey()), 'added')
        assert.deepEqual(await after.keys.followed(), place(1))
        await after.close()
      },
    },
    onTwo(
      newStore,
      'a destruction may be repeated, and may name a subject twice or none at all',
      async (one, other) => {
        const added = await addKeys(one.keys, ['lead-1', 'lead-2'])
        await one.keys.destroy(['lead-1', 'lead-1'], place(1))
        await one.keys.destroy(['lead-1'], place(1))
        await other.keys.destroy(['lead-1'], place(2))
        await other.keys.destroy([], place(3))
        assert.deepEqual(await one.keys.keys(['lead-1', 'lead-2']), new Map([['lead-2', added.get('lead-2')]]))
        assert.deepEqual(await one.keys.followed(), place(3))
      },
    ),
    onTwo(
      newStore,
      'a key added while its subject is erased is never there afterwards, each of 200 rounds',
      async (one, other) => {
        for (let round = 0; round < 200; round += 1) {
          const subject = `lead-${round}`
          const adding = () => one.keys.add(subject, newKey())
          const erasing = () => other.keys.destroy([subject], place(round))
          const [answer] = await (round % 2 === 0
            ? Promise.all([adding(), erasing()])
            : Promise.all([erasing(), adding()]).then(([, added]) => [added]))
          assert.ok(answer === 'added' || answer === 'erased', answer)
          assert.equal(await keyOf(one.keys, subject), undefined)
          assert.equal(await one.keys.add(subject, newKey()), 'erased')
        }
      },
    ),
    onOne(newStore, 'a destruction that names what is no subject, or no place, destroys nothing', async ({ keys }) => {
      const added = await addKeys(keys, ['lead-1', 'lead-2'])
      await keys.destroy([], place(5))
      for (const wrong of wrongSubjects) await faultOf(keys.destroy(['lead-1', wrong, 'lead-2'], place(6)), 'invalid')
      for (const wrong of [-1, 0.5, 2 ** 53, Number.NaN]) {
        await faultOf(keys.destroy(['lead-1'], { ...place(6), position: wrong }), 'invalid')
      }
      assert.deepEqual(await keys.keys(['lead-1', 'lead-2']), added)
      assert.deepEqual(await keys.followed(), place(5))
    }),
    onTwo(
      newStore,
      'how far the erasures were followed is unknown at first and only moves forward within a log: one who follows more slowly takes nothing back',
      async (quick, slow) => {
        assert.equal(await quick.keys.followed(), undefined)
        await addKeys(quick.keys, ['lead-1'])
        assert.equal(await quick.keys.followed(), undefined)
        await quick.keys.destroy([], place(0))
        assert.deepEqual(await slow.keys.followed(), place(0))
        await quick.keys.destroy([], place(9))
        await slow.keys.destroy(['lead-1'], place(4))
        assert.equal(await keyOf(quick.keys, 'lead-1'), undefined)
        assert.deepEqual(await slow.keys.followed(), place(9))
        const another = { ...place(9), id: 'what stands there since the log was restored' }
        await slow.keys.destroy([], another)
        assert.deepEqual(await quick.keys.followed(), another)
      },
    ),
    onTwo(newStore, 'a place in another log takes the place of what was followed', async (one, other) => {
      await one.keys.destroy([], place(9))
      await other.keys.destroy([], place(2, 'another log'))
      assert.deepEqual(await one.keys.followed(), place(2, 'another log'))
      await one.keys.destroy([], place(1, 'another log'))
      assert.deepEqual(await other.keys.followed(), place(2, 'another log'))
      await one.keys.destroy([], place(3))
      assert.deepEqual(await other.keys.followed(), place(3))
    }),
    onOne(newStore, 'what callers do to what they gave or got changes nothing in the key store', async ({ keys }) => {
      const added = await addKeys(keys, ['lead-1'])
      const [through, subjects] = [{ ...place(4) }, ['lead-2']]
      await keys.destroy(subjects, through)
      Object.assign(through, place(1))
      subjects[0] = 'lead-1'
      const given = await keys.keys(['lead-1'])
      assert.ok(given instanceof Map)
      given.clear()
      Object.assign((await keys.followed()) ?? {}, place(1))
      assert.deepEqual(await keys.keys(['lead-1']), added)
      assert.deepEqual(await keys.followed(), place(4))
    }),
  ]
}
