import type { Checkpoint, EventStore, LogPage } from '@vitrine/core'
import { isPlace } from './log-head.js'

/** The next page behind a checkpoint, of about so many events. */
export type PageByPage = (after: Checkpoint | undefined, limit: number) => Promise<LogPage>

/**
 * Reads a log page by page. Whoever asks on where the page before it ended goes on in one reading, for which a store may look
 * for a page while the one before it is handled; whoever comes from elsewhere begins another, whose checkpoint is held
 * against the log first.
 */
export function pageByPage(log: EventStore): PageByPage {
  let open: Reading | undefined
  return async (after, limit) => {
    const reading = open && goesOn(open, after, limit) ? open : begin(log, after, limit)
    if (reading !== open) await open?.pages.return?.()
    open = undefined
    const next = await reading.pages.next()
    const page = next.done ? { events: [], through: after, atHead: true } : next.value
    if (!page.atHead) open = { ...reading, end: page.through }
    return page
  }
}

interface Reading {
  readonly pages: AsyncIterator<LogPage>
  readonly limit: number
  /** Where its last page ended. */
  readonly end: Checkpoint | undefined
}

function begin(log: EventStore, after: Checkpoint | undefined, limit: number): Reading {
  const pages = log.readAll({ limit, ...(isPlace(after) && { after }) })
  return { pages: pages[Symbol.asyncIterator](), limit, end: after }
}

function goesOn({ end, limit: has }: Reading, after: Checkpoint | undefined, limit: number): boolean {
  return end?.position === after?.position && end?.id === after?.id && has <= limit * 2 && limit <= has * 2
}
