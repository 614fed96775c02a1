import * as fc from 'fast-check'
import type { NewStore } from '../contracts/contract-case.js'
import { newModel } from './market-model.js'
import { type ModelStep, modelSteps } from './model-steps.js'
import { openRealMarket } from './real-market.js'

/** How long, and from where. */
export interface ModelRunOptions {
  /** Steps altogether, at least; 10,000 by default. */
  readonly steps?: number
  /** Steps of one story, at most; 200 by default. */
  readonly length?: number
  /** The seed that a failure gives; another one each time when absent. */
  readonly seed?: number
  /** The path that a failure gives. */
  readonly path?: string
  /** The path of steps that a failure gives beside it. */
  readonly replayPath?: string
}

/** What was run. */
export interface ModelRun {
  readonly steps: number
  readonly stories: number
  readonly seed: number
}

/**
 * Random steps on a real marketplace, over any store, beside a model that is moved by the table of the lifecycle alone:
 * whoever asks for whatever, alone or several at once through two doors, while the clock moves, processes start again,
 * rights are revoked, people leave and are erased. Each answer, and the listing after each step, are what the model says.
 * @throws Error with the shortest story found, its seed and its paths, which show it again
 */
export async function marketplaceModelRun(newStore: NewStore, options: ModelRunOptions = {}): Promise<ModelRun> {
  const { steps = 10_000, length = 200, seed = Date.now() % 1_000_000, path, replayPath } = options
  let done = 0
  let stories = 0
  const story = fc.asyncProperty(
    fc.scheduler(),
    fc.commands(modelSteps(), { maxCommands: length, size: 'max', ...(replayPath !== undefined && { replayPath }) }),
    async (scheduler, commands) => {
      const model = newModel()
      const real = await openRealMarket(await newStore(), scheduler, model.now)
      try {
        await fc.asyncModelRun(() => ({ model, real }), commands as Iterable<ModelStep>)
        done += [...commands].length
      } finally {
        await real.close()
      }
      stories += 1
    },
  )
  for (let round = 0; done < steps && (round === 0 || path === undefined); round += 1) {
    const numRuns = Math.max(1, Math.ceil((steps - done) / (length / 2)))
    await fc.assert(story, { seed: seed + round, numRuns, ...(path !== undefined && { path }) })
  }
  return { steps: done, stories, seed }
}
