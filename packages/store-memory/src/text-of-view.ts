import type { PageEnd } from '@vitrine/core'
import { compareText } from '@vitrine/core'

/** The words of a view's documents: in which documents each stands, and how often. */
export interface ViewText {
  put(key: string, words: string): void
  remove(key: string): void
  /** The documents that hold all words, best first, then by key. `value` is the better the lower it is. */
  search(words: readonly string[]): readonly PageEnd[]
}

export function viewText(): ViewText {
  const documents = new Map<string, { readonly counts: ReadonlyMap<string, number>; readonly length: number }>()
  const holders = new Map<string, Set<string>>()
  let length = 0

  const remove = (key: string) => {
    const document = documents.get(key)
    if (!document) return
    for (const word of document.counts.keys()) holders.get(word)!.delete(key)
    length -= document.length
    documents.delete(key)
  }

  const score = (key: string, words: readonly string[]) => {
    const document = documents.get(key)!
    const relative = document.length / (length / documents.size)
    return words.reduce((sum, word) => {
      return sum - weight(document.counts.get(word)!, relative, holders.get(word)!.size, documents.size)
    }, 0)
  }

  return {
    put: (key, text) => {
      remove(key)
      const words = text.split(' ').filter((word) => word !== '')
      const counts = new Map<string, number>()
      for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
      for (const word of counts.keys()) holdersOf(holders, word).add(key)
      documents.set(key, { counts, length: words.length })
      length += words.length
    },
    remove,
    search: (words) => {
      const sets = words.map((word) => holders.get(word) ?? new Set<string>()).sort((a, b) => a.size - b.size)
      const [fewest = new Set<string>(), ...others] = sets
      const keys = [...fewest].filter((key) => others.every((set) => set.has(key)))
      return keys
        .map((key) => ({ key, value: score(key, words) }))
        .sort((a, b) => a.value - b.value || compareText(a.key, b.key))
    },
  }
}

/** Okapi BM25 with the constants of SQLite's FTS5, so that both put the same document first. */
function weight(count: number, relativeLength: number, holders: number, documents: number): number {
  const rarity = Math.max(Math.log((documents - holders + 0.5) / (holders + 0.5)), 1e-6)
  return (rarity * count * 2.2) / (count + 1.2 * (0.25 + 0.75 * relativeLength))
}

function holdersOf(holders: Map<string, Set<string>>, word: string): Set<string> {
  const held = holders.get(word) ?? new Set<string>()
  holders.set(word, held)
  return held
}
