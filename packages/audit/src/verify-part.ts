import type { EventStore, StoredEvent } from '@vitrine/core'
import type { DeliveredEvent } from '@vitrine/runtime'
import type { Audited, Watching } from './audited.js'
import type { AnchorVerdict } from './held-to-anchor.js'
import { deliveryIn, parseMisfit } from './parsing.js'
import { chainMisfit, headAfter, type Misfit, type MisfitCode, misfit, type StreamHead } from './stream-head.js'

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

/** Which part of a log: the events behind a position, up to another one. */
export interface Part extends Watching {
  readonly after: number
  readonly to?: number
  readonly onEvent?: (event: StoredEvent) => void
}

/** Streams whose heads stay in memory; the head of another one is looked up in the log. */
const headsInMemory = 20_000
/** Problems that a part names. */
const mostOfPart = 1_000

/** Holds the events of a part of a log to those before them in their streams, also where these stand before the part. */
export async function verifyPart(
  audited: Audited,
  { after, to = Number.MAX_SAFE_INTEGER, onEvent, ...watching }: Part,
): Promise<PartVerdict> {
  const { signal, onProgress } = watching
  const { log } = audited
  const deliver = deliveryIn(audited)
  const heads = new Map<string, StreamHead | 'broken'>()
  const found = findings()

  const keepHead = (stream: string, head: StreamHead | 'broken') => {
    heads.delete(stream)
    heads.set(stream, head)
    if (heads.size > headsInMemory) for (const one of heads.keys().take(headsInMemory / 10)) heads.delete(one)
  }
  const see = (event: StoredEvent, delivered: DeliveredEvent, before: StreamHead | 'broken' | undefined) => {
    found.count(event, delivered.foreign)
    onEvent?.(event)
    if (before === 'broken') return
    const wrong = misfit(before, event) ?? chainMisfit(before, event) ?? parseMisfit(event, delivered)
    if (wrong) found.add(event, wrong)
    keepHead(event.stream, wrong ? 'broken' : headAfter(event))
  }

  for await (const page of log.readAll({ after, ...(signal && { signal }) })) {
    const delivered = await deliver(page.events)
    for (const [at, event] of page.events.entries()) {
      if (event.position > to) return found.verdict()
      // Most heads are at hand: those events do not pay for a promise each.
      const known = heads.get(event.stream)
      see(event, delivered[at]!, known ?? (event.version === 0 ? undefined : await headBefore(log, event)))
    }
    onProgress?.(found.verdict().events)
  }
  return found.verdict()
}

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

/** The event before one of another part, as the log has it now. */
async function headBefore(
  log: EventStore,
  { stream, version, position }: StoredEvent,
): Promise<StreamHead | undefined> {
  const { events } = await log.readStream(stream, { from: Math.max(version - 1, 0), limit: 1 })
  const before = events[0]
  return before && before.position < position ? headAfter(before) : undefined
}

function findings() {
  const problems: Problem[] = []
  let [events, streams, foreign, unchained, broken] = [0, 0, 0, 0, 0]
  let chainedFrom: number | undefined
  let untied: Problem | undefined
  return {
    count(event: StoredEvent, isForeign: boolean) {
      events += 1
      if (event.version === 0) streams += 1
      if (isForeign) foreign += 1
      if (event.metadata.chain !== undefined) {
        chainedFrom ??= event.position
        return
      }
      unchained += 1
      // Behind one that is tied, the first one counts; before any, the last one would do as well.
      if (untied === undefined || (chainedFrom !== undefined && untied.position < chainedFrom))
        untied = problemOf(event, notTied)
    },
    add(event: StoredEvent, wrong: Misfit) {
      broken += 1
      if (problems.length < mostOfPart) problems.push(problemOf(event, wrong))
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

function problemOf({ stream, version, position, id, type }: StoredEvent, { code, sentence }: Misfit): Problem {
  return { code, stream, version, position, id, type, sentence }
}
