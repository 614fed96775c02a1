import { type IndexValue, type LiveHistory, type LiveSpan, liveAt } from '@vitrine/core'
import { instantGiven } from './instant.js'
import type { Asking, Finding, ViewQuestions } from './view-question.js'

/** What was live of a listing at an instant. */
export interface LiveListing extends LiveSpan, Pick<LiveHistory, 'listingId' | 'publisherId' | 'kind'> {}

/**
 * What was live at an instant: asked from whichever side of the instant has fewer histories.
 * @throws RuntimeError `invalid-options` when it is none
 */
export async function liveOn(
  histories: ViewQuestions<LiveHistory>,
  instant: Date | string,
  { where, ...asking }: Asking & { readonly where?: { readonly [field: string]: IndexValue } },
): Promise<readonly LiveListing[]> {
  const at = instantGiven(instant)
  const narrowed = { ...asking, ...(where && { where }) }
  const begun = { ...narrowed, order: 'firstFrom', to: at }
  const ended = { ...narrowed, order: 'lastUntil', from: at }
  const [before, after] = await Promise.all([histories.count(begun), histories.count(ended)])
  const found: LiveListing[] = []
  for await (const { listingId, publisherId, kind, ...history } of everyOne(
    histories,
    before < after ? begun : ended,
  )) {
    const span = liveAt(history, at)
    if (span) found.push({ listingId, publisherId, kind, ...span })
  }
  return found
}

async function* everyOne(histories: ViewQuestions<LiveHistory>, finding: Finding): AsyncGenerator<LiveHistory> {
  for (let cursor: string | undefined; ; ) {
    const page = await histories.find({ ...finding, limit: 1000, ...(cursor !== undefined && { cursor }) })
    yield* page.documents
    cursor = page.cursor
    if (cursor === undefined) return
  }
}
