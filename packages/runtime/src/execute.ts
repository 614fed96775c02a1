import type { Refused } from '@vitrine/core'
import type { ExecuteOptions } from './commands.js'
import type { HandleCommand } from './handle-command.js'
import type { Outcome } from './outcome.js'
import { invalidCommand } from './parse-command.js'
import { askerOf } from './task.js'
import type { Wiring } from './wiring.js'

/** Commands as callers give them: who asks is established before anything else. */
export function executor(wiring: Wiring, handle: HandleCommand) {
  return async (command: unknown, given: Partial<ExecuteOptions> = {}): Promise<Outcome> => {
    const stray = Object.keys(given).find((option) => !Object.hasOwn(options, option))
    if (stray !== undefined) return { ...unknownOption(stray), position: 0 }
    const found = askerOf(wiring, given.by)
    const asker = found instanceof Promise ? await found : found
    if ('refused' in asker) return { refused: asker.refused, position: 0 }
    // Nothing else of what is given: who asks, and in whose name, is never the caller's to say.
    const { commandId, expectedVersion, correlationId } = given
    return await handle({ command, asker, commandId, expectedVersion, correlationId })
  }
}

const options: { readonly [Option in keyof Required<ExecuteOptions>]: true } = {
  by: true,
  commandId: true,
  expectedVersion: true,
  correlationId: true,
}

/** A misspelt one would be without effect: a `comandId` would let a repeat write twice. */
function unknownOption(option: string): Refused {
  const sentence = `There is no option ${option}: one of ${Object.keys(options).join(', ')} was expected.`
  return invalidCommand(sentence, option, 'is no option')
}
