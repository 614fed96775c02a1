import { memoryStore } from '@vitrine/store-memory'
import * as fc from 'fast-check'
import { it } from 'vitest'
import { together } from './deeds-at-once.js'
import { newModel, rowOf } from './market-model.js'
import type { Deed } from './model-deeds.js'
import { openRealMarket } from './real-market.js'

it('T33 the same command asked for twice at once is done once, in whatever order the two are decided', async () => {
  const story = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    const model = newModel()
    const real = await openRealMarket(memoryStore(), scheduler, model.now)
    try {
      for (const deed of approved) await together([deed])(model, real)
      const extended: Deed = { row: rowOf('ExtendDeadline'), by: 'olaf' }
      await together([extended, extended])(model, real)
    } finally {
      await real.close()
    }
  })
  await fc.assert(story, { numRuns: 30 })
})

const approved: readonly Deed[] = [
  { row: rowOf('Create'), by: 'ada' },
  { row: rowOf('Revise: one text'), by: 'ada' },
  { row: rowOf('Submit: manual'), by: 'ada' },
  { row: rowOf('RecordCheck: content passed'), by: 'rita' },
  { row: rowOf('Approve'), by: 'rita' },
]
