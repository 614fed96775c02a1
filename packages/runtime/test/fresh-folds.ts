import { type AnyView, type JsonObject, type OpenStore, type Store, shapeOf, type ViewTable } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { expect } from 'vitest'
import { allViews } from '../src/named-views.js'
import { open } from './stage.js'

/** No document of any view differs from what a fresh fold of the same log gives. */
export async function expectFreshFolds(store: Store): Promise<void> {
  const stored = await store.open()
  const { views, progress } = await memoryStore().open()
  const again: Store = { open: async () => ({ ...(await store.open()), views, progress }) }
  const market = await open({ store: again })
  await market.ready()
  for (const view of Object.values(allViews({}))) {
    expect(await documentsOf(stored, view), view.name).toEqual(await documentsOf({ views }, view))
  }
  await Promise.all([market.close(), stored.close()])
}

async function documentsOf({ views }: Pick<OpenStore, 'views'>, view: AnyView) {
  const table = await views.open(shapeOf(view))
  return { at: (await table.status()).checkpoint?.position, documents: await everything(table) }
}

async function everything(table: ViewTable): Promise<readonly (readonly [string, JsonObject])[]> {
  const found: (readonly [string, JsonObject])[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await table.find({ limit: 1_000, ...(cursor !== undefined && { cursor }) })
    for (const { key, document } of page.documents) found.push([key, document])
    cursor = page.cursor
    if (cursor === undefined) return found
  }
}
