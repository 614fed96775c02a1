import type { CommandRow } from '../cli/command-row.js'
import { anchorCommand } from './anchor-command.js'
import { atCommand } from './at-command.js'
import { deadlinesDueCommand } from './deadlines-command.js'
import { diffCommand } from './diff-command.js'
import { explainCommand } from './explain-command.js'
import { historyCommand } from './history-command.js'
import { liveCommand } from './live-command.js'
import { messagesListCommand, messagesResendCommand } from './messages-commands.js'
import { parkedListCommand, parkedRetryCommand, parkedSkipCommand } from './parked-commands.js'
import { reportCommand } from './report-command.js'
import { tailCommand } from './tail-command.js'
import { traceCommand } from './trace-command.js'
import { exportCommand, importCommand } from './transfer-commands.js'
import { verifyCommand } from './verify-command.js'
import { viewsBuildCommand, viewsListCommand, viewsRebuildCommand } from './views-commands.js'

import { whatIfCommand } from './what-if-command.js'

/** Everything that the tool does, in the order in which help lists it. */
export const commands: readonly CommandRow[] = [
  historyCommand,
  explainCommand,
  traceCommand,
  atCommand,
  liveCommand,
  diffCommand,
  reportCommand,
  verifyCommand,
  anchorCommand,
  whatIfCommand,
  exportCommand,
  importCommand,
  deadlinesDueCommand,
  tailCommand,
  messagesListCommand,
  messagesResendCommand,
  parkedListCommand,
  parkedRetryCommand,
  parkedSkipCommand,
  viewsListCommand,
  viewsBuildCommand,
  viewsRebuildCommand,
]
