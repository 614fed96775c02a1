import { randomUUID } from 'node:crypto'
import { describedBy, type LoggedEvent, tombstoneRevision } from './logged-event.js'
import type { ServerState } from './server-state.js'
import { metadataIn } from './stream-rules.js'

const lag = 20 // milliseconds by which the links come later than their events
const deleted = 2 ** 63

/** Keeps a stream of links for each category, as the standard projection does: later than the events, and in their order. */
export function linkCategories(state: ServerState): { stop(): void } {
  let next = firstUnlinked(state.log.events)
  let timer: NodeJS.Timeout | undefined
  const linkAll = () => {
    timer = undefined
    for (const end = state.log.events.length; next < end; next += 1) link(state, state.log.events[next])
  }
  const wake = () => {
    timer ??= setTimeout(linkAll, lag)
  }
  wake()
  const unwatch = state.log.watch(wake)
  return {
    stop() {
      unwatch()
      clearTimeout(timer)
    },
  }
}

/** The category of a stream is what stands before its first hyphen; without one, or with nothing before it, there is none. */
function categoryOf(stream: string): string | undefined {
  const end = stream.indexOf('-')
  return end > 0 ? stream.slice(0, end) : undefined
}

function link({ log }: ServerState, event: LoggedEvent | undefined): void {
  const target = event && targetOf(event)
  if (!event || !target) return
  const stream = `$ce-${target.category}`
  const data = Buffer.from(`${target.revision}@${event.stream}`)
  const metadata = Buffer.from(JSON.stringify({ ...placeOf(event), ...(target.isEnd && { $deleted: -1 }) }))
  const revision = log.streamOf(stream).length
  log.write([{ id: randomUUID(), type: '$>', isJson: false, data, metadata, stream, revision }])
}

/** Deletions have links too: to the metadata that hide a stream, and to a tombstone. */
function targetOf(event: LoggedEvent) {
  const described = describedBy(event.stream)
  if (described !== undefined && !hidesAll(event)) return undefined
  if (described === undefined && event.stream.startsWith('$')) return undefined
  const category = categoryOf(described ?? event.stream)
  const isTombstone = event.revision === tombstoneRevision
  const revision = isTombstone ? '9223372036854775807' : String(event.revision)
  return category === undefined ? undefined : { category, revision, isEnd: isTombstone || described !== undefined }
}

function hidesAll(event: LoggedEvent): boolean {
  const { $tb } = metadataIn(event)
  return typeof $tb === 'number' && $tb >= deleted
}

function placeOf({ position, stream, id }: LoggedEvent) {
  return { $v: '1:-1:1:4', $c: Number(position), $p: Number(position), $o: stream, $causedBy: id }
}

/** A server that was started again goes on where its links end. */
function firstUnlinked(events: readonly LoggedEvent[]): number {
  const newest = events.findLast(({ stream, type }) => type === '$>' && stream.startsWith('$ce-'))
  if (!newest) return 0
  const { $c } = metadataIn({ data: newest.metadata })
  return events.findIndex(({ position }) => Number(position) === $c) + 1
}
