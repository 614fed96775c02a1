import { randomUUID } from 'node:crypto'
import { type DefaultKinds, defineMarketplace, type JsonObject, type Store, type StoredEvent } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import {
  answerOf,
  ask,
  type Beginning,
  begin,
  leadId,
  listingId,
  movesOf,
  publisherId,
  type StoryStep,
  staffOf,
  type World,
  wait,
} from '@vitrine/testing'
import { expect } from 'vitest'
import { type Marketplace, openMarketplace } from '../src/index.js'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })

/** A marketplace of the default kinds. */
export type Market = Marketplace<DefaultKinds, Record<never, never>>

export type Answer = { readonly refused: object } | { readonly events: readonly object[] }

/** Where a story has come to, on both sides. */
export interface Stage {
  readonly world: World
  typesWritten(): Promise<readonly string[]>
}

/** What is looked at after each step. */
export type Check = (stage: Stage, answer: Answer, again: () => Promise<Answer>, commandId: string) => Promise<void>

/** What is done before a story begins, and when it has ended. */
export interface Around {
  /** In memory, when absent. */
  readonly store?: Store
  readonly before?: (market: Market) => Promise<unknown>
  readonly after?: (market: Market, world: World) => Promise<unknown>
}

/** Plays a story on a marketplace and in a world side by side, and gives the log of the marketplace. */
export async function played(
  from: Beginning,
  steps: readonly StoryStep[],
  check: Check,
  { before, after, store = memoryStore() }: Around = {},
): Promise<readonly StoredEvent[]> {
  const clock = { now: 0 }
  // The secrets that the world makes: an invitation is accepted with the same one on both sides.
  const made = { token: '' }
  const ids = { uuid: () => randomUUID() as string, token: () => made.token }
  const market = await openMarketplace({ rules, store, staff: staffOf, clock: () => new Date(clock.now), ids })
  const names = new Map<string, string>()
  const read = async () => {
    const events: StoredEvent[] = []
    for await (const page of market.events()) events.push(...page.events.filter(isOfTheStory))
    return events
  }
  let world = begin(rules, 'nothing')
  const perform = async (next: World, checked: boolean) => {
    const { command, facts } = next.asked.at(-1)!
    made.token = facts.made.token
    clock.now = Date.parse(next.now)
    const commandId = `command-${next.asked.length}`
    const asked = JSON.parse(renamed(JSON.stringify(command), names)) as never
    const again = () =>
      market.execute(asked, { by: facts.asker.visitor ? 'visitor' : facts.asker, commandId }) as Promise<Answer>
    const answer = await again()
    learnNames(names, next.events, await read())
    world = next
    const expected = answerOf(next)
    expect('refused' in answer ? answer.refused : 'accepted').toEqual(
      'refused' in expected ? expect.objectContaining({ code: expected.refused.code }) : 'accepted',
    )
    if (checked)
      await check({ world, typesWritten: async () => (await read()).map(({ type }) => type) }, answer, again, commandId)
  }
  /** What the system asks in a world, the policies ask here. */
  const follow = async (next: World) => {
    clock.now = Date.parse(next.now)
    await market.catchUp()
    world = next
  }
  try {
    await before?.(market)
    for (const { facts, command } of begin(rules, from).asked) {
      const { system, visitor } = facts.asker
      const by = visitor ? 'visitor' : facts.asker
      const next = ask({ ...world, now: facts.now }, system ? 'system' : by, command)
      if (system) await follow(next)
      else await perform(next, false)
    }
    for (const step of steps) {
      const waited = wait(world, step.wait)
      const asked = movesOf(waited, step)
        .filter(({ by }) => by !== 'system')
        .map(({ by, command }) => ask(waited, by, command))
      const next = asked.find(({ events }) => events.length > waited.events.length) ?? asked[0]
      if (next) await perform(next, true)
    }
    await after?.(market, world)
    return await read()
  } finally {
    await market.close()
  }
}

const streams = [`listing-${listingId}`, `publisher-${publisherId}`, `lead-${leadId}`]

/** Nothing of slugs, nor of what others do in the same marketplace. */
function isOfTheStory({ stream }: StoredEvent): boolean {
  return streams.includes(stream)
}

/** The ids that the world made, as the marketplace made them. */
function learnNames(
  names: Map<string, string>,
  inWorld: readonly StoredEvent[],
  inMarket: readonly StoredEvent[],
): void {
  inWorld.forEach(({ data }, index) => {
    const made: JsonObject = inMarket[index]?.data ?? {}
    for (const field of ['submissionId', 'questionId', 'evidenceId', 'invitationId', 'endpointId']) {
      const [inOne, inOther] = [data[field], made[field]]
      if (typeof inOne === 'string' && typeof inOther === 'string') names.set(inOne, inOther)
    }
  })
}

function renamed(text: string, names: ReadonlyMap<string, string>): string {
  return [...names].reduce((changed, [from, to]) => changed.replaceAll(from, to), text)
}
