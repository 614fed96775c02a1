import { rmSync } from 'node:fs'
import type { OpenStore, Store, ViewStore } from '@vitrine/core'
import { openMarketplace } from '@vitrine/runtime'
import { sqliteStore } from '@vitrine/store-sqlite'
import { staffOf } from '@vitrine/testing'
import { rulesOfLogs } from '../logs/generated-log.js'

/** What a rebuild took. */
export interface Rebuilt {
  readonly seconds: number
  /** How many of them were spent on indexes and text, after all documents were there. */
  readonly indexing: number
  /** MiB, at the peak of this process. */
  readonly peak: number
}

/** Opens a marketplace on a log whose views are lost, and folds it into all of them: the gate of a deploy. */
export async function rebuild(file: string): Promise<Rebuilt> {
  forgetViews(file)
  const spent = { indexing: 0 }
  const began = performance.now()
  const market = await openMarketplace({ rules: rulesOfLogs, store: watched(sqliteStore(file), spent), staff: staffOf })
  await market.ready()
  const seconds = (performance.now() - began) / 1000
  await market.close()
  forgetViews(file)
  return { seconds, indexing: spent.indexing / 1000, peak: process.resourceUsage().maxRSS / 1024 }
}

function forgetViews(file: string): void {
  const views = file.replace(/\.db$/, '.views.db')
  for (const end of ['', '-wal', '-shm']) rmSync(views + end, { force: true })
}

/** The same store; how long its views take to be finished is noted. */
function watched(store: Store, spent: { indexing: number }): Store {
  const watchedViews = (views: ViewStore): ViewStore => ({
    ...views,
    async open(shape) {
      const table = await views.open(shape)
      return {
        ...table,
        async finish() {
          const began = performance.now()
          await table.finish()
          spent.indexing += performance.now() - began
        },
      }
    },
  })
  return {
    async open(): Promise<OpenStore> {
      const opened = await store.open()
      return { ...opened, views: watchedViews(opened.views) }
    },
  }
}
