import { luke, rita } from '../cast.js'
import type { Act } from './act.js'
import { underReview } from './moves.js'

/** Nobody publishes what was approved: there are reminders, then the approval is void. */
export const anApprovalExpires: Act = {
  needs: ['ten-day-move.json'],
  async play(stage) {
    const { id: listingId, name } = stage.listing('ten-day-move.json')
    await stage.scene('2026-02-03T12:00Z', `Nobody publishes ${name}, and the days go by`)
    await stage.daysPass('2026-03-16T12:00Z')
    await stage.scene('2026-03-17T09:00Z', 'Too late; but what was checked need not be checked again')
    await stage.asks(luke, 'wants to publish it now', { type: 'Publish', listingId, revision: 1 })
    await stage.asks(luke, 'submits it again, unchanged', {
      type: 'Submit',
      listingId,
      publishMode: 'manual',
      comment: 'We were on holiday.',
    })
    await stage.does(rita, { type: 'Approve', ...(await underReview(stage, listingId)) })
    await stage.does(luke, { type: 'Publish', listingId, revision: 1 })
  },
}
