import { randomUUID } from 'node:crypto'
import { type AnyPolicy, isRefused, type Rules, type Store, type StoredEvent } from '@vitrine/core'
import { openMarketplace } from '@vitrine/runtime'
import * as fc from 'fast-check'
import { type LivedWorld, livedWorlds, storyOf } from '../histories.js'
import { memoryNotifier } from '../memory-notifier.js'
import { directory, staffOf } from '../people.js'
import { byOf } from './law.js'
import type { LawOptions } from './laws-of.js'
import { answersByChance, policiesAnswer, standsStill } from './policy-law.js'

/** What histories are played on. */
export interface Wiring {
  readonly policies: readonly AnyPolicy[]
  readonly newStore: () => Store
}

/**
 * Plays histories on a marketplace. What is refused leaves no event under its command id; every message is about an event
 * that is in the log, and is sent once; a marketplace at rest says nothing more; and no policy stands still or answers by
 * chance.
 */
export async function holdsOnTheWiring(
  rules: Rules,
  wiring: Wiring,
  { runs = 100, seed, path: _path, ...how }: LawOptions,
): Promise<void> {
  const histories = livedWorlds(rules, { ...how, maxLength: 12 })
  const found = await fc.check(
    fc.asyncProperty(histories, async (world) => (await breachOn(rules, wiring, world)) === undefined),
    { numRuns: Math.ceil(runs / 10), ...(seed !== undefined && { seed }) },
  )
  const [world] = found.counterexample ?? []
  if (!found.failed || !world) return
  const { law, sentence } = (await breachOn(rules, wiring, world)) ?? {
    law: 'another one each time',
    sentence: String(found.errorInstance),
  }
  const lines = [
    `A law is broken: ${law}.`,
    `  ${sentence}`,
    'The shortest history found:',
    ...storyOf(world).map((line) => `  ${line}`),
    `To see it again: { seed: ${found.seed} }`,
  ]
  throw new Error(lines.join('\n'))
}

const messagesHaveReasons = 'every message has a reason in the log, and what is refused writes nothing'

interface Breach {
  readonly law: string
  readonly sentence: string
}

async function breachOn(rules: Rules, { policies, newStore }: Wiring, world: LivedWorld): Promise<Breach | undefined> {
  let now = 0
  let token = ''
  const names = new Map<string, string>()
  const notifiers = [memoryNotifier(), memoryNotifier({ by: 'webhook' })]
  const market = await openMarketplace({
    rules,
    policies,
    store: newStore(),
    staff: staffOf,
    people: directory,
    notifiers,
    clock: () => new Date(now),
    ids: { uuid: randomUUID, token: () => token },
  })
  const sent = () => notifiers.flatMap((notifier) => notifier.sent.map(({ id }) => id))
  try {
    const refused = new Set<string>()
    for (const [at, { facts, command, answer: decided }] of world.asked.entries()) {
      const by = byOf(facts.asker)
      now = Math.max(now, Date.parse(facts.now))
      if (by === 'system') continue
      const commandId = `asked-${at}`
      token = facts.made.token
      const answer = (await market.execute(renamed(command, names) as never, { by, commandId })) as Answer
      if ('refused' in answer) refused.add(commandId)
      else if (!isRefused(decided)) learnNames(names, decided, answer.events)
    }
    await market.catchUp()
    const log: StoredEvent[] = []
    for await (const page of market.events()) log.push(...page.events)
    const unanswered = standsStill(await market.parked()) ?? answersByChance(policies, log)
    if (unanswered !== undefined) return { law: policiesAnswer, sentence: unanswered }
    const { documents } = await market.asOperator.messages.find({ limit: 1000 })
    const told = sent()
    await market.catchUp()
    const unfounded =
      whatTheRefusedWrote(log, refused) ??
      groundlessAmong(documents, log) ??
      (new Set(told).size < told.length ? 'A message was sent twice.' : undefined) ??
      (sent().length > told.length ? 'At rest, another message was sent.' : undefined)
    return unfounded === undefined ? undefined : { law: messagesHaveReasons, sentence: unfounded }
  } finally {
    await market.close()
  }
}

function whatTheRefusedWrote(log: readonly StoredEvent[], refused: ReadonlySet<string>): string | undefined {
  const written = log.find(({ metadata }) => refused.has(metadata.command.id))
  return written && `${written.metadata.command.type} was refused, and wrote ${written.type}.`
}

function groundlessAmong(
  messages: readonly { readonly kind: string; readonly event: { readonly id: string } }[],
  log: readonly StoredEvent[],
): string | undefined {
  const groundless = messages.find(({ event }) => !log.some((one) => one.id === event.id))
  return groundless && `A message of the kind ${groundless.kind} is about an event that is not in the log.`
}

type Answer = { readonly refused: object } | { readonly events: Told }

type Told = readonly { readonly data: object }[]

/** The ids that were made in the history, as the marketplace made them. */
function learnNames(names: Map<string, string>, decided: Told, done: Told): void {
  for (const [at, { data }] of decided.entries()) {
    const made = new Map<string, unknown>(Object.entries(done[at]?.data ?? {}))
    for (const [field, id] of Object.entries(data)) {
      const other = made.get(field)
      if (field.endsWith('Id') && typeof id === 'string' && typeof other === 'string') names.set(id, other)
    }
  }
}

function renamed(command: object, names: ReadonlyMap<string, string>): unknown {
  const text = [...names].reduce((changed, [from, to]) => changed.replaceAll(from, to), JSON.stringify(command))
  return JSON.parse(text)
}
