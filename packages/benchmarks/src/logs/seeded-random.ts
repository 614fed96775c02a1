/** Numbers from 0 up to 1, the same ones for the same seed. */
export type Random = () => number

/** Mulberry32: small, fast, and even enough to make up histories. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A whole number from 0 up to `end`. */
export function below(random: Random, end: number): number {
  return Math.floor(random() * end)
}

/** One of the choices, each as often as its weight says. */
export function weighted<Choice extends { readonly weight: number }>(
  random: Random,
  choices: readonly Choice[],
): Choice {
  let left = random() * choices.reduce((sum, { weight }) => sum + weight, 0)
  for (const choice of choices) {
    left -= choice.weight
    if (left < 0) return choice
  }
  return choices.at(-1)!
}
