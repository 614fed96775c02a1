import type { CommandRow } from '../cli/command-row.js'
import { atCommand } from './at-command.js'
import { historyCommand } from './history-command.js'
import { liveCommand } from './live-command.js'

/** Everything that the tool does, in the order in which help lists it. */
export const commands: readonly CommandRow[] = [historyCommand, atCommand, liveCommand]
