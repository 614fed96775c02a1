import type { Lead, Listing, Person, Publisher, Rules, StoredEvent } from '@vitrine/core'
import { type Expectation, reportOf, type Seen } from './expectations.js'
import { type Command, openStage, type Stage } from './stage.js'

/** A span of time; its parts add up. */
export interface Duration {
  readonly days?: number
  readonly hours?: number
  readonly minutes?: number
  readonly milliseconds?: number
}

/** Somebody asks, time passes, or everything that runs behind (views, policies, deadlines, messages) comes to rest. */
export type Step =
  | { readonly by: Person | 'visitor'; readonly ask: Command }
  | { readonly after: Duration }
  | { readonly catchUp: true }

/** Steps, however they are nested: what is given is put together from what was given before. */
export type Given = Step | readonly Given[]

/**
 * A rule put to the proof: what was, how much later, what is asked by whom, and what comes of it. A plain value.
 *
 * Ids may be left out of commands: they are those of the one listing, publisher and lead, of the current submission,
 * revision and content hash, of the question asked last, and of the invitation made last, with its secret, as a person
 * would read them off the screen and in their mail.
 */
export interface Scenario {
  readonly given?: Given
  readonly after?: Duration
  /** One command by `by`, or several steps. */
  readonly when: Command | readonly Step[]
  readonly by?: Person | 'visitor'
  /** What `when` wrote, in order, what was sent of it, and how its last command was answered. Nothing else may have been written. */
  readonly expect: readonly Expectation[]
}

/** What a scenario came to, for whatever its expectations do not say. */
export interface Played {
  readonly events: readonly StoredEvent[]
  readonly listing: Listing
  readonly publisher: Publisher
  readonly lead: Lead
  /** What was sent about these events, in no order. */
  readonly messages: Seen['messages']
  /** The answer to the last command. */
  readonly answer: Seen['answer']
}

/**
 * Plays a scenario on the production wiring over a memory store, with a clock that only moves when the scenario says so.
 * @throws Error that prints the scenario, what happened instead, and the state, when an expectation is not met
 */
export async function scenario(rules: Rules, asked: Scenario): Promise<Played> {
  const { given = [], after, when, by, expect } = asked
  const stage = await openStage(rules)
  try {
    for (const step of flat(given)) await play(stage, step)
    if (after) stage.wait(lengthOf(after))
    await stage.mark()
    for (const step of stepsOf(when, by)) await play(stage, step)
    const seen = await stage.seen()
    const states = await stage.states()
    const report = reportOf(expect, seen)
    if (report !== undefined) throw new Error([report, ...toldOf(asked), ...stateOf(states)].join('\n'))
    return { ...seen, ...states }
  } finally {
    await stage.close()
  }
}

/** The scenario as it was written, a line for each step. */
function toldOf({ given = [], after, when, by }: Scenario): readonly string[] {
  return [
    'The scenario:',
    ...flat(given).map((step) => `  given ${stepText(step)}`),
    ...(after ? [`  after ${JSON.stringify(after)}`] : []),
    ...stepsOf(when, by).map((step) => `  when ${stepText(step)}`),
  ]
}

function stepText(step: Step): string {
  if ('after' in step) return `it is later: ${JSON.stringify(step.after)}`
  if ('catchUp' in step) return 'everything comes to rest'
  const { type, ...payload } = step.ask
  return `${step.by === 'visitor' ? 'a visitor' : step.by.name} asks ${type} ${shortened(JSON.stringify(payload))}`
}

function stateOf({ listing, publisher, lead }: Pick<Played, 'listing' | 'publisher' | 'lead'>): readonly string[] {
  const { working, live } = listing
  return [
    'It ends with:',
    `  the listing ${listing.exists ? `working ${working.status}, live ${live.status}` : 'not there'}`,
    `  working ${shortened(JSON.stringify(working))}`,
    `  live ${shortened(JSON.stringify(live))}`,
    `  the publisher ${publisher.status}, ${JSON.stringify(publisher.rights)}`,
    `  the lead ${lead.status}`,
  ]
}

function shortened(text: string): string {
  return text.length > 400 ? `${text.slice(0, 400)} …` : text
}

async function play(stage: Stage, step: Step): Promise<void> {
  if ('ask' in step) await stage.ask(step.by, step.ask)
  else if ('after' in step) stage.wait(lengthOf(step.after))
  else await stage.catchUp()
}

function stepsOf(when: Scenario['when'], by: Scenario['by']): readonly Step[] {
  if (isSteps(when)) return when
  if (by === undefined) throw new Error(`The scenario does not say by whom ${when.type} is asked.`)
  return [{ by, ask: when }]
}

function flat(given: Given): readonly Step[] {
  return isNested(given) ? given.flatMap(flat) : [given]
}

function isNested(given: Given): given is readonly Given[] {
  return Array.isArray(given)
}

function isSteps(when: Scenario['when']): when is readonly Step[] {
  return Array.isArray(when)
}

function lengthOf({ days = 0, hours = 0, minutes = 0, milliseconds = 0 }: Duration): number {
  return ((days * 24 + hours) * 60 + minutes) * 60_000 + milliseconds
}
