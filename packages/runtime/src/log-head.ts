import type { Checkpoint, EventStore, LogPage } from '@vitrine/core'

/** Where a log ends; `undefined` while it is empty. No event is delivered for the question. */
export async function headOf(log: EventStore, after = 0): Promise<Checkpoint | undefined> {
  let head: Checkpoint | undefined
  for await (const page of log.readAll({ after, types: [], limit: Number.MAX_SAFE_INTEGER }))
    head = page.through ?? head
  return head
}

/** The next page behind a checkpoint, which is held against the log first. */
export async function pageAfter(
  log: EventStore,
  after: Checkpoint | undefined,
  options: { readonly limit: number; readonly types?: readonly string[] },
): Promise<LogPage> {
  for await (const page of log.readAll({ ...options, ...(isPlace(after) && { after }) })) return page
  return { events: [], through: after, atHead: true }
}

/** Resolves when the log has grown beyond a position, or the signal says stop. */
export async function untilGrown(log: EventStore, after: number, signal: AbortSignal): Promise<void> {
  for await (const page of log.readAll({ after, limit: 1, types: [], follow: true, signal })) {
    if ((page.through?.position ?? 0) > after) return
  }
}

/** The place before the first event, for those who must remember that they stood there. */
export function beginningOf({ logId }: EventStore): Checkpoint {
  return { logId, position: 0, id: '' }
}

/** Whether a checkpoint is behind an event: the beginning of a log is not. */
export function isPlace(checkpoint: Checkpoint | undefined): checkpoint is Checkpoint {
  return checkpoint !== undefined && checkpoint.position > 0
}
