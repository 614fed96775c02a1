import { defineMarketplace } from '@vitrine/core'
import { openMarketplace } from '@vitrine/runtime'
import { sqliteStore } from '@vitrine/store-sqlite'

const market = await openMarketplace({
  rules: defineMarketplace({ baseUrl: 'https://market.example' }),
  store: sqliteStore('market.db'),
  staff: (actorId) => (actorId === 'u-olaf' ? 'operator' : undefined),
})
const ada = { id: 'u-ada', name: 'Ada Marsh' }
const olaf = { id: 'u-olaf', name: 'Olaf Brandt' }

const company = await market.execute({ type: 'Register', name: 'Marsh Software' }, { by: ada })
if ('refused' in company) throw new Error(company.refused.message)
const publisherId = company.state.id
await market.execute({ type: 'ApprovePublisher', publisherId }, { by: olaf })

const draft = await market.execute({ type: 'Create', publisherId, kind: 'app', name: 'Ledgerline' }, { by: ada })
if ('refused' in draft) throw new Error(draft.refused.message)
const answer = await market.execute({ type: 'Submit', listingId: draft.state.id, publishMode: 'manual' }, { by: ada })

if ('refused' in answer) console.log(answer.refused.message)
else console.log(answer.state.working.status)
await market.close()
