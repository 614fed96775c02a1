import type { MessageLog, StreamAtVersion } from '@vitrine/core'
import type { Deliveries } from './deliver-messages.js'
import { codeOf } from './errors.js'
import { messageKind } from './message-streams.js'
import { lookAgain } from './running-view.js'

const day = 86_400_000
const pageSize = 500

/** Forgets messages that ended long enough ago: first in their log, then in the view. Gives how many. */
export async function forgetMessages({ view, wiring, messageRules }: Deliveries, log: MessageLog): Promise<number> {
  const to = new Date(wiring.clock().getTime() - messageRules.keepForDays * day).toISOString()
  for (let forgotten = 0; ; ) {
    const { documents } = await view.table.find({ order: 'endedAt', from: '', to, limit: pageSize })
    const gone = await log.forget(documents.map(({ key, document }) => streamAt(key, document)))
    if (gone.length === 0) return forgotten
    await forgetInView(
      view,
      gone.map((stream) => stream.slice(messageKind.prefix.length)),
    )
    forgotten += gone.length
  }
}

function streamAt(key: string, { version }: { readonly version?: unknown }): StreamAtVersion {
  return { stream: `${messageKind.prefix}${key}`, version: Number(version) }
}

/** The view stays where it stands: what is forgotten is no event. */
async function forgetInView(view: Deliveries['view'], keys: readonly string[]): Promise<void> {
  for (;;) {
    const { checkpoint } = view
    if (!checkpoint) return
    try {
      return await view.table.write({ from: checkpoint, to: checkpoint, put: [], remove: keys })
    } catch (error) {
      if (codeOf(error) !== 'checkpoint-moved') throw error
      await lookAgain(view)
    }
  }
}
