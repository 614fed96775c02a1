import assert from 'node:assert/strict'
import type { Checkpoint, KeyStore } from '@vitrine/core'
import fc from 'fast-check'
import { type ContractCase, type NewStore, withConnections } from './contract-case.js'
import { newKey, place } from './sample-keys.js'

/** Random steps on two connections against a Map and the last place. */
export function keyModelCase(newStore: NewStore): ContractCase {
  return {
    title: 'random steps on two connections: the key store and a naive model never differ',
    run: () =>
      fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), (steps) =>
          withConnections(newStore, 2, async (one, other) => {
            const model: Model = { keys: new Map(), erased: new Set(), followed: undefined }
            for (const step of steps) {
              await take(step, step.first ? one!.keys : other!.keys, model)
              await compare(step.first ? other!.keys : one!.keys, model)
            }
          }),
        ),
        { numRuns: 30 },
      ),
  }
}

interface Model {
  readonly keys: Map<string, string>
  readonly erased: Set<string>
  followed: Checkpoint | undefined
}

const names = ['lead-1', 'lead-2', 'lead-3', 'invitation-1', 'evidence-1']
const subject = fc.constantFrom(...names)
const step = fc.record({
  first: fc.boolean(),
  add: fc.option(subject),
  destroy: fc.array(subject, { maxLength: 2 }),
  position: fc.nat(5),
  log: fc.constantFrom('log', 'log', 'log', 'another log'),
})
type KeyStep = typeof step extends fc.Arbitrary<infer Step> ? Step : never

async function take({ add, destroy, position, log }: KeyStep, keys: KeyStore, model: Model): Promise<void> {
  if (add === null) {
    await keys.destroy(destroy, place(position, log))
    for (const name of destroy) model.keys.delete(name)
    for (const name of destroy) model.erased.add(name)
    const isBehind = model.followed?.logId === log && position < model.followed.position
    if (!isBehind) model.followed = place(position, log)
    return
  }
  const key = newKey()
  const expected = model.erased.has(add) ? 'erased' : model.keys.has(add) ? 'there' : 'added'
  assert.equal(await keys.add(add, key), expected)
  if (expected === 'added') model.keys.set(add, key)
}

async function compare(keys: KeyStore, model: Model): Promise<void> {
  assert.deepEqual(await keys.keys(names), model.keys)
  assert.deepEqual(await keys.followed(), model.followed)
}
