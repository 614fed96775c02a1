import { type DueCommand, type JsonObject, type Rules, type SweptDeadline, shownTo, system } from '@vitrine/core'
import { codeOf, reasonOf } from './errors.js'
import type { HandleCommand } from './handle-command.js'
import type { Logger } from './logger.js'
import type { RunningView } from './running-view.js'
import { isStoreTrouble } from './store-trouble.js'
import { ownCode } from './viewer-of.js'

/** What a sweep takes. The view is at the head when it begins; that it is not quite any more does no harm (T4). */
export interface Sweeping {
  readonly deadline: SweptDeadline
  readonly view: RunningView
  readonly rules: Rules
  readonly now: () => string
  /** Where the log stood when the sweep began. */
  readonly head: number
  readonly handle: HandleCommand
  readonly atOnce: number
  readonly logger: Logger
  readonly stopping: AbortSignal
}

/** Gives every command that is due now, the oldest deadline first. Gives for how many of them something was written since the sweep began. */
export async function sweepDeadlines(sweeping: Sweeping): Promise<number> {
  const { deadline, rules } = sweeping
  const now = sweeping.now()
  const to = new Date(Date.parse(now) + deadline.ahead(rules)).toISOString()
  let written = 0
  for (let cursor: string | undefined; ; ) {
    const page = await sweeping.view.table.find({
      order: deadline.field,
      // Where no deadline runs, the field is null, which comes before every text.
      from: '',
      to,
      limit: 1000,
      ...(cursor !== undefined && { cursor }),
    })
    const due = page.documents.flatMap(({ document }) => dueOn(sweeping, document, now))
    written += await giveAll(sweeping, due)
    cursor = page.cursor
    if (cursor === undefined || sweeping.stopping.aborted) return written
  }
}

function dueOn({ deadline, rules }: Sweeping, document: JsonObject, now: string): readonly DueCommand[] {
  const shown = shownTo(deadline.view, document, ownCode)
  return shown ? deadline.due(shown, rules, now) : []
}

/** A few at once: as soon as one is done, the next one begins. */
async function giveAll(sweeping: Sweeping, due: readonly DueCommand[]): Promise<number> {
  const waiting = due.values()
  let written = 0
  const work = async () => {
    for (const one of waiting) {
      if (sweeping.stopping.aborted) return
      if (await give(sweeping, one)) written += 1
    }
  }
  await Promise.all(Array.from({ length: Math.min(sweeping.atOnce, due.length) }, work))
  return written
}

/** One that fails does not keep the others from being given; the next sweep finds it again. */
async function give({ handle, head, logger }: Sweeping, { command, commandId }: DueCommand): Promise<boolean> {
  try {
    // Also what is refused, or finds itself written: what fell due before it on its stream was written first.
    const { position } = await handle({ command, commandId, asker: system })
    return position > head
  } catch (error) {
    if (isStoreTrouble(error)) throw error
    logger.error(`${command.type} was due and could not be decided.`, { code: codeOf(error), reason: reasonOf(error) })
    return false
  }
}
