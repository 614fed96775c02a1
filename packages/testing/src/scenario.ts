import type { Lead, Listing, Person, Publisher, Rules, StoredEvent } from '@vitrine/core'
import { type Expectation, isOfMessages, refused, reportOf, type Seen } from './expectations.js'
import { type Command, openStage, type Stage } from './stage.js'

/** A span of time; its parts add up. */
export interface Duration {
  readonly days?: number
  readonly hours?: number
  readonly minutes?: number
  readonly milliseconds?: number
}

/**
 * Somebody asks, time passes, or everything that runs behind (views, policies, deadlines, messages) comes to rest. Who is
 * meant to be refused, as one whom somebody else overtook, is so with the code in `refused`.
 */
export type Step =
  | { readonly by: Person | 'visitor'; readonly ask: Command; readonly refused?: string }
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
  /** None of these steps may be refused, unless it says so. */
  readonly given?: Given
  readonly after?: Duration
  /** One command by `by`, or several steps. No step but the last command may be refused, unless it says so. */
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
 * @throws Error that prints the scenario, what happened instead, and the state, when an expectation is not met, or a step
 * is refused that should not be
 */
export async function scenario(rules: Rules, { given = [], after, when, by, expect }: Scenario): Promise<Played> {
  const stage = await openStage(rules)
  const told = ['The scenario:']
  const take = async (word: string, step: Step) => {
    const answer = await play(stage, step)
    told.push(`  ${word} ${stepText(step)}${answer ? ` → ${outcomeText(answer)}` : ''}`)
    return answer
  }
  const takeOn = async (word: string, step: Step) => {
    const strayed = strayedAt(step, await take(word, step))
    if (strayed !== undefined) throw failure(strayed, told, await stage.states())
  }
  try {
    for (const step of flat(given)) await takeOn('given', step)
    if (after) {
      stage.wait(lengthOf(after))
      told.push(`  after ${JSON.stringify(after)}`)
    }
    await stage.mark()
    const steps = stepsOf(when, by)
    const last = steps.findLastIndex((step) => 'ask' in step)
    for (const [at, step] of steps.entries()) await (at === last ? take : takeOn)('when', step)
    if (expect.some(isOfMessages)) await stage.catchUp()
    const seen = await stage.seen()
    const states = await stage.states()
    const report = reportOf([...expect, ...meantOf(steps[last])], seen)
    if (report !== undefined) throw failure(report, told, states)
    return { ...seen, ...states }
  } finally {
    await stage.close()
  }
}

type States = Pick<Played, 'listing' | 'publisher' | 'lead'>

function failure(report: string, told: readonly string[], states: States): Error {
  return new Error([report, ...told, ...stateOf(states)].join('\n'))
}

/** How a step that others build on came out otherwise than it says. */
function strayedAt(step: Step, answer: Seen['answer']): string | undefined {
  const meant = 'ask' in step ? step.refused : undefined
  const refusal = answer && 'refused' in answer ? answer.refused : undefined
  if (refusal?.code === meant) return undefined
  const asked = `The scenario goes no further.\n  ${stepText(step)}`
  if (!refusal) return `${asked}, and is not refused with ${meant}.`
  const text = `${asked}, and is refused with ${refusal.code}: ${refusal.message}`
  return meant === undefined
    ? `${text}\n  Where that is meant, the step says so: { by, ask, refused: '${refusal.code}' }.`
    : `${text}\n  It is meant to be refused with ${meant}.`
}

function meantOf(step: Step | undefined): readonly Expectation[] {
  return step && 'ask' in step && step.refused !== undefined ? [refused(step.refused)] : []
}

function outcomeText(answer: NonNullable<Seen['answer']>): string {
  if ('refused' in answer) return `refused: ${answer.refused.code}`
  return answer.events.map(({ type }) => type).join(', ') || 'nothing to do'
}

function stepText(step: Step): string {
  if ('after' in step) return `it is later: ${JSON.stringify(step.after)}`
  if ('catchUp' in step) return 'everything comes to rest'
  const { type, ...payload } = step.ask
  return `${step.by === 'visitor' ? 'a visitor' : step.by.name} asks ${type} ${shortened(JSON.stringify(payload))}`
}

function stateOf({ listing, publisher, lead }: States): readonly string[] {
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

async function play(stage: Stage, step: Step): Promise<Seen['answer']> {
  if ('ask' in step) return stage.ask(step.by, step.ask)
  if ('after' in step) stage.wait(lengthOf(step.after))
  else await stage.catchUp()
  return undefined
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
