import { ada, luke, olaf, publishers, rita } from '../cast.js'
import type { Stage } from '../stage.js'
import type { Act } from './act.js'
import { passes, underReview } from './moves.js'

/** An update is written and reviewed while the old revision stays live; meanwhile a right is revoked. */
export const anUpdate: Act = {
  needs: ['ledgerline.json'],
  async play(stage) {
    const { id: listingId, name, publisher } = stage.listing('ledgerline.json')
    await stage.scene('2026-01-26T09:00Z', `${name} is updated; what is live stays live meanwhile`)
    await stage.asks(
      luke,
      'writes a second revision, and submits it to go live without a click',
      { type: 'StartRevision', listingId },
      { type: 'Revise', listingId, changes: { headline: 'Close the month in two days' } },
      { type: 'Submit', listingId, publishMode: 'auto' },
    )
    await stage.asks(olaf, 'takes the right to publish automatically from Marsh Software', {
      type: 'RevokeAutoPublish',
      publisherId: publishers[publisher].id,
    })
    await stage.asks(rita, 'checks and approves it', ...passes(listingId, 'content'), {
      type: 'Approve',
      ...(await underReview(stage, listingId)),
    })
    await showLive(stage, listingId)
    await stage.does(luke, { type: 'Publish', listingId, revision: 2 })
    await showLive(stage, listingId)
  },
}

/** An earlier revision is put back. */
export const aRollback: Act = {
  needs: ['ledgerline.json'],
  async play(stage) {
    const { id: listingId } = stage.listing('ledgerline.json')
    await stage.scene('2026-02-02T16:00Z', 'The new headline promises too much: back to the old one')
    await stage.asks(ada, 'puts revision 1 back', { type: 'Republish', listingId, revision: 1 })
    await showLive(stage, listingId)
  },
}

/** What visitors of the marketplace read now. */
async function showLive({ market, screen }: Stage, listingId: string): Promise<void> {
  const entry = await market.views.catalogue.get(listingId)
  if (entry) screen.note(`Visitors read, in revision ${entry.revision}: “${entry.headline.replace('\n', ' ')}”`)
}
