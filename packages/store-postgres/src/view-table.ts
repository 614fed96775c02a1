import { checkBatch, droppedError, planFind, planSearch, ViewStoreError, type ViewTable } from '@vitrine/core'
import { count, find, search } from './ask.js'
import { lacksTable } from './faults.js'
import { finishSome, measure } from './finish.js'
import type { StoredView } from './stored-view.js'
import { viewState } from './view-state.js'
import { writeBatch } from './write-batch.js'

type Run = <Answer>(work: () => Promise<Answer>) => Promise<Answer>

export function viewTable(view: StoredView, ask: Run): ViewTable {
  const { database, shape, names, durable } = view
  let isLive = false
  /** What fails for want of its tables says that they were dropped. */
  const run: Run = async (work) => {
    try {
      return await ask(work)
    } catch (fault) {
      throw lacksTable(fault) ? droppedError(shape) : fault
    }
  }
  const whenLive = <Answer>(work: () => Promise<Answer>) =>
    run(async () => {
      isLive ||= (await viewState(view, database.ask)).live
      if (isLive) return work()
      throw new ViewStoreError('unavailable', `View ${shape.name} is still being filled. Ask when it is finished.`)
    })
  return {
    status: () =>
      run(async () => {
        const { live, checkpoint } = await viewState(view, database.ask)
        return { live, checkpoint }
      }),
    load: (keys) =>
      run(async () => {
        const asked = keys.filter((key) => key.isWellFormed() && !key.includes('\0'))
        const sql = `SELECT key, document FROM ${names.documents} WHERE key = ANY ($1)`
        const rows = await database.ask(sql, [asked])
        return new Map(rows.map(({ key, document }) => [key!, JSON.parse(document!)]))
      }),
    write: async (batch) => {
      checkBatch(shape, batch)
      await run(() => database.transaction((ask) => writeBatch(view, batch, ask), { durable }))
    },
    finish: () =>
      run(async () => {
        if ((await viewState(view, database.ask)).live) return
        while (!(await database.transaction((ask) => finishSome(view, ask), { durable })));
        await measure(view)
      }),
    find: (query) => whenLive(() => find(view, planFind(shape, query))),
    count: (query) => whenLive(() => count(view, planFind(shape, query))),
    search: (query) => whenLive(() => search(view, planSearch(shape, query))),
  }
}
