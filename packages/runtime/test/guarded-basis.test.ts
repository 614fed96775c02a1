import type { Append, Store } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { type Beginning, beginnings, stories } from '@vitrine/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { played } from './played-story.js'
import { withLog } from './stage.js'

const story = { from: fc.constantFrom<Beginning>(...beginnings), steps: stories(15) }

it('over random stories, every append guards each stream that its events say they lean on, at the version that was read', async () => {
  let guarded = 0
  await fc.assert(
    fc.asyncProperty(fc.record(story), async ({ from, steps }) => {
      const appends: Append[] = []
      await played(from, steps, async () => undefined, { store: noting(appends) })
      for (const append of appends) {
        expect(leanedOn(append).filter((one) => !heldBy(append).has(one))).toEqual([])
        guarded += append.guards?.length ?? 0
      }
    }),
    { numRuns: 20 },
  )
  expect(guarded).toBeGreaterThan(0)
})

function noting(appends: Append[]): Store {
  return withLog(memoryStore(), (log) => ({
    append: (append, options) => {
      appends.push(append)
      return log.append(append, options)
    },
  }))
}

function leanedOn({ writes }: Append): readonly string[] {
  return writes.flatMap(({ events }) => events.flatMap(({ metadata }) => metadata.basis.map(placeOf)))
}

/** What is written is held to its version too. */
function heldBy({ writes, guards = [] }: Append): ReadonlySet<string> {
  return new Set([...guards, ...writes.map(({ stream, expected }) => ({ stream, version: expected }))].map(placeOf))
}

function placeOf({ stream, version }: { readonly stream: string; readonly version: number | 'none' }): string {
  return `${stream} at ${version}`
}
