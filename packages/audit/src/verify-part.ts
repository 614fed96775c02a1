import type { EventStore, StoredEvent, StoredText } from '@vitrine/core'
import type { Deliver } from '@vitrine/runtime'
import type { Audited, Watching } from './audited.js'
import { dataMisfit, deliveryIn, eventIn, metadataMisfit } from './parsing.js'
import { findings, type PartVerdict, type Read } from './part-verdict.js'
import { storedTexts } from './stored-texts.js'
import { chainMisfit, headAfter, type Misfit, placeMisfit, type StreamHead, writingMisfit } from './stream-head.js'

/** Which part of a log: the events behind a position, up to another one. */
export interface Part extends Watching {
  readonly after: number
  readonly to?: number
  readonly onEvent?: (event: StoredEvent) => void
}

/** Streams whose heads stay in memory; the head of another one is looked up in the log. */
const headsInMemory = 20_000
/** Few enough that what was parsed of a page is let go of while it is young. */
const pageSize = 200

/** Holds the events of a part of a log to those before them in their streams, also where these stand before the part. */
export async function verifyPart(
  audited: Audited,
  { after, to = Number.MAX_SAFE_INTEGER, onEvent, ...watching }: Part,
): Promise<PartVerdict> {
  const { signal, onProgress } = watching
  const { log } = audited
  const deliver = deliveryIn(audited)
  const heads = new Map<string, StreamHead | 'broken'>()
  const found = findings()

  const keepHead = (stream: string, head: StreamHead | 'broken') => {
    heads.delete(stream)
    heads.set(stream, head)
    if (heads.size > headsInMemory) for (const one of heads.keys().take(headsInMemory / 10)) heads.delete(one)
  }
  const see = ({ texts, read }: Seen, before: StreamHead | 'broken' | undefined) => {
    found.count(texts, read)
    if ('stored' in read) onEvent?.(read.stored)
    if (before === 'broken') return
    const wrong = 'stored' in read ? misfit(before, texts, read) : read
    if (wrong) found.add(texts, wrong)
    keepHead(texts.stream, 'stored' in read && !wrong ? headAfter(read.stored) : 'broken')
  }

  for await (const page of storedTexts(log, { after, limit: pageSize, ...(signal && { signal }) })) {
    for (const seen of await seenIn(page.events, deliver)) {
      const { stream, version, position } = seen.texts
      if (position > to) return found.verdict()
      // Most heads are at hand: those events do not pay for a promise each.
      const known = heads.get(stream)
      see(seen, known ?? (version === 0 ? undefined : await headBefore(log, seen.texts)))
    }
    onProgress?.(found.verdict().events)
  }
  return found.verdict()
}

interface Seen {
  readonly texts: StoredText
  readonly read: Read | Misfit
}

async function seenIn(page: readonly StoredText[], deliver: Deliver): Promise<readonly Seen[]> {
  const events = page.map(eventIn)
  const delivered = (await deliver(events.filter((event) => 'id' in event))).values()
  return events.map((event, at) => ({
    texts: page[at]!,
    read: 'id' in event ? { stored: event, delivered: delivered.next().value! } : event,
  }))
}

/** Of streams that this marketplace does not write, versions and chains alone are looked at. */
function misfit(before: StreamHead | undefined, texts: StoredText, { stored, delivered }: Read): Misfit | undefined {
  if (delivered.foreign) return placeMisfit(before, stored) ?? chainMisfit(before, stored, texts)
  return (
    metadataMisfit(stored) ??
    placeMisfit(before, stored) ??
    writingMisfit(before, stored) ??
    chainMisfit(before, stored, texts) ??
    dataMisfit(delivered)
  )
}

/** The event before one of another part, as the log has it now. */
async function headBefore(log: EventStore, { stream, version, position }: StoredText): Promise<StreamHead | undefined> {
  const { events } = await log.readStream(stream, { from: Math.max(version - 1, 0), limit: 1 })
  const before = events[0]
  return before && before.position < position ? headAfter(before) : undefined
}
