import type { Append, Store } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { expect, it } from 'vitest'
import { marketplaceModelRun } from './marketplace-model-run.js'

const steps = Number(process.env.VITRINE_MODEL_STEPS ?? 8600)

it('a marketplace and a naive model never differ: random stories over the memory store', async () => {
  const run = await marketplaceModelRun(() => memoryStore(), { steps })
  console.log(`Beside the model: ${JSON.stringify(run)}`)
  expect(run.steps).toBeGreaterThanOrEqual(steps)
}, 900_000)

it('a store that keeps something else is found, in a short story that can be seen again', async () => {
  const newStore = () => changing(memoryStore())
  const found = await faultOf(marketplaceModelRun(newStore, { steps: 2000, seed: 4, length: 60 }))
  expect(found).toContain('the listing is another one')
  const [, seed, path] = /seed: (\d+), path: "([\d:]+)"/.exec(found) ?? []
  const [, story = '', replayPath = ''] = /`,(.*) \/\*replayPath="(.*?)"/s.exec(found) ?? []
  expect(story.split(',').length).toBeLessThanOrEqual(5)
  const where = { seed: Number(seed), path: String(path), replayPath, length: 60 }
  expect(await faultOf(marketplaceModelRun(newStore, where))).toContain(story)
}, 300_000)

async function faultOf(promise: Promise<unknown>): Promise<string> {
  const fault: unknown = await promise.then(
    () => 'nothing',
    (error: unknown) => error,
  )
  return fault instanceof Error ? `${fault.message} ${String(fault.cause)}` : String(fault)
}

/** Keeps another headline than was written. */
function changing(store: Store): Store {
  return {
    open: async () => {
      const opened = await store.open()
      const { log } = opened
      const append: typeof log.append = (asked, options) => {
        const text = JSON.stringify(asked).replaceAll('"headline":"Two"', '"headline":"One"')
        return log.append(JSON.parse(text) as Append, options)
      }
      return { ...opened, log: { ...log, append } }
    },
  }
}
