/** Beyond so many comparisons two middles count as wholly different: 1,000 by 1,000 entries. */
export const mostComparisons = 1_000_000

/** A run of entries: in both lists, or in one of them. `before` and `after` say where it begins in each. */
export interface Run {
  readonly change: 'same' | 'removed' | 'added'
  readonly before: number
  readonly after: number
  readonly length: number
}

/**
 * The runs that lead from one list to the other, in order: a longest common subsequence. What both begin and end with
 * is taken off first; when what is left needs more than {@link mostComparisons}, all of it is removed and added, so
 * cost and memory are bounded.
 */
export function runsBetween(before: readonly string[], after: readonly string[]): readonly Run[] {
  const start = sameAtStart(before, after)
  const end = sameAtEnd(before, after, start)
  const middle = pairsBetween(before.slice(start, before.length - end), after.slice(start, after.length - end))
  const pairs = [
    ...Array.from({ length: start }, (_, index) => [index, index] as const),
    ...middle.map(([left, right]) => [start + left, start + right] as const),
    ...Array.from({ length: end }, (_, index) => [before.length - end + index, after.length - end + index] as const),
  ]
  return runsOf(pairs, before.length, after.length)
}

type Pair = readonly [before: number, after: number]

function sameAtStart(before: readonly string[], after: readonly string[]): number {
  const different = before.findIndex((entry, index) => entry !== after[index])
  return different < 0 ? before.length : different
}

function sameAtEnd(before: readonly string[], after: readonly string[], start: number): number {
  const most = Math.min(before.length, after.length) - start
  let end = 0
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1
  return end
}

function pairsBetween(before: readonly string[], after: readonly string[]): readonly Pair[] {
  if (before.length * after.length > mostComparisons) return []
  const lengths = commonLengths(before, after)
  const width = after.length + 1
  const pairs: Pair[] = []
  for (let left = 0, right = 0; left < before.length && right < after.length; ) {
    if (before[left] === after[right]) pairs.push([left++, right++])
    else if (at(lengths, (left + 1) * width + right) >= at(lengths, left * width + right + 1)) left += 1
    else right += 1
  }
  return pairs
}

/** For each pair of positions, how long the longest common subsequence of the rests is. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint32Array {
  const width = after.length + 1
  const lengths = new Uint32Array((before.length + 1) * width)
  for (let left = before.length - 1; left >= 0; left -= 1) {
    for (let right = after.length - 1; right >= 0; right -= 1) {
      const here = left * width + right
      lengths[here] =
        before[left] === after[right]
          ? at(lengths, here + width + 1) + 1
          : Math.max(at(lengths, here + width), at(lengths, here + 1))
    }
  }
  return lengths
}

function at(lengths: Uint32Array, index: number): number {
  return Number(lengths[index])
}

function runsOf(pairs: readonly Pair[], beforeLength: number, afterLength: number): readonly Run[] {
  const runs: Run[] = []
  let [before, after] = [0, 0]
  for (const [left, right] of [...pairs, [beforeLength, afterLength] as const]) {
    grow(runs, { change: 'removed', before, after, length: left - before })
    grow(runs, { change: 'added', before: left, after, length: right - after })
    if (left < beforeLength) grow(runs, { change: 'same', before: left, after: right, length: 1 })
    before = left + 1
    after = right + 1
  }
  return runs
}

/** Adds a run; one of the same change lengthens the last. */
function grow(runs: Run[], run: Run): void {
  const last = runs.at(-1)
  if (run.length === 0) return
  if (last?.change === run.change) runs[runs.length - 1] = { ...last, length: last.length + run.length }
  else runs.push(run)
}
