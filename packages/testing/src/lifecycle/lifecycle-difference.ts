import { isDeepStrictEqual } from 'node:util'
import type { Judgement } from './judge.js'
import type { NaiveListing } from './naive-listing.js'

/** What the code answered, as the table would say it. */
export type SeenAnswer =
  | { readonly writes: readonly string[]; readonly after: NaiveListing }
  | { readonly refused: string }

/** Where an answer parts from the table, as a sentence; `undefined` where they agree. */
export function differenceBetween(judged: Judgement, said: SeenAnswer): string | undefined {
  if ('reasons' in judged) {
    const agreed = 'refused' in said && judged.reasons.includes(said.refused)
    return agreed ? undefined : `The table refuses it: ${judged.reasons.join(', ')}.`
  }
  const writes = 'nothing' in judged ? [] : judged.writes
  if ('refused' in said || !isDeepStrictEqual(writes, said.writes)) {
    return writes.length === 0
      ? 'By the table it holds already, and nothing is written.'
      : `The table has it write ${writes.join(', ')}.`
  }
  return 'nothing' in judged ? undefined : differenceOfStates(judged.after, said.after)
}

/** The first field in which two listings differ, as a sentence. */
function differenceOfStates(expected: NaiveListing, seen: NaiveListing): string | undefined {
  if (isDeepStrictEqual(expected, seen)) return undefined
  const [one, other] = [new Map(Object.entries(expected)), new Map(Object.entries(seen))]
  const field = [...new Set([...one.keys(), ...other.keys()])].find(
    (name) => !isDeepStrictEqual(one.get(name), other.get(name)),
  )
  if (field === undefined) return undefined
  const texts = [other, one].map((listing) => JSON.stringify(listing.get(field)) ?? 'not there')
  return `Afterwards ${field} is ${texts[0]}; by the table it is ${texts[1]}.`
}

/** What was answered, in a few words. */
export function answerText(said: SeenAnswer): string {
  if ('refused' in said) return `refused with ${said.refused}`
  return said.writes.length === 0 ? 'nothing to do' : said.writes.join(', ')
}
