import { hugo, olaf, publishers } from '../cast.js'
import type { Act } from './act.js'

/** Whom the marketplace trusts updates words without a review; the price still needs one. */
export const aTrustedUpdate: Act = {
  needs: ['carnet-clair.json'],
  async play(stage) {
    const { id: listingId, name, publisher } = stage.listing('carnet-clair.json')
    const { id: publisherId, name: company } = publishers[publisher]
    await stage.scene('2026-03-17T14:00Z', `${name} is updated by a publisher that is trusted`)
    await stage.asks(olaf, `trusts ${company} with small updates`, { type: 'GrantAutoApproval', publisherId })
    await stage.asks(
      hugo,
      'writes a better headline, and submits it',
      { type: 'StartRevision', listingId },
      { type: 'Revise', listingId, changes: { headline: 'La facture part avant que le client ne soit rentré' } },
      { type: 'Submit', listingId, publishMode: 'manual' },
    )
    await stage.does(hugo, { type: 'Publish', listingId, revision: 2 })
    await stage.asks(
      hugo,
      'changes the price as well, and submits that',
      { type: 'StartRevision', listingId },
      { type: 'Revise', listingId, changes: { pricing: { model: 'paid', terms: '16 EUR par mois et par personne.' } } },
      { type: 'Submit', listingId, publishMode: 'manual' },
    )
    const { working } = await stage.stateOf(listingId)
    if (working.status === 'submitted') stage.screen.note('Nothing happens by itself: a price always needs a review.')
    await stage.asks(
      hugo,
      'takes it back, the price stays',
      { type: 'RecallSubmission', listingId },
      { type: 'DiscardRevision', listingId },
    )
  },
}
