import { type AnyCommand, reactionId, system } from '@vitrine/core'
import type { Apart } from './host.js'
import type { Outcome } from './outcome.js'
import type { Asked, Task } from './task.js'

/** Gives a command of the system that belongs to another one. */
export type GiveApart = (asked: Asked) => Promise<Outcome>

export const nothingApart: Apart = { first: [], behind: [] }

/**
 * Writes one stream between commands for others. Whoever dies in between leaves what the policies of the registry find and
 * settle; the same holds for what fails behind the append.
 */
export async function writeApart<Written extends object>(
  task: Task,
  { first, behind }: Apart,
  give: GiveApart,
  write: () => Promise<Written>,
): Promise<Written | { readonly moved: undefined }> {
  for (const command of first) {
    if ('refused' in (await give(partOf(task, command)))) return { moved: undefined }
  }
  const written = await write()
  if ('refused' in written) return written
  await Promise.all(behind.map((command) => give(partOf(task, command)))).catch(() => undefined)
  return written
}

/** Before the append it is known by its id when it is given again; behind it, what the listing says counts. */
function partOf({ commandId, correlationId, hops }: Task, command: AnyCommand): Asked {
  const known = 'version' in command && { commandId: reactionId(commandId, command.type, JSON.stringify(command)) }
  return { command, asker: system, correlationId, causationId: commandId, hops, ...known }
}
