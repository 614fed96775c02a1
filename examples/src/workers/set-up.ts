import { join } from 'node:path'
import type { Store } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { postgresStore } from '@vitrine/store-postgres'
import { people } from '@vitrine/testing'
import { approvedListing, asking } from './ask.js'
import { openMarket } from './market.js'

const sixtyDays = 60 * 24 * 60 * 60 * 1000

/** A publisher, and listings that were approved almost sixty days ago: their deadlines fall due one after the other. */
export async function setUp(url: string, schema: string, folder: string, deadlines: number): Promise<string> {
  const { ada, luc, olaf } = people
  let now = Date.now() - sixtyDays
  const market = await openMarket(withoutProgress(url, schema), join(folder, 'postbox.txt'), () => new Date(now))
  const ask = asking(market)
  const publisherId = (await ask({ type: 'Register', name: 'Marsh Software' }, ada)).state.id
  await ask({ type: 'ApprovePublisher', publisherId }, olaf)
  await ask({ type: 'GrantAutoPublish', publisherId }, olaf)
  await ask({ type: 'AddMember', publisherId, actorId: luc.id, name: luc.name, role: 'lister' }, ada)
  for (let n = 0; n < deadlines; n += 1) {
    now += 500
    await approvedListing(ask, publisherId, `Too late ${n}`, 'manual')
  }
  await market.close()
  return publisherId
}

/** Policies begin where the log ends when the first worker comes. */
function withoutProgress(url: string, schema: string): Store {
  return {
    open: async () => {
      const { progress } = await memoryStore().open()
      return { ...(await postgresStore({ connectionString: url, schema }).open()), progress }
    },
  }
}
