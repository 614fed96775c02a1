import { join } from 'node:path'
import { postgresStore } from '@vitrine/store-postgres'
import { approvedListing, asking } from './ask.js'
import { openMarket } from './market.js'

export interface Work {
  readonly url: string
  readonly schema: string
  readonly folder: string
  readonly name: string
  readonly publisherId: string
  readonly stopping: AbortSignal
  /** Is told the id of every event that was acknowledged. */
  readonly say: (id: string) => void
}

/** Writes, submits and approves listings, as fast as it can, while it runs views, policies, deadlines and deliveries. */
export async function work({ url, schema, folder, name, publisherId, stopping, say }: Work): Promise<void> {
  const store = postgresStore({ connectionString: url, schema, connections: 5, patience: 2_000 })
  const market = await openMarket(store, join(folder, 'postbox.txt'))
  market.start()
  const ask = asking(market, ({ events }) => {
    for (const { id } of events) say(id)
  })
  for (let n = 0; !stopping.aborted; n += 1) {
    await approvedListing(ask, publisherId, `${name} ${n}`, 'auto').catch(passOver)
  }
  await market.close()
}

/** Who stood still finds that its calls took too long: then this listing stays as it is, and the next one is begun. */
function passOver(fault: unknown): void {
  const code = fault instanceof Error && 'code' in fault ? fault.code : undefined
  if (code !== 'unavailable' && code !== 'unknown-outcome') throw fault
}
