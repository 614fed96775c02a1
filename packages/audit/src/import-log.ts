import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import type { Append, EventStore, OpenStore, StoredEvent } from '@vitrine/core'
import { aloneAtWork, policiesToTheEnd } from '@vitrine/runtime'
import { AuditError } from './audit-error.js'
import type { Watching } from './audited.js'
import { commandsOf } from './commands-in.js'
import { type ExportSegment, readManifest } from './export-manifest.js'

/** What an import did. */
export interface Imported {
  readonly events: number
  /** Those that were not there before. */
  readonly written: number
}

/** Appends under way at once, where a store stores them in the order in which they come. */
const atOnce = 64

/**
 * Writes an exported log into a store: whole appends, in their order, with ids, versions and times as they were. What is there
 * already is left as it is, so that an import can be repeated, and gone on with. No runner may be at work meanwhile; then every
 * policy stands at the end: nothing is published, and nobody is told, for what is long past.
 * @throws AuditError `not-an-export`, `export-incomplete`, `export-damaged`, `import-conflicts` · StoreError ·
 *   RuntimeError `runners-at-work`
 */
export async function importLog(
  { log, progress }: Pick<OpenStore, 'log' | 'progress'>,
  file: string,
  { lease, ...watching }: Watching & { readonly lease?: number } = {},
): Promise<Imported> {
  const segments = await segmentsOf(file)
  const work = async () => {
    try {
      return await writeSegments(log, file, segments, watching)
    } finally {
      await policiesToTheEnd(log, progress)
    }
  }
  return aloneAtWork(progress, work, lease === undefined ? {} : { time: lease })
}

async function writeSegments(
  log: EventStore,
  file: string,
  segments: readonly Placed[],
  { signal, onProgress }: Watching,
): Promise<Imported> {
  const known = await knownSegments(log, segments)
  const handle = await open(file, 'r')
  let events = 0
  let written = 0
  try {
    for (const [at, segment] of segments.entries()) {
      signal?.throwIfAborted()
      if (at >= known) written += await writeAll(log, await eventsOf(handle, file, segment, at), signal)
      events += segment.events
      onProgress?.(events)
    }
  } finally {
    await handle.close()
  }
  return { events, written }
}

interface Placed extends ExportSegment {
  /** Where it begins in the file. */
  readonly from: number
}

async function segmentsOf(file: string): Promise<readonly Placed[]> {
  const manifest = await readManifest(file)
  if (!manifest) throw new AuditError('not-an-export', `There is no manifest of an export beside ${file}.`)
  if (!manifest.complete)
    throw new AuditError(
      'export-incomplete',
      `The export in ${file} was interrupted. Go on with it before it is imported.`,
    )
  let from = 0
  return manifest.segments.map((segment) => {
    const placed = { ...segment, from }
    from += segment.bytes
    return placed
  })
}

/** How many segments are there as a whole: the log grows in the order of the file. */
async function knownSegments(log: EventStore, segments: readonly ExportSegment[]): Promise<number> {
  let [known, unknown] = [0, segments.length]
  while (known < unknown) {
    const middle = Math.floor((known + unknown) / 2)
    if (await holdsLast(log, segments[middle]!)) known = middle + 1
    else unknown = middle
  }
  return known
}

async function holdsLast(log: EventStore, { last }: ExportSegment): Promise<boolean> {
  const { events } = await log.readStream(last.stream, { from: last.version, limit: 1 })
  return events[0]?.id === last.id
}

async function eventsOf(
  handle: FileHandle,
  file: string,
  segment: Placed,
  at: number,
): Promise<readonly StoredEvent[]> {
  const bytes = Buffer.alloc(segment.bytes)
  const { bytesRead } = await handle.read(bytes, 0, segment.bytes, segment.from)
  if (bytesRead === segment.bytes && createHash('sha256').update(bytes).digest('hex') === segment.sha256)
    return bytes
      .toString()
      .trimEnd()
      .split('\n')
      .map((line, index) => eventOf(line, `Line ${index + 1} of segment ${at + 1} of ${file}`))
  const sentence = `Segment ${at + 1} of ${file} is not what its manifest says: it was changed, or cut off. Nothing of it was written.`
  throw new AuditError('export-damaged', sentence)
}

/** The sums fit: the store from which it came held something else than JSON. */
function eventOf(line: string, where: string): StoredEvent {
  try {
    return JSON.parse(line) as StoredEvent
  } catch (cause) {
    throw new AuditError('export-damaged', `${where} is no JSON: it was exported from a log that was damaged.`, {
      cause,
    })
  }
}

/** Gives how many of the events were not there before. */
async function writeAll(
  log: EventStore,
  events: readonly StoredEvent[],
  signal: AbortSignal | undefined,
): Promise<number> {
  const appends = [...commandsOf(events)].flatMap(({ writes }) => {
    const separate = writes.map(writeOf)
    return log.traits.spansStreams ? [{ writes: separate }] : separate.map((write) => ({ writes: [write] }))
  })
  const width = log.traits.spansStreams ? atOnce : 1
  let written = 0
  for (let from = 0; from < appends.length; from += width) {
    const group = appends.slice(from, from + width)
    const answers = await Promise.all(group.map((append) => appended(log, append, signal)))
    written += answers.reduce((sum, count) => sum + count, 0)
  }
  return written
}

function writeOf(events: readonly StoredEvent[]): Append['writes'][number] {
  const { stream, version } = events[0]!
  return {
    stream,
    expected: version === 0 ? 'none' : version - 1,
    events: events.map(({ id, type, data, metadata }) => ({ id, type, data, metadata })),
  }
}

async function appended(log: EventStore, append: Append, signal: AbortSignal | undefined): Promise<number> {
  try {
    const { duplicate } = await log.append(append, signal ? { signal } : {})
    return duplicate ? 0 : append.writes.reduce((sum, { events }) => sum + events.length, 0)
  } catch (cause) {
    if (!isOfAnother(cause)) throw cause
    const names = append.writes.map(({ stream, expected }) => `${stream} behind ${expected}`).join(' and ')
    const sentence = `The log holds something else at ${names} than what is imported there. Import into an empty log.`
    throw new AuditError('import-conflicts', sentence, { cause })
  }
}

function isOfAnother(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && (fault.code === 'conflict' || fault.code === 'event-id-reused')
}
