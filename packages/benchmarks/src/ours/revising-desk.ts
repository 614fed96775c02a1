import type { NewEvent, Store } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { people } from '@vitrine/testing'
import { liveTogether } from '../harness/desk.js'
import { listingIdOf } from '../logs/instance.js'
import { toPublication } from '../logs/lives.js'
import { marketplaceDesk } from './marketplace-desk.js'

/** Drafts over a store, and one command after another for them. */
export interface RevisingDesk {
  /** Revises the next draft: one whole command, one event. */
  revise(): Promise<void>
  close(): Promise<void>
}

/** A marketplace with so many drafts, which are revised in turn. */
export async function revisingDesk(store: Store, listings: number): Promise<RevisingDesk> {
  const desk = await marketplaceDesk(store)
  const writing = toPublication('app').slice(0, 2)
  // One after another: of what a thousand commands hold at once the engine learns that it lives long, and keeps it so for ever.
  await liveTogether(desk, writing, listings)
  const ids = Array.from({ length: listings }, (_, listing) => listingIdOf(listing))
  let turn = 0
  return {
    async revise() {
      turn += 1
      const answer = await desk.market.execute(revision(ids[turn % listings]!, turn), { by: people.ada })
      if ('refused' in answer) throw new Error(answer.refused.message)
    },
    close: async () => desk.close?.(),
  }
}

/**
 * Gives so many commands to a store in memory first. An engine takes thousands of commands to learn a path as long as that
 * of a command; a service has given them after its first minutes.
 */
export async function warmUp(commands: number): Promise<void> {
  const desk = await revisingDesk(memoryStore(), Math.min(commands, 1_000))
  for (let command = 0; command < commands; command += 1) await desk.revise()
  await desk.close()
}

/** The event that was stored last: what a revision writes. */
export async function lastEventIn(store: Store): Promise<NewEvent> {
  const opened = await store.open()
  let last: NewEvent | undefined
  for await (const { events } of opened.log.readAll()) last = events.at(-1) ?? last
  await opened.close()
  if (!last) throw new Error('Nothing was stored yet.')
  const { id, type, data, metadata } = last
  return { id, type, data, metadata }
}

function revision(listingId: string, turn: number) {
  const headline = `Invoices that write themselves, ${turn} times`
  const shortDescription = `Turns delivery notes into invoices and sends them the same day: ${turn} of them by now.`
  return { type: 'Revise' as const, listingId, changes: { headline, shortDescription } }
}
