import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'

/** What a `tsvector` holds at the most is 1 MiB, with the places of the words. */
const mostBytes = 900_000
const longestWord = 500

/**
 * Words, split at spaces alone, as the text of a `tsvector`. They come normalised, so no parser and no dictionary of the
 * server, which know languages and differ between servers, is asked.
 */
export function textOf(words: string): string {
  const places = new Map<string, number[]>()
  let bytes = 0
  for (const [at, word] of split(words).entries()) {
    const known = places.get(word) ?? []
    bytes += 2 + (known.length === 0 ? Buffer.byteLength(word) + 8 : 0)
    if (bytes > mostBytes) break
    if (known.length < 255) known.push(Math.min(at + 1, 16_383))
    places.set(word, known)
  }
  return [...places].map(([word, at]) => `${quotedWord(word)}:${at.join(',')}`).join(' ')
}

/** A `tsquery` that asks for all of these words. */
export function queryOf(words: readonly string[]): string {
  return words.flatMap(split).map(quotedWord).join(' & ')
}

function split(words: string): readonly string[] {
  return words
    .toWellFormed()
    .replaceAll('\0', '\u0001')
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => (word.length > longestWord ? hashed(word) : word))
}

function hashed(word: string): string {
  return createHash('sha256').update(word).digest('hex')
}

function quotedWord(word: string): string {
  return `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
