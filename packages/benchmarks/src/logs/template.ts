import { isRefused, type JsonObject, type Rules, type StoredEvent } from '@vitrine/core'
import { answerOf, ask, begin, listingId, publisherId, type World, wait } from '@vitrine/testing'
import { commandOf, type Life } from './lives.js'

/** The events of one command. */
export type Decision = readonly StoredEvent[]

/** A life as it was lived once: every event in it was decided by the rules. */
export interface Template {
  readonly weight: number
  readonly kind: Life['kind']
  readonly decisions: readonly Decision[]
  /** What was submitted, by its hash. */
  readonly submitted: readonly { readonly hash: string; readonly content: JsonObject }[]
}

/** Lives a life, in a world of its own. */
export function lived(rules: Rules, { weight, kind, steps }: Life): Template {
  const decisions: Decision[] = []
  const submitted = new Map<string, JsonObject>()
  steps.reduce(
    (world, step) => {
      const payload = commandOf(step, listingId, world.listing)
      const command = step.type === 'Create' ? { ...payload, publisherId } : payload
      const after = ask(wait(world, step.after * 3_600_000), step.by, command)
      decisions.push(eventsOf(after))
      const { working } = after.listing
      if (working.status === 'submitted') submitted.set(working.submission.contentHash, working.content)
      return after
    },
    begin(rules, 'publisher'),
  )
  return { weight, kind, decisions, submitted: [...submitted].map(([hash, content]) => ({ hash, content })) }
}

/** The events by which a publisher and its team come into being. */
export function publisherDecisions(rules: Rules): readonly Decision[] {
  return begin(rules, 'publisher').asked.map(({ answer }) => (isRefused(answer) ? [] : answer))
}

function eventsOf(world: World): Decision {
  const answer = answerOf(world)
  if (!isRefused(answer) && answer.length > 0) return answer
  const { command } = world.asked.at(-1)!
  throw new Error(`This life does not go on: ${JSON.stringify(command)} was answered ${JSON.stringify(answer)}.`)
}
