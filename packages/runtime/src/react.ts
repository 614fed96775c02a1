import {
  type AnyPolicy,
  type CommandReaction,
  notify,
  type Reaction,
  reactionId,
  type StoredEvent,
  system,
} from '@vitrine/core'
import { RuntimeError } from './errors.js'
import type { HandleCommand } from './handle-command.js'
import type { MessageWiring } from './message-wiring.js'
import { pause } from './pause.js'
import { type Note, parkedNote, refusedNote } from './policy-notes.js'
import type { ReadDocuments } from './read-documents.js'
import { draftOf, requestMessage, tableDrafts } from './request-messages.js'
import { isStoreTrouble } from './store-trouble.js'
import { isLate } from './wait-for-view.js'

/** A chain of reactions ends here: policies that answer each other would go on for ever. */
const mostHops = 16
/** How often an event is tried before its stream is parked. */
const tries = 3

/** What reacting takes. `now` is an instant for the notes. */
export interface Reacting {
  readonly handle: HandleCommand
  readonly now: () => string
  readonly documents: ReadDocuments
  readonly messages: MessageWiring
}

/**
 * Lets a policy react to an event. Each reaction is written once, however often it is run. Gives what is to be noted.
 * @throws what the store throws when it is out of reach, and `not-caught-up` or `view-stopped` of a view that the policy
 * reads: then nothing is decided about the event
 */
export async function react(reacting: Reacting, policy: AnyPolicy, event: StoredEvent): Promise<readonly Note[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runReactions(reacting, policy, event)
    } catch (error) {
      if (isStoreTrouble(error) || isLate(error)) throw error
      if (attempt >= tries) return [parkedNote(policy.name, event, error, reacting.now())]
    }
    await pause(attempt)
  }
}

async function runReactions(reacting: Reacting, policy: AnyPolicy, event: StoredEvent): Promise<readonly Note[]> {
  let refused: Note | undefined
  for await (const reaction of reactionsTo(reacting, policy, event)) {
    if ('message' in reaction) {
      await requestMessage(reacting.messages, policy.name, event, draftOf(reaction))
      continue
    }
    const outcome = await execute(reacting, policy, event, reaction)
    if ('refused' in outcome) refused = refusedNote(event, reaction, outcome.refused, reacting.now())
  }
  for (const draft of policy.name === notify ? await tableDrafts(reacting.messages, event) : [])
    await requestMessage(reacting.messages, policy.name, event, draft)
  return refused ? [refused] : []
}

async function* reactionsTo(
  { documents }: Reacting,
  { on, forEach }: AnyPolicy,
  event: StoredEvent,
): AsyncGenerator<Reaction> {
  yield* on[event.type]?.(event as never) ?? []
  const each = forEach?.[event.type]
  if (!each) return
  for await (const page of documents(each.view, each.where(event as never), event.position)) {
    for (const shown of page) yield* each.react(event as never, shown)
  }
}

function execute({ handle }: Reacting, { name }: AnyPolicy, event: StoredEvent, { key, command }: CommandReaction) {
  const hops = event.metadata.hops + 1
  if (hops > mostHops) throw tooManyHops(name, event)
  return handle({
    command,
    asker: system,
    commandId: reactionId(event.id, name, key),
    correlationId: event.metadata.correlationId,
    causationId: event.id,
    hops,
  })
}

function tooManyHops(policy: string, { stream, version }: StoredEvent): RuntimeError {
  const message = `Policy ${policy} would be reaction ${mostHops + 1} in a row; policies seem to answer each other without end.`
  return new RuntimeError('too-many-hops', message, { stream, version })
}
