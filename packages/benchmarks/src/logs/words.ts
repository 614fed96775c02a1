import { below, type Random } from './seeded-random.js'

const syllables = 'ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu bra cle dri flo gru'.split(' ')

/** A text of made-up words. A few are frequent and most are rare, as in any language. */
export function madeUpText(random: Random, words: number): string {
  return Array.from({ length: words }, () => madeUpWord(random)).join(' ')
}

function madeUpWord(random: Random): string {
  const rank = Math.floor(random() ** 3 * syllables.length ** 2 * 8)
  const third = Math.floor(rank / syllables.length ** 2)
  const [first, second] = [rank % syllables.length, Math.floor(rank / syllables.length) % syllables.length]
  return `${syllables[first]}${syllables[second]}${third === 0 ? '' : syllables[third]}`
}

/** The name of a listing: two words and its number, so that no two are the same. */
export function madeUpName(random: Random, number: number): string {
  const [a = 'Ba', b = 'Ce'] = [syllables[below(random, syllables.length)], syllables[below(random, syllables.length)]]
  return `${a.charAt(0).toUpperCase()}${a.slice(1)}${b} ${number}`
}
