import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import type { Checkpoint, StoredText } from '@vitrine/core'
import { AuditError } from './audit-error.js'
import type { Audited, Watching } from './audited.js'
import {
  bytesOf,
  type ExportManifest,
  type ExportSegment,
  emptyManifest,
  readManifest,
  writeManifest,
} from './export-manifest.js'
import { storedTexts } from './stored-texts.js'

export interface Exporting extends Watching {
  /** Events of a segment, at least: what is lost when an export is interrupted. 20,000 by default. */
  readonly segmentSize?: number
}

/**
 * Writes a whole log into a file, an event a line, as it is stored: ids, versions, times and order stay. A manifest beside it
 * holds the checksum of every segment. An export that was interrupted, or that has become too old, is gone on with.
 * @throws AuditError `not-an-export`, `file-in-the-way`, `export-damaged` · StoreError, also `log-replaced` and `aborted`
 */
export async function exportLog(
  { log }: Pick<Audited, 'log'>,
  file: string,
  { signal, onProgress, segmentSize = 20_000 }: Exporting = {},
): Promise<ExportManifest> {
  const known = await readManifest(file)
  const handle = await opened(file, known)
  try {
    let manifest: ExportManifest = { ...(known ?? emptyManifest(log.logId)), complete: false }
    let segment = begun(handle, bytesOf(manifest))
    const finish = async () => {
      manifest = grownBy(manifest, await segment.end())
      await writeManifest(file, manifest)
      segment = begun(handle, bytesOf(manifest))
    }
    const after = placeBehind(manifest)
    for await (const { events } of storedTexts(log, {
      limit: pageSize,
      ...(after && { after }),
      ...(signal && { signal }),
    })) {
      await segment.add(events)
      onProgress?.(manifest.events + segment.events)
      if (segment.events >= segmentSize) await finish()
    }
    if (segment.events > 0) await finish()
    manifest = { ...manifest, complete: true }
    await writeManifest(file, manifest)
    return manifest
  } finally {
    await handle.close()
  }
}

/** Few enough that the texts of a page are let go of while they are young. */
const pageSize = 200

/** Where an export that was begun goes on. */
function placeBehind({ logId, segments }: ExportManifest): Checkpoint | undefined {
  const last = segments.at(-1)?.last
  return last && { logId, position: last.position, id: last.id }
}

/** An event as a line of an export: its texts as they are stored, with its place. */
function lineOf({ stream, version, position, id, type, data, metadata }: StoredText): string {
  const place = `"position":${position},"stream":${JSON.stringify(stream)},"version":${version}`
  return `{${place},"id":${JSON.stringify(id)},"type":${JSON.stringify(type)},"data":${oneLine(data)},"metadata":${oneLine(metadata)}}\n`
}

/** A line's end, which only texts that somebody changed can hold, is no more than space in JSON. */
function oneLine(text: string): string {
  return text.replaceAll('\n', ' ')
}

/** A segment that grows at the end of a file. Its bytes are on the disk before anybody says that they are. */
function begun(handle: FileHandle, from: number) {
  const hash = createHash('sha256')
  let [bytes, events] = [0, 0]
  let last: StoredText | undefined
  let writing: Promise<unknown> = Promise.resolve()
  return {
    get events() {
      return events
    },
    /** Resolves when what was added before is written: the next page is read meanwhile. */
    async add(page: readonly StoredText[]) {
      const lines = Buffer.from(page.map(lineOf).join(''))
      hash.update(lines)
      await writing
      writing = handle.write(lines, 0, lines.length, from + bytes)
      bytes += lines.length
      events += page.length
      last = page.at(-1) ?? last
    },
    async end(): Promise<ExportSegment> {
      await writing
      await handle.datasync()
      const { stream, version, position, id } = last!
      return { events, bytes, sha256: hash.digest('hex'), last: { stream, version, position, id } }
    },
  }
}

function grownBy(manifest: ExportManifest, segment: ExportSegment): ExportManifest {
  return { ...manifest, events: manifest.events + segment.events, segments: [...manifest.segments, segment] }
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
