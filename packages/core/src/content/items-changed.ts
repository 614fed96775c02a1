import { canonicalJson, type Json } from '../json.js'
import { type Run, runsBetween } from './in-common.js'

/** What became of an entry of a list. Positions count from 0: `from` in the old list, `to` in the new one. */
export type ItemChange =
  | { readonly change: 'added'; readonly item: Json; readonly to: number }
  | { readonly change: 'removed'; readonly item: Json; readonly from: number }
  | { readonly change: 'moved'; readonly item: Json; readonly from: number; readonly to: number }

/**
 * The entries that came or moved between two lists, in the order of the new one, then those that went. Without the
 * removed and the moved the old list is what stayed; with the added and the moved in their places it is the new one.
 */
export function itemChanges(before: readonly Json[], after: readonly Json[]): readonly ItemChange[] {
  const runs = runsBetween(before.map(canonicalJson), after.map(canonicalJson))
  const left = Map.groupBy(entriesIn(runs, 'removed', before), ({ text }) => text)
  const arrived = entriesIn(runs, 'added', after).map(({ text, item, position }): ItemChange => {
    const old = left.get(text)?.shift()
    return old ? { change: 'moved', item, from: old.position, to: position } : { change: 'added', item, to: position }
  })
  const gone = [...left.values()].flat().sort((a, b) => a.position - b.position)
  return [...arrived, ...gone.map(({ item, position }) => ({ change: 'removed' as const, item, from: position }))]
}

interface Entry {
  readonly text: string
  readonly item: Json
  readonly position: number
}

function entriesIn(runs: readonly Run[], change: 'removed' | 'added', list: readonly Json[]): readonly Entry[] {
  const start = change === 'removed' ? 'before' : 'after'
  return runs
    .filter((run) => run.change === change)
    .flatMap((run) => Array.from({ length: run.length }, (_, index) => run[start] + index))
    .flatMap((position) =>
      list.slice(position, position + 1).map((item) => ({ text: canonicalJson(item), item, position })),
    )
}
