import { type AnyPolicy, type CommandReaction, reactionId, type StoredEvent, system } from '@vitrine/core'
import { RuntimeError } from './errors.js'
import type { HandleCommand } from './handle-command.js'
import { pause } from './pause.js'
import { type Note, parkedNote, refusedNote } from './policy-notes.js'
import { isStoreTrouble } from './store-trouble.js'

/** A chain of reactions ends here: policies that answer each other would go on for ever. */
const mostHops = 16
/** How often an event is tried before its stream is parked. */
const tries = 3

/** What reacting takes. `now` is an instant for the notes. */
export interface Reacting {
  readonly handle: HandleCommand
  readonly now: () => string
}

/**
 * Lets a policy react to an event. Each reaction is written once, however often it is run. Gives what is to be noted.
 * @throws what the store throws when it is out of reach: then nothing is decided about the event
 */
export async function react(reacting: Reacting, policy: AnyPolicy, event: StoredEvent): Promise<readonly Note[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runReactions(reacting, policy, event)
    } catch (error) {
      if (isStoreTrouble(error)) throw error
      if (attempt >= tries) return [parkedNote(policy.name, event, error, reacting.now())]
    }
    await pause(attempt)
  }
}

async function runReactions(reacting: Reacting, policy: AnyPolicy, event: StoredEvent): Promise<readonly Note[]> {
  const notes: Note[] = []
  for (const reaction of policy.on[event.type]?.(event as never) ?? []) {
    if (!('command' in reaction)) continue
    const outcome = await execute(reacting, policy, event, reaction)
    if ('refused' in outcome) notes.push(refusedNote(event, reaction, outcome.refused, reacting.now()))
  }
  return notes
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
