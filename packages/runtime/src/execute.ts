import type { ExecuteOptions } from './commands.js'
import type { HandleCommand } from './handle-command.js'
import type { Outcome } from './outcome.js'
import { askerOf } from './task.js'
import type { Wiring } from './wiring.js'

/** Commands as callers give them: who asks is established before anything else. */
export function executor(wiring: Wiring, handle: HandleCommand) {
  return async (command: unknown, given: Partial<ExecuteOptions> = {}): Promise<Outcome> => {
    const found = askerOf(wiring, given.by)
    const asker = found instanceof Promise ? await found : found
    if ('refused' in asker) return { refused: asker.refused, position: 0 }
    // Nothing else of what is given: who asks, and in whose name, is never the caller's to say.
    const { commandId, expectedVersion, correlationId } = given
    return await handle({ command, asker, commandId, expectedVersion, correlationId })
  }
}
