import type { StoredEvent } from '@vitrine/core'
import type { DeliveredEvent } from '@vitrine/runtime'
import type { Anchor } from './anchor.js'
import type { Audited, Watching } from './audited.js'
import { type AnchorVerdict, heldTo } from './held-to-anchor.js'
import { deliveryIn, parseMisfit } from './parsing.js'
import { spilledMap } from './spilled-map.js'
import { chainMisfit, headAfter, type Misfit, type MisfitCode, misfit, type StreamHead } from './stream-head.js'

/** What {@link verify} is to hold a log to. */
export interface Verifying extends Watching {
  /** Every event must be tied to those before it; by default, every event behind the first one that is. */
  readonly wholeChain?: boolean
  /** How the log stood once: what was cut off or taken away since is found. */
  readonly anchor?: Anchor
  /** How many streams with a problem are listed; 100 by default. The others are counted. */
  readonly most?: number
}

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

/**
 * Reads a whole log and names what does not fit: versions with holes, torn appends, time that runs backwards, broken chains,
 * events that cannot be read. What was cut off at the end of a stream only an anchor shows.
 * @throws StoreError when the log cannot be read, also `aborted`
 */
export async function verify(
  audited: Audited,
  { wholeChain = false, most = 100, anchor, signal, onProgress }: Verifying = {},
): Promise<Verdict> {
  const checking = check(wholeChain, most)
  const anchored = anchor && heldTo(anchor)
  try {
    const deliver = deliveryIn(audited)
    for await (const page of audited.log.readAll(signal ? { signal } : {})) {
      const delivered = await deliver(page.events)
      for (const [at, event] of page.events.entries()) {
        checking.see(event, delivered[at]!)
        anchored?.see(event)
      }
      onProgress?.(checking.verdict().events)
    }
    return { ...checking.verdict(), ...(anchored && { anchor: anchored.verdict() }) }
  } finally {
    checking.close()
    anchored?.close()
  }
}

/** Whether nothing was found that does not fit. */
export function isSound({ broken, anchor }: Verdict): boolean {
  return broken === 0 && anchor?.holds !== false
}

/** Holds event after event to what was seen before. */
function check(wholeChain: boolean, most: number) {
  const heads = spilledMap<StreamHead | 'broken'>()
  const problems: Problem[] = []
  let [events, foreign, unchained, broken, position] = [0, 0, 0, 0, 0]
  let chainedFrom: number | undefined

  const misfitOf = (before: StreamHead | undefined, event: StoredEvent, delivered: DeliveredEvent) =>
    positionMisfit(position, event) ??
    misfit(before, event) ??
    (event.metadata.chain === undefined && (wholeChain || chainedFrom !== undefined) ? untied : undefined) ??
    chainMisfit(before, event) ??
    parseMisfit(event, delivered)

  return {
    see(event: StoredEvent, delivered: DeliveredEvent) {
      events += 1
      if (delivered.foreign) foreign += 1
      if (event.metadata.chain === undefined) unchained += 1
      else chainedFrom ??= event.position
      const before = heads.get(event.stream)
      if (before === 'broken') return
      const found = misfitOf(before, event, delivered)
      position = event.position
      heads.set(event.stream, found ? 'broken' : headAfter(event))
      if (!found) return
      broken += 1
      if (problems.length < most) problems.push(problemOf(event, found))
    },
    verdict: (): Verdict => ({
      events,
      streams: heads.size,
      foreign,
      unchained,
      ...(chainedFrom !== undefined && { chainedFrom }),
      problems,
      broken,
    }),
    close: heads.close,
  }
}

const untied: Misfit = {
  code: 'chain-missing',
  sentence: 'It has no hash, where every event is tied to those before it.',
}

function positionMisfit(before: number, { position }: StoredEvent): Misfit | undefined {
  if (position > before) return undefined
  return { code: 'position-runs-back', sentence: `Its position is ${position}, behind one at ${before}.` }
}

function problemOf({ stream, version, position, id, type }: StoredEvent, { code, sentence }: Misfit): Problem {
  return { code, stream, version, position, id, type, sentence }
}
