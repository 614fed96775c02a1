import { randomUUID } from 'node:crypto'
import { type EventStore, type Listing, listingAggregate, type OpenStore, type Person, type Store } from '@vitrine/core'
import { openMarketplace } from '@vitrine/runtime'
import type * as fc from 'fast-check'
import { lifecycleRules } from '../lifecycle/lifecycle-rules.js'
import { people, staffOf } from '../people.js'
import { enquiry } from '../sample-content.js'

const { ada, luc, olaf } = people

/** An answer, as far as a model looks at it. */
export type RealAnswer =
  | { readonly refused: { readonly code: string } }
  | {
      readonly events: readonly { readonly id: string; readonly type: string }[]
      readonly version: number
      readonly position: number
      readonly duplicate?: true
    }

/** A marketplace over a store, opened twice: what one writes the other did not see coming. */
export interface RealMarket {
  readonly publisherId: string
  readonly listingId: string
  readonly leadId: string
  /** The later of the two doors opens when `door` is 1. */
  ask(
    command: object,
    by: Person | 'visitor',
    how?: { readonly commandId?: string; readonly door?: number },
  ): Promise<RealAnswer>
  /** What is asked meanwhile reaches the store in the order that the scheduler finds. */
  atOnce<Answer>(asked: () => Promise<Answer>): Promise<Answer>
  listing(): Promise<Listing>
  leadStatus(): Promise<string>
  setTime(now: number): void
  rest(): Promise<void>
  restart(): Promise<void>
  close(): Promise<void>
}

/** Opens it with an approved publisher, Ada who leads its team, and Luc who lists. */
export async function openRealMarket(store: Store, scheduler: fc.Scheduler, begun: number): Promise<RealMarket> {
  const [publisherId, listingId, leadId] = [randomUUID(), randomUUID(), randomUUID()]
  let now = begun
  const race = { on: false }
  const racing = scheduled(store, scheduler, race)
  const open = () => {
    const options = { rules: lifecycleRules, store: racing, staff: staffOf, clock: () => new Date(now) }
    return Promise.all([openMarketplace(options), openMarketplace(options)])
  }
  let doors = await open()
  const close = async () => {
    await Promise.all(doors.map((door) => door.close()))
  }
  const ask: RealMarket['ask'] = async (command, by, { commandId = randomUUID(), door = 0 } = {}) =>
    (await doors[door % 2]!.execute(command as never, { by, commandId })) as RealAnswer
  await ask({ type: 'Register', publisherId, name: 'Marsh Software' }, ada)
  await ask({ type: 'ApprovePublisher', publisherId }, olaf)
  await ask({ type: 'GrantAutoPublish', publisherId }, olaf)
  await ask({ type: 'AddMember', publisherId, actorId: luc.id, name: luc.name, role: 'lister' }, ada)
  return {
    publisherId,
    listingId,
    leadId,
    ask,
    async atOnce(asked) {
      race.on = true
      try {
        return await scheduler.waitFor(asked())
      } finally {
        race.on = false
      }
    },
    listing: async () =>
      ((await doors[0].asOperator.listing(listingId))?.state ?? listingAggregate.decider.initial()) as Listing,
    leadStatus: async () => (await doors[0].asOperator.lead(leadId))?.state.status ?? 'none',
    setTime: (later) => {
      now = later
    },
    rest: () => doors[0].catchUp(),
    restart: async () => {
      await close()
      doors = await open()
    },
    close,
  }
}

/** What a visitor asks who wants to know more. */
export function capture({ leadId, listingId }: RealMarket): object {
  return { type: 'CaptureLead', leadId, listingId, ...enquiry }
}

/** The same store; while a race is on, each append and each reading of a stream waits for its turn. */
function scheduled(store: Store, scheduler: fc.Scheduler, race: { readonly on: boolean }): Store {
  const later = <Answer>(label: string, act: () => Promise<Answer>) =>
    race.on ? scheduler.schedule(Promise.resolve(), label).then(act) : act()
  return {
    open: async (): Promise<OpenStore> => {
      const opened = await store.open()
      const { log } = opened
      const raced: EventStore = {
        ...log,
        append: (...asked) => later('append', () => log.append(...asked)),
        readStream: (...asked) => later('read', () => log.readStream(...asked)),
      }
      return { ...opened, log: raced }
    },
  }
}
