import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import type { Checkpoint, EventStore, StoredEvent } from '@vitrine/core'
import { AuditError } from './audit-error.js'
import type { Audited, Watching } from './audited.js'
import { bytesOf, type ExportManifest, emptyManifest, readManifest, writeManifest } from './export-manifest.js'

/** Events of a segment, at least. */
const segmentSize = 5_000

/**
 * Writes a whole log into a file, an event a line, as it is stored: ids, versions, times and order stay. A manifest beside it
 * holds the checksum of every segment. An export that was interrupted, or that has become too old, is gone on with.
 * @throws AuditError `not-an-export`, `file-in-the-way`, `export-damaged` · StoreError, also `log-replaced` and `aborted`
 */
export async function exportLog(
  { log }: Pick<Audited, 'log'>,
  file: string,
  { signal, onProgress }: Watching = {},
): Promise<ExportManifest> {
  const known = await readManifest(file)
  const handle = await opened(file, known)
  try {
    let manifest: ExportManifest = { ...(known ?? emptyManifest(log.logId)), complete: false }
    for await (const segment of segmentsOf(log, placeBehind(manifest), signal)) {
      manifest = await written(handle, file, manifest, segment)
      onProgress?.(manifest.events)
    }
    const complete = { ...manifest, complete: true }
    await handle.sync()
    await writeManifest(file, complete)
    return complete
  } finally {
    await handle.close()
  }
}

/** Where an export that was begun goes on. */
function placeBehind({ logId, segments }: ExportManifest): Checkpoint | undefined {
  const last = segments.at(-1)?.last
  return last && { logId, position: last.position, id: last.id }
}

/** An event as a line of an export: as it is stored, with its place. */
function lineOf({ stream, version, position, id, type, data, metadata }: StoredEvent): string {
  return `${JSON.stringify({ position, stream, version, id, type, data, metadata })}\n`
}

async function* segmentsOf(
  log: EventStore,
  after: Checkpoint | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly StoredEvent[]> {
  let events: StoredEvent[] = []
  for await (const page of log.readAll({ ...(after && { after }), ...(signal && { signal }) })) {
    events.push(...page.events)
    if (events.length < segmentSize) continue
    yield events
    events = []
  }
  if (events.length > 0) yield events
}

/** The bytes are on the disk before the manifest says that they are. */
async function written(
  handle: FileHandle,
  file: string,
  manifest: ExportManifest,
  events: readonly StoredEvent[],
): Promise<ExportManifest> {
  const bytes = Buffer.from(events.map(lineOf).join(''))
  await handle.write(bytes, 0, bytes.length, bytesOf(manifest))
  await handle.datasync()
  const { stream, version, position, id } = events.at(-1)!
  const segment = {
    events: events.length,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    last: { stream, version, position, id },
  }
  const grown = { ...manifest, events: manifest.events + events.length, segments: [...manifest.segments, segment] }
  await writeManifest(file, grown)
  return grown
}

/** The file, cut to what the manifest covers. A file without a manifest is somebody else's: it is not touched. */
async function opened(file: string, known: ExportManifest | undefined): Promise<FileHandle> {
  if (!known) {
    return open(file, 'wx').catch((fault: NodeJS.ErrnoException) => {
      if (fault.code !== 'EEXIST') throw fault
      const sentence = `${file} is there already, without the manifest of an export. Choose another name.`
      throw new AuditError('file-in-the-way', sentence)
    })
  }
  const handle = await open(file, 'r+')
  const { size } = await handle.stat()
  const covered = bytesOf(known)
  if (size >= covered) {
    await handle.truncate(covered)
    return handle
  }
  await handle.close()
  throw new AuditError('export-damaged', `${file} has ${size} bytes; its manifest covers ${covered}.`)
}
