import { type DefaultKinds, defineMarketplace, type Listing, type Store } from '@vitrine/core'
import { type Command, type Marketplace, openMarketplace } from '@vitrine/runtime'
import { people, staffOf, team } from '@vitrine/testing'
import type { Desk } from '../harness/desk.js'
import { listingIdOf, publisherIdOf } from '../logs/instance.js'
import { commandOf, type Step } from '../logs/lives.js'

const { ada, olaf } = people
const publisherId = publisherIdOf(0)

/** A desk, with the marketplace behind it. */
export interface MarketplaceDesk extends Desk {
  readonly market: Marketplace<DefaultKinds, Record<never, never>>
}

/** A marketplace over a store, with one approved publisher: commands go through `execute`, as a service gives them. */
export async function marketplaceDesk(store: Store): Promise<MarketplaceDesk> {
  const rules = defineMarketplace({ baseUrl: 'https://market.example' })
  const market = await openMarketplace({ rules, store, staff: staffOf })
  await found(market)
  const working = new Map<number, Pick<Listing, 'working'>>()
  return {
    market,
    async take(step, listing) {
      const command = commandFor(step, listing, working.get(listing) ?? nothing)
      const answer = await market.execute(command as Command<DefaultKinds>, { by: step.by })
      if ('refused' in answer) throw new Error(`${step.type} was refused: ${answer.refused.message}`)
      working.set(listing, answer.state as Pick<Listing, 'working'>)
    },
    close: () => market.close(),
  }
}

/** The command of a step for the listing with this number. */
export function commandFor(step: Step, listing: number, state: Pick<Listing, 'working'>) {
  const command = commandOf(step, listingIdOf(listing), state)
  return step.type === 'Create' ? { ...command, publisherId } : command
}

const nothing: Pick<Listing, 'working'> = { working: { status: 'none' } }

async function found(market: Marketplace<DefaultKinds, Record<never, never>>): Promise<void> {
  await market.execute({ type: 'Register', publisherId, name: 'Marsh Software' }, { by: ada })
  await market.execute({ type: 'ApprovePublisher', publisherId }, { by: olaf })
  for (const { id, name } of Object.values(people)) {
    const role = team[id]
    if (role === undefined || id === ada.id) continue
    await market.execute({ type: 'AddMember', publisherId, actorId: id, name, role }, { by: ada })
  }
}
