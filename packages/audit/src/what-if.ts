import type { Rules, StoredEvent } from '@vitrine/core'
import { allHostsOf, type DecidedEvent, type Host, type StreamKind } from '@vitrine/runtime'
import { type AskedAgain, askingAgain, decidedOn, dueOn, type Ground, unreadableOn } from './asked-again.js'
import type { Audited, Watching } from './audited.js'
import { commandsIn } from './commands-in.js'
import { differenceOf } from './events-differ.js'
import { pastStates, stateAfter } from './past-states.js'
import { type SpilledMap, spilledMap } from './spilled-map.js'
import { type Decision, decisionOf } from './verify-decisions.js'

/** A decision that other rules would have made otherwise. */
export interface OtherDecision extends Decision {
  readonly sentence: string
  /**
   * `decision`: these rules alone make the difference · `consequence`: it follows from an earlier difference in the same stream
   * or in one that the decision leaned on · `time`: something would have fallen due, and been written, before this command.
   */
  readonly because: 'decision' | 'consequence' | 'time'
}

/**
 * Decides a whole log again under other rules, as if they had always held: what would have come out differently, and when.
 * Each stream goes on from what the other rules would have made of it, with the commands that were given then.
 * @throws StoreError when the log cannot be read
 */
export async function* whatIf(
  { log, rules }: Audited,
  others: Rules,
  watching: Watching = {},
): AsyncGenerator<OtherDecision> {
  const askAgain = askingAgain(rules, pastStates(log, rules))
  const turned = spilledMap<TurnedStream>(2_000)
  const hosts = allHostsOf(others)
  let last = ''
  try {
    for await (const written of commandsIn(log, watching)) {
      const asked = await askAgain(written)
      if (!asked) continue
      const host = hosts.find(({ aggregate }) => Object.hasOwn(aggregate.rows, written.type))!
      yield* otherwise({ ...asked, host }, turned)
      last = asked.events[0]!.metadata.occurredAt
    }
    for (const [stream, one] of turned.entries()) yield* inTheEnd(hosts, stream, one, last)
  } finally {
    turned.close()
  }
}

/** What the others would have made of a stream, and the last command that was given on it. */
interface TurnedStream {
  readonly state: object
  readonly last: Decision
}

type Turned = Pick<SpilledMap<TurnedStream>, 'get' | 'set'>

/** What would have fallen due between the last command and the end of the log. */
function* inTheEnd(
  hosts: readonly Host[],
  stream: string,
  { state, last }: TurnedStream,
  at: string,
): Generator<OtherDecision> {
  const host = hosts.find(({ aggregate }) => stream.startsWith(aggregate.prefix))!
  for (const { command, events } of dueOn({ host, own: state, leansOn: [] }, at)) {
    const sentence = `${events.map(inWords).join(', ')} would have been written after this.`
    yield { ...last, command: command.type, sentence, because: 'time' }
  }
}

function* otherwise(asked: AskedAgain, turned: Turned): Generator<OtherDecision> {
  const { host, own, leansOn, events } = asked
  const first = events[0]!
  const last = decisionOf(first)
  const before = turned.get(own.stream)
  const others = leansOn.map((one) => ({ ...one, state: turned.get(one.stream)?.state ?? one.state }))
  let ground: Ground = { host, own: before?.state ?? own.state, leansOn: others }
  let isTurned = before !== undefined

  for (const { command, events: due } of dueOn(ground, first.metadata.occurredAt)) {
    // What time decided then, it would decide now: as it was, or with another deadline.
    const isTheSame = command.type === last.command
    const sentence = isTheSame
      ? differenceOf(events, due)
      : `${due.map(inWords).join(', ')} would have been written by then.`
    if (sentence !== undefined) yield { ...last, sentence, because: 'time' }
    if (isTheSame && sentence === undefined && !isTurned) return
    ground = { ...ground, own: grown(asked, ground.own, due) }
    isTurned = true
    if (isTheSame) return turned.set(own.stream, { state: ground.own, last })
  }
  const decided = unreadableOn(ground, asked) ?? decidedOn(ground, asked)
  const sentence = differenceOf(events, decided)
  const follows = isTurned || leansOn.some(({ stream }) => turned.get(stream) !== undefined)
  if (sentence !== undefined) yield { ...last, sentence, because: follows ? 'consequence' : 'decision' }
  if (sentence === undefined && !isTurned) return
  turned.set(own.stream, { state: 'refused' in decided ? ground.own : grown(asked, ground.own, decided), last })
}

function inWords({ type, data }: DecidedEvent): string {
  return 'publishBy' in data ? `${type} (the deadline was ${String(data.publishBy)})` : type
}

function grown({ host, events }: AskedAgain, state: object, decided: readonly DecidedEvent[]): object {
  const like = events[0]!
  const stored = decided.map(({ type, data }) => ({ ...like, type, data }) as StoredEvent)
  return stateAfter(host.aggregate as StreamKind, state, stored)
}
