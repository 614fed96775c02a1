import type { Checkpoint, FindQuery, FoundPage, JsonObject, ViewBatch, ViewShape, ViewTable } from '@vitrine/core'

/** Listings by kind and price, by tags, and by their words. */
export const shape: ViewShape = {
  name: 'sample/view "1"',
  version: 1,
  indexes: [['kind', 'price', 'title'], ['tags', 'price'], ['title']],
  text: true,
}

export function at(position: number): Checkpoint {
  return { logId: 'log-1', position, id: `event-${position}` }
}

/** Puts documents under their keys; words are those of the title. */
export function puts(documents: { readonly [key: string]: JsonObject }): ViewBatch['put'] {
  return Object.entries(documents).map(([key, document]) => {
    return { key, document, words: typeof document.title === 'string' ? document.title : '' }
  })
}

/** Writes a batch on top of where the table stands. */
export async function change(
  table: ViewTable,
  documents: { readonly [key: string]: JsonObject },
  remove: readonly string[] = [],
): Promise<void> {
  const { checkpoint: from } = await table.status()
  await table.write({ from, to: at((from?.position ?? 0) + 1), put: puts(documents), remove })
}

/** The keys of every page, by following the cursors. */
export async function keysOf(table: ViewTable, query: FindQuery): Promise<readonly string[]> {
  const keys: string[] = []
  for (let page: FoundPage | undefined; page === undefined || page.cursor !== undefined; ) {
    page = await table.find({ ...query, ...(page?.cursor !== undefined && { cursor: page.cursor }) })
    keys.push(...page.documents.map(({ key }) => key))
  }
  return keys
}
