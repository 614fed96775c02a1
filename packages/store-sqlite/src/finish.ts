import { asKept, documentRow, documentsBefore, idBehind, settleChanged } from './changed-documents.js'
import { maintainer } from './maintain.js'
import { type SortedRows, sortRows } from './sorted-rows.js'
import { dropStaged, type StagedDocuments, stageDocuments } from './staged-documents.js'
import type { ViewFile } from './view-file.js'
import { type ViewState, viewState } from './view-state.js'

/** Milliseconds that a share of the work should take, so that others get their turn. */
const shareTime = 10
/** Documents or rows of a share. */
const fewest = 250
const most = 20_000
/** So few documents are brought into all parts at once, with which the view is live: who writes all the time ends it too. */
const tail = 250

/** What this process has prepared for the first indexes. */
interface Prepared {
  readonly reach: number
  readonly staged: StagedDocuments
  rows: SortedRows | undefined
}

/** Makes a view live, share by share. */
export interface Finisher {
  /** A share of the work; true once the view is live. */
  readonly share: () => boolean
  /** Lets go of what was prepared, when the work ends, also in the middle. */
  readonly drop: () => void
}

/**
 * Makes indexes and text after the first fill. The documents that are there when it begins are brought into one part after
 * the other, in its order; what changes meanwhile is kept as it was, and settled when all parts are made. What came later is
 * added document by document. How far it came is kept in the file, so a later one, also of another process, goes on from
 * there.
 */
export function finisher(view: ViewFile): Finisher {
  const { file, names, shape } = view
  const maintain = maintainer(view)
  const parts = names.indexes.length + Number(shape.text)
  let size = fewest
  let prepared: Prepared | undefined
  let settled = 0

  const isReady = ({ reach, made }: ViewState) =>
    prepared?.reach === reach && prepared.rows?.index === names.indexes[made] && prepared.rows?.reached === reach

  const prepare = (): boolean => {
    const state = viewState(view)
    if (wantsRows(state) && !isReady(state)) prepared = preparedFurther(view, prepared, state, size)
    return false
  }

  const goOn = (): boolean => {
    const state = viewState(view)
    if (state.live) return true
    if (state.indexed > 0) return addRest(state)
    if (state.reach === 0) return begin(state)
    if (wantsRows(state)) {
      if (isReady(state) && prepared!.rows!.moveNext(size)) {
        prepared!.rows!.drop()
        prepared!.rows = undefined
        note(view, { ...state, made: state.made + 1 })
      }
    } else if (state.made < parts) {
      if (sayNext(view, state, size)) note(view, { ...state, made: state.made + 1 })
    } else {
      // More each time, so that it ends however much is written meanwhile.
      settled += 1
      if (settleChanged(view, maintain, size + settled * tail)) note(view, { ...state, indexed: state.reach, made: 0 })
    }
    return false
  }

  const wantsRows = ({ live, indexed, reach, made }: ViewState) =>
    !live && indexed === 0 && reach > 0 && made < names.indexes.length

  const begin = (state: ViewState): boolean => {
    const few = file.prepare(`SELECT id FROM ${names.documents} LIMIT ?`).all(tail + 1)
    if (few.length <= tail) return addRest(state)
    const last = file.prepare(`SELECT max(id) AS id FROM ${names.documents}`).get()
    note(view, { ...state, reach: Number(last?.id) })
    return false
  }

  const addRest = (state: ViewState): boolean => {
    const next = `SELECT id, key, document, words FROM ${names.documents} WHERE id > ? ORDER BY id LIMIT ?`
    const rows = file
      .prepare(next)
      .all(state.indexed, Math.max(size, tail + 1))
      .map(documentRow)
    for (const row of rows) maintain(row.id, row.key, undefined, asKept(row))
    const isLast = rows.length <= tail
    const indexed = isLast ? allOfThem : rows.at(-1)!.id
    note(view, { live: isLast, indexed, reach: indexed, made: 0 })
    return isLast
  }

  const share = (): boolean => {
    const began = performance.now()
    const state = viewState(view)
    const isPreparing = wantsRows(state) && !isReady(state)
    try {
      return isPreparing ? file.reading(prepare) : file.transaction(goOn)
    } catch (fault) {
      // What a share wrote to the temporary tables is undone with it; while others only hold the lock, they stay.
      if (isPreparing) prepared = undefined
      throw fault
    } finally {
      const fitting = (size * shareTime) / Math.max(performance.now() - began, 1)
      size = Math.round(Math.min(Math.max(fitting, fewest), size * 1.2, most))
    }
  }

  return { share, drop: () => dropStaged(view) }
}

/** Stages so many more documents, or sorts the rows of so many; of this connection's own tables alone. */
function preparedFurther(view: ViewFile, before: Prepared | undefined, state: ViewState, size: number): Prepared {
  const { reach, made } = state
  const prepared = before?.reach === reach ? before : { reach, staged: stageDocuments(view), rows: undefined }
  const { staged, rows } = prepared
  if (staged.reached < reach) staged.addUpTo(Math.min(staged.reached + size, reach))
  else {
    const index = view.names.indexes[made]!
    prepared.rows = rows?.index === index ? rows : sortRows(view.file, staged, index)
    prepared.rows.sortUpTo(Math.min(prepared.rows.reached + size, reach))
  }
  return prepared
}

/** Adds the words of so many more documents; true when there are no more. */
function sayNext(view: ViewFile, { reach }: ViewState, size: number): boolean {
  const { file, names } = view
  const said = Number(file.prepare(`SELECT max(rowid) AS id FROM ${names.text}`).get()?.id ?? 0)
  const upTo = idBehind(view, said, reach, size)
  if (upTo === undefined) return true
  const say = file.prepare(`INSERT INTO ${names.text} (rowid, words) VALUES (?, ?)`)
  for (const [id, words] of documentsBefore(view, 'id, words', said, upTo)) say.run(Number(id), String(words))
  return false
}

const allOfThem = Number.MAX_SAFE_INTEGER

type Progress = Pick<ViewState, 'live' | 'indexed' | 'reach' | 'made'>

function note({ file, id }: ViewFile, { live, indexed, reach, made }: Progress): void {
  const sql = 'UPDATE views SET live = ?, indexed = ?, reach = ?, made = ? WHERE id = ?'
  file.prepare(sql).run(Number(live), indexed, reach, made, id)
}
