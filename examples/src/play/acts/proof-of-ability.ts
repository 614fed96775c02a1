import { luke, rita } from '../cast.js'
import type { Act } from './act.js'
import { passes, underReview, writes } from './moves.js'

/** A service must prove that it can do what it offers. */
export const proofOfAbility: Act = {
  needs: ['ten-day-move.json'],
  async play(stage) {
    const listing = stage.listing('ten-day-move.json')
    const { id: listingId, name } = listing
    await stage.scene('2026-01-12T09:30Z', `${name}: a service proves that it can do what it offers`)
    await writes(stage, luke, listing)
    await stage.does(luke, { type: 'Submit', listingId, publishMode: 'manual' })
    await stage.quietly(rita, { type: 'StartReview', listingId }, ...passes(listingId, 'content'))
    await stage.asks(rita, 'reads it, and asks for customers who know the service', {
      type: 'RequestEvidence',
      listingId,
      check: 'proofOfAbility',
      text: 'Two companies that you moved.',
    })
    await stage.asks(rita, 'wants to approve it before there is an answer', {
      type: 'Approve',
      ...(await underReview(stage, listingId)),
    })
    await stage.does(luke, {
      type: 'ProvideEvidence',
      listingId,
      check: 'proofOfAbility',
      references: [
        { customer: 'Hollis Joinery', engagement: '60 people', contact: 'Rob Hollis, +44 20 7946 0018' },
        { customer: 'Brook & Fen', engagement: '4 shops', contact: 'Ines Fen, +44 20 7946 0911' },
      ],
    })
    await stage.asks(rita, 'telephones both, then approves', ...passes(listingId, 'proofOfAbility'), {
      type: 'Approve',
      ...(await underReview(stage, listingId)),
    })
    stage.screen.note('Approved is not live: it waits for Luke’s click, for 60 days at most. Keep the date in mind.')
  },
}
