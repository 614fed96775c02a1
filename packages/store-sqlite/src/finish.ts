import { type StagedDocuments, staging } from './staged-documents.js'
import type { ViewFile } from './view-file.js'
import { type ViewState, viewState } from './view-state.js'

/** Milliseconds that a share of the work should take, so that others get their turn. */
const share = 10
/** Documents of a share, however slow the machine is: the fewer there are, the more often a page is written. */
const fewest = 2_000
const most = 20_000
/** So few documents are brought into all parts at once, with which the view is live: who writes all the time ends it too. */
const tail = 250

/**
 * Makes indexes and text after the first fill: for the next documents one part after the other, with their rows sorted, so
 * that a page of an index is written once for many of them. Each call of what this gives is a share of the work; true once
 * the view is live. How far it came is kept in the file, so a later one, also of another process, goes on from there.
 */
export function finisher(view: ViewFile): () => boolean {
  const { file } = view
  const staged = staging(view)
  let size = fewest
  let wasStaged = false

  const goOn = (): boolean => {
    const state = viewState(view)
    if (state.reach > state.indexed) makeNext(view, staged, state)
    else if (!state.live && begin(view, state, size) <= tail) makeLive(view, staged)
    return viewState(view).live
  }

  const look = (): boolean => {
    staged.fill(viewState(view))
    return false
  }

  return () => {
    const began = performance.now()
    const state = viewState(view)
    // Documents are read without the lock for writing; if they were written meanwhile, once more with it.
    wasStaged = !wasStaged && state.reach > state.indexed && !staged.isOf(state)
    if (staged.keeping(() => (wasStaged ? file.reading(look) : file.transaction(goOn)))) return true
    const fitting = (size * share) / Math.max(performance.now() - began, 1)
    if (state.reach > state.indexed) size = Math.min(Math.max(fitting, fewest), size * 1.2, most)
    return false
  }
}

/** Takes up the next documents; how many they are. */
function begin(view: ViewFile, { indexed }: ViewState, size: number): number {
  const { file, names } = view
  const next = `SELECT id FROM ${names.documents} WHERE id > ? ORDER BY id LIMIT ?`
  const found = file
    .prepare(`SELECT max(id) AS last, count(*) AS documents FROM (${next})`)
    .get(indexed, Math.round(size))
  note(view, { live: false, indexed, reach: Number(found?.last ?? indexed), made: 0 })
  return Number(found?.documents)
}

/** Brings the documents that were taken up into one more part. */
function makeNext(view: ViewFile, staged: StagedDocuments, state: ViewState): void {
  const { names, shape } = view
  const { indexed, reach, made } = state
  if (!staged.isOf(state)) staged.fill(state)
  const index = names.indexes[made]
  if (index) staged.moveTo(index)
  else if (shape.text) say(view, indexed, reach)
  const parts = names.indexes.length + Number(shape.text)
  if (made + 1 < parts) note(view, { live: false, indexed, reach, made: made + 1 })
  else note(view, { live: false, indexed: reach, reach, made: 0 })
}

function makeLive(view: ViewFile, staged: StagedDocuments): void {
  for (let state = viewState(view); state.reach > state.indexed; state = viewState(view)) makeNext(view, staged, state)
  note(view, { live: true, indexed: allOfThem, reach: allOfThem, made: 0 })
}

function say({ file, names }: ViewFile, indexed: number, reach: number): void {
  const words = `SELECT id, words FROM ${names.documents} WHERE id > ? AND id <= ? ORDER BY id`
  file.prepare(`INSERT INTO ${names.text} (rowid, words) ${words}`).run(indexed, reach)
}

const allOfThem = Number.MAX_SAFE_INTEGER

type Progress = Pick<ViewState, 'live' | 'indexed' | 'reach' | 'made'>

function note({ file, id }: ViewFile, { live, indexed, reach, made }: Progress): void {
  const sql = 'UPDATE views SET live = ?, indexed = ?, reach = ?, made = ? WHERE id = ?'
  file.prepare(sql).run(Number(live), indexed, reach, made, id)
}
