import type { NewEvent, Store } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import type { Step } from '../logs/lives.js'
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
  await Promise.all(
    Array.from({ length: listings }, async (_, listing) => {
      for (const step of writing) await desk.take(step, listing)
    }),
  )
  let turn = 0
  return {
    async revise() {
      turn += 1
      await desk.take(revision(turn), turn % listings)
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

function revision(turn: number): Step {
  const headline = `Invoices that write themselves, ${turn} times`
  const shortDescription = `Turns delivery notes into invoices and sends them the same day: ${turn} of them by now.`
  const changes = { headline, shortDescription }
  return { after: 0, by: { id: 'u-ada', name: 'Ada Marsh' }, type: 'Revise', payload: () => ({ changes }) }
}
