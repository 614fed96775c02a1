import { type JsonObject, preview } from '@vitrine/core'
import { ada, luke, publishers } from '../cast.js'
import type { Stage } from '../stage.js'
import type { Act } from './act.js'
import { writes } from './moves.js'

/** A draft is looked at before anybody else does, handed in too early, and filled in. */
export const aDraftIsNotReady: Act = {
  needs: ['ledgerline.json'],
  async play(stage) {
    const { id: listingId, publisher, kind, name, changes, vanityUrl = 'ledgerline' } = stage.listing('ledgerline.json')
    await stage.scene('2026-01-06T10:00Z', `${name} is written, and looked at before anybody else sees it`)
    await stage.does(ada, { type: 'Create', listingId, publisherId: publishers[publisher].id, kind, name })
    await showPreview(stage, listingId)
    await stage.asks(ada, 'wants to submit it at once', { type: 'Submit', listingId, publishMode: 'auto' })
    await stage.asks(
      ada,
      'fills it in from ledgerline.json, and wants a short address for it',
      { type: 'Revise', listingId, changes },
      { type: 'ClaimVanityUrl', listingId, slug: vanityUrl },
    )
    await showPreview(stage, listingId)
  },
}

/** A listing that is complete, and breaks three guidelines, is saved but not taken in. */
export const guidelinesAreBroken: Act = {
  needs: ['wonder-boards.json'],
  async play(stage) {
    const listing = stage.listing('wonder-boards.json')
    await stage.scene('2026-01-06T14:00Z', `${listing.name} breaks three guidelines: saved, but not taken in`)
    await writes(stage, luke, listing)
    await stage.asks(luke, 'wants to submit it', { type: 'Submit', listingId: listing.id, publishMode: 'manual' })
  },
}

/** What the page of a listing would be: a question, which leaves no trace. */
async function showPreview({ rules, screen, stateOf }: Stage, listingId: string): Promise<void> {
  const { kind, working } = await stateOf(listingId)
  if (working.status === 'none') return
  const content: JsonObject = { ...working.content } as JsonObject
  const page = preview(rules, {
    kind,
    listingId,
    content,
    ...(working.slug === undefined ? {} : { slug: working.slug }),
  })
  screen.note(
    page.missing.length > 0
      ? `Preview: ${page.percent} % complete; ${page.missing.length} fields are missing.`
      : `Preview: ${page.percent} % complete, at ${page.url}, in ${page.sections.length} sections.`,
  )
}
