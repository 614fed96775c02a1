import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { sqliteStore } from '@vitrine/store-sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import { liveIn, open } from './stage.js'

type Marketplace = Awaited<ReturnType<typeof open>>

const folder = mkdtempSync(join(tmpdir(), 'vitrine-rebuilt-'))
afterAll(() => rmSync(folder, { recursive: true }))

const inMemory = memoryStore()

describe.each<[string, () => Store]>([
  ['memory', () => inMemory],
  ['SQLite', () => sqliteStore(join(folder, 'market.db'))],
])('a view in %s that is asked while it is rebuilt', (_, storeOf) => {
  it.each(['by the same process', 'by another'])(
    'B24 answers whole, or says that it is being built: %s',
    async (by) => {
      const market = await open({ store: storeOf() })
      const other = await open({ store: storeOf() })
      const { listingId } = await liveIn(market)
      await market.ready()
      const all = (await market.views.catalogue.find()).documents.length
      const rebuilding = by === 'by another' ? other : market
      const answers = await askedUntil(market, listingId, async () => {
        for (let time = 0; time < 20; time += 1) {
          await rebuilding.rebuild('catalogue')
          await new Promise(setImmediate)
          await rebuilding.ready()
        }
      })
      expect(answers).toEqual(new Set([all, 'it', 'view-building']))
      await Promise.all([market.close(), other.close()])
    },
  )
})

/** Asks everything that can be asked again and again, and gives what came: numbers, `it`, and the codes of errors. */
async function askedUntil(
  { views: { catalogue } }: Marketplace,
  listingId: string,
  work: () => Promise<void>,
): Promise<ReadonlySet<unknown>> {
  const questions = [
    async () => (await catalogue.find({ where: { kind: 'app' } })).documents.length,
    async () => (await catalogue.search({ words: '' })).documents.length,
    () => catalogue.count(),
    async () => ((await catalogue.get(listingId)) ? 'it' : 'nothing'),
  ]
  const answers = new Set<unknown>()
  let isOver = false
  const asking = questions.map(async (ask) => {
    while (!isOver) {
      answers.add(await ask().catch((error: unknown) => (error as { code?: unknown }).code ?? error))
      await new Promise(setImmediate)
    }
  })
  await work()
  isOver = true
  await Promise.all(asking)
  return answers
}
