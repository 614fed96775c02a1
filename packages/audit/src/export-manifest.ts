import { readFile, rename, writeFile } from 'node:fs/promises'
import * as z from 'zod'
import { AuditError } from './audit-error.js'

const format = 'vitrine-export-1'
const segmentShape = z.strictObject({
  events: z.int().positive(),
  bytes: z.int().positive(),
  /** Of the bytes of the segment: lower-case hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Its last event. */
  last: z.strictObject({ stream: z.string(), version: z.int(), position: z.int(), id: z.string() }),
})
const manifestShape = z.strictObject({
  format: z.literal(format),
  logId: z.string(),
  /** False while the export is under way, or was interrupted: it can be gone on with. */
  complete: z.boolean(),
  events: z.int().nonnegative(),
  segments: z.array(segmentShape),
})

/** What an exported file holds, segment by segment: a segment never ends inside an append. */
export type ExportManifest = z.output<typeof manifestShape>
export type ExportSegment = z.output<typeof segmentShape>

export function emptyManifest(logId: string): ExportManifest {
  return { format, logId, complete: false, events: 0, segments: [] }
}

/** The manifest of an exported file: it lies beside it. */
export function manifestPath(file: string): string {
  return `${file}.manifest.json`
}

/**
 * The manifest beside an exported file; `undefined` when there is none.
 * @throws AuditError `not-an-export`
 */
export async function readManifest(file: string): Promise<ExportManifest | undefined> {
  const path = manifestPath(file)
  const text = await readFile(path, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return undefined
    throw fault
  })
  if (text === undefined) return undefined
  try {
    return manifestShape.parse(JSON.parse(text))
  } catch (cause) {
    throw new AuditError('not-an-export', `${path} is not the manifest of an export.`, { cause })
  }
}

/** Written beside and moved over: whoever reads it finds it whole. */
export async function writeManifest(file: string, manifest: ExportManifest): Promise<void> {
  const path = manifestPath(file)
  await writeFile(`${path}.part`, `${JSON.stringify(manifest, undefined, 1)}\n`)
  await rename(`${path}.part`, path)
}

/** How many bytes of the file the segments cover. */
export function bytesOf({ segments }: Pick<ExportManifest, 'segments'>): number {
  return segments.reduce((sum, { bytes }) => sum + bytes, 0)
}
