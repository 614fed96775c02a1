import { randomUUID } from 'node:crypto'
import { defineMarketplace, type JsonObject, type Store, type StoredEvent } from '@vitrine/core'
import { openMarketplace } from '@vitrine/runtime'
import { memoryStore } from '@vitrine/store-memory'
import {
  answerOf,
  ask,
  begin,
  beginnings,
  likelyMoves,
  movesFor,
  staffOf,
  stories,
  type World,
  wait,
} from '@vitrine/testing'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const story = { from: fc.constantFrom(...beginnings), steps: stories(25) }

it('over random stories, the production wiring decides and writes what the rules alone do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.record(story), async ({ from, steps }) => {
      await played(from, steps, async (stage) => {
        expect(await stage.typesWritten()).toEqual(stage.world.events.map(({ type }) => type))
      })
    }),
    { numRuns: 40 },
  )
})

it('T28 over random stories, the same command again gives the same answer and writes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.record(story), async ({ from, steps }) => {
      await played(from, steps, async (stage, answer, again) => {
        const before = (await stage.typesWritten()).length
        const repeated = await again()
        expect((await stage.typesWritten()).length).toBe(before)
        if ('refused' in answer || answer.events.length === 0) return
        expect(repeated).toEqual({ ...answer, duplicate: true })
      })
    }),
    { numRuns: 20 },
  )
})

it('over random stories, a refused command leaves no event under its command id, and time never runs backwards', async () => {
  await fc.assert(
    fc.asyncProperty(fc.record(story), async ({ from, steps }) => {
      const refused = new Set<string>()
      const log = await played(from, steps, async (_stage, answer, _again, commandId) => {
        if ('refused' in answer) refused.add(commandId)
      })
      expect(log.filter(({ metadata }) => refused.has(metadata.command.id))).toEqual([])
      for (const events of Object.values(Object.groupBy(log, ({ stream }) => stream))) {
        const times = (events ?? []).map(({ metadata }) => metadata.occurredAt)
        expect(times).toEqual(times.toSorted())
      }
    }),
    { numRuns: 30 },
  )
})

type Answer = { readonly refused: object } | { readonly events: readonly object[] }
interface Stage {
  readonly world: World
  typesWritten(): Promise<readonly string[]>
}
type Check = (stage: Stage, answer: Answer, again: () => Promise<Answer>, commandId: string) => Promise<void>

/** Plays a story on a marketplace and in a world side by side, and gives the log of the marketplace. */
async function played(
  from: (typeof beginnings)[number],
  steps: readonly { wait: number; pick: number; anybody: boolean }[],
  check: Check,
) {
  const clock = { now: 0 }
  const store: Store = memoryStore()
  // The secrets that the world makes: an invitation is accepted with the same one on both sides.
  const made = { token: '' }
  const ids = { uuid: () => randomUUID() as string, token: () => made.token }
  const market = await openMarketplace({ rules, store, staff: staffOf, clock: () => new Date(clock.now), ids })
  const names = new Map<string, string>()
  const read = async () => {
    const events: StoredEvent[] = []
    for await (const page of market.events()) events.push(...page.events.filter(isOfBoth))
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
    for (const { facts, command } of begin(rules, from).asked) {
      const { system, visitor } = facts.asker
      const by = visitor ? 'visitor' : facts.asker
      const next = ask({ ...world, now: facts.now }, system ? 'system' : by, command)
      if (system) await follow(next)
      else await perform(next, false)
    }
    for (const step of steps) {
      const waited = wait(world, step.wait)
      const moves = (step.anybody ? movesFor(waited) : likelyMoves(waited)).filter(({ by }) => by !== 'system')
      const move = moves[step.pick % moves.length]!
      await perform(ask(waited, move.by, move.command), true)
    }
    return await read()
  } finally {
    await market.close()
  }
}

function isOfBoth({ stream }: StoredEvent): boolean {
  return !stream.startsWith('vanity-')
}

/** The ids that the world made, as the marketplace made them. */
function learnNames(
  names: Map<string, string>,
  inWorld: readonly StoredEvent[],
  inMarket: readonly StoredEvent[],
): void {
  inWorld.forEach(({ data }, index) => {
    const made: JsonObject = inMarket[index]?.data ?? {}
    for (const field of ['submissionId', 'questionId', 'evidenceId', 'invitationId']) {
      const [inOne, inOther] = [data[field], made[field]]
      if (typeof inOne === 'string' && typeof inOther === 'string') names.set(inOne, inOther)
    }
  })
}

function renamed(text: string, names: ReadonlyMap<string, string>): string {
  return [...names].reduce((changed, [from, to]) => changed.replaceAll(from, to), text)
}
