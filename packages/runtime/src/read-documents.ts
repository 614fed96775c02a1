import { type AnyView, type FindQuery, shownTo } from '@vitrine/core'
import type { RunningView } from './running-view.js'
import { runningAmong } from './running-view.js'
import { ownCode } from './viewer-of.js'
import { type Waiting, waitForView } from './wait-for-view.js'

/** Documents of a view, page by page, read when it has handled everything up to a position of the log. */
export type ReadDocuments = (
  view: AnyView,
  where: NonNullable<FindQuery['where']>,
  position: number,
) => AsyncGenerator<readonly object[]>

/** What policies read: as the service's own code sees it, with what is personal sealed. No more than a page is held. */
export function documentReader(waiting: Waiting, views: readonly RunningView[]): ReadDocuments {
  return async function* (view, where, position) {
    const running = runningAmong(views, view)
    await waitForView(waiting, running, position)
    for (let cursor: string | undefined; ; ) {
      const page = await running.table.find({ where, ...(cursor !== undefined && { cursor }) })
      yield page.documents.flatMap(({ document }) => shownTo(view, document, ownCode) ?? [])
      cursor = page.cursor
      if (cursor === undefined) return
    }
  }
}
