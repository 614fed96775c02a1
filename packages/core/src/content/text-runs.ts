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
  return joined(replacedInWords(runsIn(before, after, linesIn)))
}

function runsIn(before: string, after: string, cut: (text: string) => readonly string[]): readonly TextRun[] {
  const [old, now] = [cut(before), cut(after)]
  return runsBetween(old, now).map((run) => {
    const pieces =
      run.change === 'added'
        ? now.slice(run.after, run.after + run.length)
        : old.slice(run.before, run.before + run.length)
    return { change: run.change, text: pieces.join('') }
  })
}

/** Each line with its end, so that joined they are the text. */
function linesIn(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? []
}

/** Words, and the white space between them. */
function wordsIn(text: string): readonly string[] {
  return text.match(/\s+|\S+/g) ?? []
}

/** A removal and the addition right after it are a replacement. */
function replacedInWords(runs: readonly TextRun[]): readonly TextRun[] {
  return runs.flatMap((run, index) => {
    const [previous, next] = [runs[index - 1], runs[index + 1]]
    if (run.change === 'removed' && next?.change === 'added') return runsIn(run.text, next.text, wordsIn)
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
