import { checkBatch, planFind, planSearch, ViewStoreError, type ViewTable } from '@vitrine/core'
import { count, find, search } from './ask.js'
import { finisher } from './finish.js'
import type { MovingThread } from './moving-thread.js'
import type { ViewFile } from './view-file.js'
import { viewState } from './view-state.js'
import { writeBatch } from './write-batch.js'

type Run = <Answer>(work: () => Answer) => Promise<Answer>

/** What the views of one connection share. */
export interface SharedByViews {
  /** Those whose first indexes are being made, by id: their temporary tables are shared. */
  readonly underWay: Map<number, Promise<void>>
  readonly moving: MovingThread
}

/** So many documents at once are worth a thread that moves them into the file. */
const many = 1_000

export function viewTable(view: ViewFile, ask: Run, { underWay, moving }: SharedByViews): ViewTable {
  const { file, shape, names } = view
  let isLive = false
  /** What fails for want of its tables says that they were dropped. */
  const run: Run = async (work) => {
    try {
      return await ask(work)
    } catch (fault) {
      throw droppedFault(view) ?? fault
    }
  }
  const whenLive = <Answer>(work: () => Answer) =>
    run(() => {
      isLive ||= viewState(view).live
      if (isLive) return work()
      throw new ViewStoreError('unavailable', `View ${shape.name} is still being filled. Ask when it is finished.`)
    })
  const finishAll = async () => {
    const { share, drop } = finisher(view)
    try {
      while (!(await run(share))) {
        moving.ask()
        await new Promise(setImmediate)
      }
    } finally {
      // A connection that was closed has dropped them by itself.
      await run(drop).catch(() => undefined)
    }
  }
  return {
    status: () =>
      run(() => {
        const { live, checkpoint } = viewState(view)
        return { live, checkpoint }
      }),
    load: (keys) =>
      run(() => {
        const sql = `SELECT key, document FROM ${names.documents} WHERE key IN (SELECT value FROM json_each(?))`
        const rows = file.rows(sql, JSON.stringify(keys))
        return new Map(rows.map(([key, document]) => [String(key), JSON.parse(String(document))]))
      }),
    write: async (batch) => {
      checkBatch(shape, batch)
      await run(() => file.transaction(() => writeBatch(view, batch)))
      if (batch.put.length >= many) moving.ask()
    },
    finish: () => {
      const finished = underWay.get(view.id) ?? finishAll().finally(() => underWay.delete(view.id))
      underWay.set(view.id, finished)
      return finished
    },
    find: (query) => whenLive(() => find(view, planFind(shape, query))),
    count: (query) => whenLive(() => count(view, planFind(shape, query))),
    search: (query) => whenLive(() => search(view, planSearch(shape, query))),
  }
}

function droppedFault(view: ViewFile): ViewStoreError | undefined {
  try {
    viewState(view)
  } catch (fault) {
    if (fault instanceof ViewStoreError && fault.code === 'dropped') return fault
  }
  return undefined
}
