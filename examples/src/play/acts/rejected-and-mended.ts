import { camille, hugo, ines, rita } from '../cast.js'
import type { Act } from './act.js'
import { passes, underReview, writes } from './moves.js'

/** A listing is rejected with reasons, mended, approved, and published by somebody who may. */
export const rejectedAndMended: Act = {
  needs: ['carnet-clair.json'],
  async play(stage) {
    const listing = stage.listing('carnet-clair.json')
    const { id: listingId, name } = listing
    await stage.scene('2026-01-14T09:00Z', `${name} is rejected, mended, and published by hand`)
    await writes(stage, hugo, listing)
    await stage.asks(hugo, 'wants it to go live without a click', { type: 'Submit', listingId, publishMode: 'auto' })
    await stage.does(hugo, { type: 'Submit', listingId, publishMode: 'manual' })
    await stage.quietly(rita, { type: 'StartReview', listingId })
    await stage.asks(rita, 'finds two things that will not do', {
      type: 'Reject',
      ...(await underReview(stage, listingId)),
      reasons,
    })
    await stage.asks(
      hugo,
      'mends both, and submits it again',
      { type: 'Revise', listingId, changes: mended },
      { type: 'Submit', listingId, publishMode: 'manual' },
    )
    await stage.does(rita, ...passes(listingId, 'content'), {
      type: 'Approve',
      ...(await underReview(stage, listingId)),
    })
    await stage.asks(ines, 'wants to publish it', { type: 'Publish', listingId, revision: 1 })
    await stage.does(camille, { type: 'Publish', listingId, revision: 1 })
  },
}

const reasons = [
  {
    field: 'shortDescription',
    seen: 'It promises “no bad surprise”, which nobody can keep.',
    howToFix: 'Say what it does.',
  },
  { field: 'pricing', seen: 'It is not clear when paying begins.', howToFix: 'Name the month.' },
]

const mended = {
  shortDescription:
    'Photographiez un reçu, Carnet Clair propose l’écriture et dit pourquoi. Déclarations de TVA prêtes à signer, sans jargon.',
  pricing: {
    model: 'paid',
    terms: '14 EUR par mois dès le troisième mois, sans engagement ; les deux premiers sont offerts.',
  },
} as const
