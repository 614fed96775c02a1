import { beginnings, stories } from '@vitrine/testing'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { played } from './played-story.js'

const story = { from: fc.constantFrom(...beginnings), steps: stories(25) }

it('over random stories, the production wiring decides and writes what the rules alone do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.record(story), async ({ from, steps }) => {
      await played(from, steps, async (stage) => {
        expect(await stage.typesWritten()).toEqual(stage.world.events.map(({ type }) => type))
      })
    }),
    { numRuns: 40 },
  )
})

it('T28 over random stories, the same command again gives the same answer and writes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.record(story), async ({ from, steps }) => {
      await played(from, steps, async (stage, answer, again) => {
        const before = (await stage.typesWritten()).length
        const repeated = await again()
        expect((await stage.typesWritten()).length).toBe(before)
        if ('refused' in answer || answer.events.length === 0) return
        expect(repeated).toEqual({ ...answer, duplicate: true })
      })
    }),
    { numRuns: 20 },
  )
})

it('over random stories, a refused command leaves no event under its command id, and time never runs backwards', async () => {
  await fc.assert(
    fc.asyncProperty(fc.record(story), async ({ from, steps }) => {
      const refused = new Set<string>()
      const log = await played(from, steps, async (_stage, answer, _again, commandId) => {
        if ('refused' in answer) refused.add(commandId)
      })
      expect(log.filter(({ metadata }) => refused.has(metadata.command.id))).toEqual([])
      for (const events of Object.values(Object.groupBy(log, ({ stream }) => stream))) {
        const times = (events ?? []).map(({ metadata }) => metadata.occurredAt)
        expect(times).toEqual(times.toSorted())
      }
    }),
    { numRuns: 30 },
  )
})
