import { type Run, runsBetween } from './in-common.js'

/** A piece of a text: in both, only in the one before, or only in the one after. */
export interface TextRun {
  readonly change: Run['change']
  readonly text: string
}

/**
 * How one text became another. Lines are compared first, then the words of each block of lines that was replaced, so
 * that a long text costs what its changed blocks cost; a block too big to compare is shown as removed and added.
 */
export function textRuns(before: string, after: string): readonly TextRun[] {
  return joined(replacedInWords(runsIn(before, after, lines)))
}

function runsIn(before: string, after: string, pieces: RegExp): readonly TextRun[] {
  const old = cut(before, pieces)
  const now = cut(after, pieces)
  return runsBetween(old, now).map(({ change, before: from, after: to, length }) => {
    const entries = change === 'added' ? now.slice(to, to + length) : old.slice(from, from + length)
    return { change, text: entries.join('') }
  })
}

function cut(text: string, pieces: RegExp): readonly string[] {
  return Array.from(text.matchAll(pieces), ([piece]) => piece)
}

/** Each line with its end, so that joined they are the text. */
const lines = /[^\n]*\n|[^\n]+/g

/** Words and signs, each with the white space before it. */
const words = /\s*(?:[\p{L}\p{N}\p{M}]+|[^\s\p{L}\p{N}\p{M}]+)|\s+/gu

/** A removal and the addition right after it are a replacement. */
function replacedInWords(runs: readonly TextRun[]): readonly TextRun[] {
  return runs.flatMap((run, index) => {
    const [previous, next] = [runs[index - 1], runs[index + 1]]
    if (run.change === 'removed' && next?.change === 'added') return runsIn(run.text, next.text, words)
    return run.change === 'added' && previous?.change === 'removed' ? [] : [run]
  })
}

/** Neighbours of one change become one run. */
function joined(runs: readonly TextRun[]): readonly TextRun[] {
  return runs.reduce<TextRun[]>((list, run) => {
    const last = list.at(-1)
    if (last?.change !== run.change) list.push(run)
    else list[list.length - 1] = { change: run.change, text: last.text + run.text }
    return list
  }, [])
}
