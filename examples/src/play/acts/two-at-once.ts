import { camille, hugo, rita } from '../cast.js'
import type { Asked } from '../stage.js'
import type { Act } from './act.js'
import { passes, underReview, writes } from './moves.js'

/** Two people save the same draft at the same moment: nothing is lost without somebody being told. */
export const twoAtOnce: Act = {
  needs: ['cloture-sereine.json'],
  async play(stage) {
    const listing = stage.listing('cloture-sereine.json')
    const { id: listingId, name } = listing
    await stage.scene('2026-01-20T09:00Z', `${name}: two people save the same draft at the same moment`)
    const seen = { expectedVersion: await writes(stage, hugo, listing) }

    const { market, screen } = stage
    const geography: Asked = { type: 'Revise', listingId, changes: { geography: ['Île-de-France', 'Suisse romande'] } }
    const markets: Asked = { type: 'Revise', listingId, changes: { markets: ['BE', 'CH', 'FR'] } }
    const [first, second] = await Promise.all([
      market.execute(geography, { by: hugo, ...seen }),
      market.execute(markets, { by: camille, ...seen }),
    ])
    screen.asked(named(hugo), 'saves other regions')
    await stage.tell([first])
    screen.asked(named(camille), 'saves other countries, having read the same draft as Hugo')
    await stage.tell([second])
    screen.note('Camille reads it again; her change still makes sense.')
    await stage.does(camille, markets)
    await stage.quietly(hugo, { type: 'Submit', listingId, publishMode: 'manual' })
    await stage.quietly(rita, { type: 'StartReview', listingId }, { type: 'RequestEvidence', listingId, ...wanted })
    await stage.quietly(hugo, { type: 'ProvideEvidence', listingId, ...given })
    const approval = await underReview(stage, listingId)
    await stage.quietly(rita, ...passes(listingId, 'content', 'proofOfAbility'), { type: 'Approve', ...approval })
    screen.note('It is submitted, proves what it can do, and is approved, as the one before.')
    await stage.does(camille, { type: 'Publish', listingId, revision: 1 })
  },
}

const check = 'proofOfAbility'
const wanted = { check, text: 'Une association que vous avez formée.' }
const given = { check, references: [{ customer: 'Les Amis du Rail', engagement: 'trois journées en mars' }] }

function named({ name, role }: typeof hugo): string {
  return `${name} (${role})`
}
