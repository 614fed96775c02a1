import { randomUUID } from 'node:crypto'
import { type EventLog, eventLog } from './log/event-log.js'
import { openJournal } from './log/journal.js'
import { knownIds } from './log/known-ids.js'
import { metadataStreamOf } from './log/logged-event.js'
import type { ServerState } from './log/server-state.js'

interface Options {
  readonly folder?: string
  readonly rememberedIds?: number
  readonly now?: () => number
}

const rememberedIds = 120_000

/** What a server knows when it starts: an empty log, or the one that an earlier server left in its folder. */
export function openState(options: Options): { readonly state: ServerState; close(): void } {
  const now = options.now ?? Date.now
  const journal = options.folder === undefined ? inMemory : openJournal(options.folder)
  const log = eventLog(journal.commits, journal.store, now)
  if (log.events.length === 0) writeFirst(log)
  return { state: { log, known: knownIds(options.rememberedIds ?? rememberedIds), now }, close: journal.close }
}

const inMemory = { commits: [], store: () => {}, close: () => {} }

/** No log is empty: a server writes events of its own before anyone else can. */
function writeFirst(log: EventLog): void {
  const data = Buffer.from('{"$maxAge":2592000}')
  const event = { id: randomUUID(), type: '$metadata', isJson: true, data, metadata: new Uint8Array() }
  log.write([{ ...event, stream: metadataStreamOf('$scavenges'), revision: 0 }])
}
