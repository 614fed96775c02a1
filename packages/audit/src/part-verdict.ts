import type { StoredEvent, StoredText } from '@vitrine/core'
import type { DeliveredEvent } from '@vitrine/runtime'
import type { AnchorVerdict } from './held-to-anchor.js'
import type { Misfit, MisfitCode } from './stream-head.js'

/** What a log was found to be. */
export interface Verdict {
  readonly events: number
  readonly streams: number
  /** Events of streams that this marketplace does not write: their versions and chains alone were looked at. */
  readonly foreign: number
  /** Events without a hash. */
  readonly unchained: number
  /** Position of the first event that is tied to those before it. */
  readonly chainedFrom?: number
  /** The first thing that does not fit in each stream, in the order of the log. */
  readonly problems: readonly Problem[]
  /** Streams with a problem, also those that are not listed. */
  readonly broken: number
  /** What the anchor says, where one was given. */
  readonly anchor?: AnchorVerdict
}

/** An event that does not fit, and why. */
export interface Problem {
  readonly code: MisfitCode
  readonly stream: string
  readonly version: number
  readonly position: number
  readonly id: string
  readonly type: string
  readonly sentence: string
}

/** What was found in a part of a log. */
export interface PartVerdict {
  readonly events: number
  /** Streams that begin in it. */
  readonly streams: number
  readonly foreign: number
  readonly unchained: number
  readonly chainedFrom?: number
  /** The first event without a hash, as a problem: it is one where an earlier event has a hash, or all must have one. */
  readonly untied?: Problem
  /** The first problem of each stream in this part; so many at the most. */
  readonly problems: readonly Problem[]
  readonly broken: number
}

/** An event, and what it is to the code of today. */
export interface Read {
  readonly stored: StoredEvent
  readonly delivered: DeliveredEvent
}

/** Problems that a part names. */
const mostOfPart = 1_000

/** One verdict on the parts of a log, in their order. */
export function verdictOf(parts: readonly PartVerdict[], wholeChain: boolean, most: number): Verdict {
  const sum = (count: (part: PartVerdict) => number) => parts.reduce((total, part) => total + count(part), 0)
  const chainedFrom = wholeChain ? 0 : parts.find((part) => part.chainedFrom !== undefined)?.chainedFrom
  const untied = parts.flatMap((part) =>
    part.untied && chainedFrom !== undefined && part.untied.position > chainedFrom ? [part.untied] : [],
  )
  const problems = [...untied, ...parts.flatMap((part) => part.problems)].toSorted((a, b) => a.position - b.position)
  const firsts = [...new Map(problems.toReversed().map((problem) => [problem.stream, problem])).values()].toReversed()
  const from = parts.find((part) => part.chainedFrom !== undefined)?.chainedFrom
  return {
    events: sum(({ events }) => events),
    streams: sum(({ streams }) => streams),
    foreign: sum(({ foreign }) => foreign),
    unchained: sum(({ unchained }) => unchained),
    ...(from !== undefined && { chainedFrom: from }),
    problems: firsts.slice(0, most),
    broken: Math.max(firsts.length, ...parts.map(({ broken }) => broken)),
  }
}

/** Gathers the verdict on a part, event by event. */
export function findings() {
  const problems: Problem[] = []
  let [events, streams, foreign, unchained, broken] = [0, 0, 0, 0, 0]
  let chainedFrom: number | undefined
  let untied: Problem | undefined
  return {
    count(texts: StoredText, read: Read | Misfit) {
      events += 1
      if (texts.version === 0) streams += 1
      if (!('stored' in read)) return
      if (read.delivered.foreign) foreign += 1
      if (read.stored.metadata.chain !== undefined) {
        chainedFrom ??= texts.position
        return
      }
      unchained += 1
      // Behind one that is tied, the first one counts; before any, the last one would do as well.
      if (untied === undefined || (chainedFrom !== undefined && untied.position < chainedFrom))
        untied = problemOf(texts, notTied)
    },
    add(texts: StoredText, wrong: Misfit) {
      broken += 1
      if (problems.length < mostOfPart) problems.push(problemOf(texts, wrong))
    },
    verdict: (): PartVerdict => ({
      events,
      streams,
      foreign,
      unchained,
      ...(chainedFrom !== undefined && { chainedFrom }),
      ...(untied && { untied }),
      problems,
      broken,
    }),
  }
}

const notTied: Misfit = {
  code: 'chain-missing',
  sentence: 'It has no hash, where every event is tied to those before it.',
}

function problemOf({ stream, version, position, id, type }: StoredText, { code, sentence }: Misfit): Problem {
  return { code, stream, version, position, id, type, sentence }
}
