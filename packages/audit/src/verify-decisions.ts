import { type Guard, rulesFingerprintText, type StoredEvent, type Version } from '@vitrine/core'
import { sha256 } from '@vitrine/runtime'
import { type AskedAgain, askingAgain, decidedOn, dueOn } from './asked-again.js'
import type { Audited, Watching } from './audited.js'
import { commandsIn } from './commands-in.js'
import { differenceOf } from './events-differ.js'
import { pastStates } from './past-states.js'
import { type SpilledMap, spilledMap } from './spilled-map.js'

/** What came of deciding a whole log again. */
export interface DecisionsVerdict {
  readonly commands: number
  /** Commands that were decided under rules with another fingerprint than these: some may differ for that alone. */
  readonly underOtherRules: number
  /** Decisions that come out otherwise, in the order of the log; so many are listed as were asked for. */
  readonly differing: readonly DifferingDecision[]
  readonly differ: number
  /** Appends whose facts had moved between the decision and the append. Never any where the store guards them. */
  readonly moved: readonly MovedFacts[]
  readonly move: number
}

/** Where a command stands in the log, and who gave it. */
export interface Decision {
  readonly command: string
  readonly commandId: string
  readonly stream: string
  readonly version: number
  readonly position: number
  readonly at: string
  readonly by: { readonly id: string; readonly name: string; readonly role: string }
}

export interface DifferingDecision extends Decision {
  readonly sentence: string
  /** The fingerprint of the rules then, when it is not that of these. */
  readonly otherRules?: string
}

export interface MovedFacts extends Decision {
  /** Streams that the decision leaned on, the versions that it saw, and those at which they stood at the append. */
  readonly facts: readonly (Guard & { readonly stood: Version })[]
}

/**
 * Decides a whole log again: for every command, the state, the facts and the rules of then must lead to the events that were
 * written, and what had fallen due before must have been written first. Where the store could not guard what a decision
 * leaned on, each append whose facts had moved is named.
 * @throws StoreError when the log cannot be read · VitrineError `newer-than-this-code`
 */
export async function verifyDecisions(
  { log, rules }: Audited,
  { most = 100, ...watching }: Watching & { readonly most?: number } = {},
): Promise<DecisionsVerdict> {
  const states = pastStates(log, rules)
  const askAgain = askingAgain(rules, states)
  const stood = spilledMap<Stood>()
  const fingerprint = sha256(rulesFingerprintText(rules))
  const differing: DifferingDecision[] = []
  const moved: MovedFacts[] = []
  let [commands, underOtherRules, differ, move] = [0, 0, 0, 0]
  // Also a log that has moved from a store that writes one stream at a time to one that writes several.
  let isApart = !log.traits.spansStreams
  try {
    for await (const written of commandsIn(log, watching)) {
      isApart ||= written.type === 'ReserveSlug'
      const asked = await askAgain(written)
      if (asked) {
        commands += 1
        const first = asked.events[0]!
        const otherRules = first.metadata.rules === fingerprint ? undefined : first.metadata.rules
        if (otherRules !== undefined) underOtherRules += 1
        const sentence = whatDiffers(asked, isApart)
        if (sentence !== undefined) differ += 1
        if (sentence !== undefined && differing.length < most)
          differing.push({ ...decisionOf(first), sentence, ...(otherRules !== undefined && { otherRules }) })
        const facts = movedSince(first, stood)
        if (facts.length > 0) move += 1
        if (facts.length > 0 && moved.length < most) moved.push({ ...decisionOf(first), facts })
      }
      for (const events of written.writes) {
        const { stream, version, metadata } = events.at(-1)!
        stood.set(stream, { version, causationId: metadata.causationId })
      }
    }
  } finally {
    stood.close()
  }
  return { commands, underOtherRules, differing, differ, moved, move }
}

/** Whether every decision comes out as it was written, on facts that had not moved. */
export function allDecidedSo({ differ, move }: DecisionsVerdict): boolean {
  return differ === 0 && move === 0
}

export function decisionOf({ stream, version, position, metadata }: StoredEvent): Decision {
  const { command, occurredAt: at, actor: by } = metadata
  return { command: command.type, commandId: command.id, stream, version, position, at, by }
}

/** @param isApart the registry of slugs is asked by itself: what belongs beside an append comes before and behind it */
function whatDiffers(asked: AskedAgain, isApart: boolean): string | undefined {
  const { host, own, after, leansOn, events, beside, unrecorded } = asked
  if (unrecorded.length > 0) return `It leans on ${unrecorded.join(' and ')}, which is not recorded with it.`
  const ground = { host, own: own.state, leansOn }
  const { metadata } = events[0]!
  const due = dueOn(ground, metadata.occurredAt).filter(({ command }) => command.type !== metadata.command.type)
  if (due[0]) return `${due[0].events.map(({ type }) => type).join(', ')} was due by then, and was not written first.`
  const difference = differenceOf(events, decidedOn(ground, asked))
  if (difference !== undefined || (isApart && beside.length === 0)) return difference
  const alongside = host.alongside(own.state, after.state).map(({ event }) => event)
  return differenceOf(beside, alongside, ' beside it')
}

/** How a stream stood when an append came. */
interface Stood {
  readonly version: number
  /** Of its last event. */
  readonly causationId: string
}

/** What a command wrote for itself beforehand, such as the reservation of a slug, is no move of its facts. */
function movedSince({ stream, metadata }: StoredEvent, stood: Pick<SpilledMap<Stood>, 'get'>): MovedFacts['facts'] {
  const others = metadata.basis.filter((guard) => guard.stream !== stream)
  return others.flatMap((guard) => {
    const now = stood.get(guard.stream)
    const version = now?.version ?? 'none'
    const next = guard.version === 'none' ? 0 : guard.version + 1
    if (version === guard.version || (version === next && now?.causationId === metadata.command.id)) return []
    return [{ ...guard, stood: version }]
  })
}
