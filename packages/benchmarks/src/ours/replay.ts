import { defineMarketplace, type OpenStore, type Store } from '@vitrine/core'
import { openMarketplace } from '@vitrine/runtime'
import { memoryStore } from '@vitrine/store-memory'
import { staffOf } from '@vitrine/testing'
import { activityOfPublishers } from './activity-view.js'

/** Opens a marketplace whose log lies in a store and whose views lie in memory, and folds the log into one view. */
export async function replay(store: Store): Promise<{ readonly events: number; readonly documents: number }> {
  const rules = defineMarketplace({ baseUrl: 'https://market.example' })
  const head = { position: 0 }
  const views = { activityOfPublishers }
  const market = await openMarketplace({ rules, store: logFrom(store), staff: staffOf, views })
  for await (const { through } of market.events({ types: [], limit: Number.MAX_SAFE_INTEGER })) {
    head.position = through?.position ?? 0
  }
  const found = await market.asOperator.views.activityOfPublishers.find({ after: head.position, limit: 1000 })
  await market.close()
  const events = found.documents.reduce((sum, document) => sum + Number(document.events), 0)
  return { events, documents: found.documents.length }
}

function logFrom(store: Store): Store {
  return {
    async open(): Promise<OpenStore> {
      const [disk, memory] = [await store.open(), await memoryStore().open()]
      const close = async () => {
        await Promise.all([disk.close(), memory.close()])
      }
      return { ...memory, log: disk.log, close }
    },
  }
}
