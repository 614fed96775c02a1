import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DefaultKinds, defaultKinds, type JsonObject, parseChanges } from '@vitrine/core'
import type { ChangesOf } from '@vitrine/runtime'
import * as z from 'zod'
import { type PublisherName, publishers } from './cast.js'
import { fieldAt, type JsonDocument, placeOf, readJson } from './json-text.js'

/** A listing as its file says it. */
export interface ListingFile {
  readonly file: string
  readonly kind: keyof DefaultKinds
  readonly publisher: PublisherName
  readonly vanityUrl?: string | undefined
  readonly name: string
  /** The whole content, as Revise takes it. */
  readonly changes: ChangesOf<DefaultKinds>
}

/** Why a file is not a listing: sentences that name the place and what was expected there. */
export interface UnreadFile {
  readonly file: string
  readonly problems: readonly string[]
}

const publisherNames = Object.keys(publishers) as PublisherName[]

const envelope = z.strictObject(
  {
    kind: z.literal(['app', 'service'], { error: 'Expected "app" or "service"' }),
    publisher: z.literal(publisherNames, { error: `Expected ${publisherNames.join(' or ')}` }),
    vanityUrl: z.string({ error: 'Expected a text' }).optional(),
    content: z.looseObject({ name: z.string({ error: 'Expected a text' }) }, { error: 'Expected the fields to show' }),
  },
  { error: 'Expected kind, publisher, vanityUrl and content, and nothing else' },
)

/** Every `.json` file of a folder, by name: a listing each, or what is wrong with it. One bad file stops no other. */
export function readListings(folder: string): readonly (ListingFile | UnreadFile)[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  return files.sort().map((file) => readListing(file, readFileSync(join(folder, file), 'utf8')))
}

/** The listing in the text of a file, or every problem that it has. */
export function readListing(file: string, text: string): ListingFile | UnreadFile {
  const document = readJson(text)
  if ('problem' in document) return { file, problems: [document.problem] }
  const read = envelope.safeParse(document.value)
  if (!read.success) return { file, problems: read.error.issues.map((issue) => sentence(document, issue)) }
  const { content, ...rest } = read.data
  const parsed = parseChanges(defaultKinds[rest.kind], content as JsonObject)
  if ('problems' in parsed) {
    const issues = parsed.problems.map(({ path, problem }) => ({ path: ['content', ...steps(path)], message: problem }))
    return { file, problems: issues.map((issue) => sentence(document, issue)) }
  }
  // The schemas of the kind have just read it: it is what Revise takes.
  return { file, ...rest, name: content.name, changes: parsed.changes as ChangesOf<DefaultKinds> }
}

interface Issue {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

function sentence(document: JsonDocument, { path, message }: Issue): string {
  const steps = path.map((step) => (typeof step === 'number' ? step : String(step)))
  return `${placeOf(document, steps)}, ${fieldAt(steps)}: ${message}.`
}

/** `screenshots[0].bytes` as the way through the document. */
function steps(path: string): readonly (string | number)[] {
  return path.split(/[.[\]]+/).flatMap((step) => (step === '' ? [] : [/^\d+$/.test(step) ? Number(step) : step]))
}
