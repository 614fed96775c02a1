import { planFind, planSearch, type ViewTable } from '@vitrine/core'
import { count, find, search } from './ask.js'
import { documentAt, type TableData } from './table-data.js'
import { built, writeBatch } from './write-batch.js'

export function viewTable(data: TableData, checkOpen: () => void): ViewTable {
  const whenOpen = async <Answer>(answer: () => Answer) => {
    checkOpen()
    return answer()
  }
  return {
    status: () => whenOpen(() => ({ live: data.live !== undefined, checkpoint: data.checkpoint })),
    load: (keys) =>
      whenOpen(() => {
        const held = keys.filter((key) => data.documents.has(key))
        return new Map(held.map((key) => [key, documentAt(data, key)!]))
      }),
    write: (batch) => whenOpen(() => writeBatch(data, batch)),
    finish: () =>
      whenOpen(() => {
        data.live ??= built(data)
      }),
    find: (query) => whenOpen(() => find(data, planFind(data.shape, query))),
    count: (query) => whenOpen(() => count(data, planFind(data.shape, query))),
    search: (query) => whenOpen(() => search(data, planSearch(data.shape, query))),
  }
}
