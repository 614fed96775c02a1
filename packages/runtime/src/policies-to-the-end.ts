import type { Checkpoint, EventStore, ViewStore, ViewTable } from '@vitrine/core'
import { codeOf } from './errors.js'
import { headOf } from './log-head.js'
import { policyShape, tablePrefix } from './running-policy.js'

/**
 * Moves every policy that ever ran here to the end of the log: it acts on nothing that stands there now. For who writes what was
 * decided elsewhere, long ago; no runner may be at work meanwhile.
 */
export async function policiesToTheEnd(log: EventStore, progress: ViewStore): Promise<void> {
  const head = await headOf(log)
  if (!head) return
  for (const { name } of await progress.list()) {
    if (!name.startsWith(tablePrefix)) continue
    await moveTo(await progress.open(policyShape(name.slice(tablePrefix.length))), head)
  }
}

async function moveTo(table: ViewTable, head: Checkpoint): Promise<void> {
  for (;;) {
    const { checkpoint } = await table.status()
    if (checkpoint?.logId === head.logId && checkpoint.position >= head.position) return
    try {
      await table.write({ from: checkpoint, to: head, put: [], remove: [] })
    } catch (error) {
      if (codeOf(error) !== 'checkpoint-moved') throw error
    }
  }
}
