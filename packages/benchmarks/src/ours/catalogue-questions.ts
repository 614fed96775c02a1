import {
  builtInViews,
  type JsonObject,
  type StoredEvent,
  shapeOf,
  storedDocument,
  type ViewStore,
  type ViewTable,
  wordsOf,
} from '@vitrine/core'
import type { Effort, Measured } from '../harness/benchmark.js'
import { interleave } from '../harness/interleave.js'
import { generatedLog } from '../logs/generated-log.js'
import { listingStreams } from '../logs/listing-streams.js'
import { shortestLife } from '../logs/lives.js'

const { catalogue } = builtInViews
const matches = 40
const batch = 500
const rareWord = 'quincunx'

/** What questions to the catalogue cost among few listings, beside what they cost among many: the worse of the two. */
export async function questionsAmong(
  [few, many]: readonly [number, number],
  stores: readonly [ViewStore, ViewStore],
  effort: Effort,
): Promise<Measured> {
  const small = await stores[0].open(shapeOf(catalogue))
  const large = await stores[1].open(shapeOf(catalogue))
  await fill(small, few)
  await fill(large, many)
  const speeds = await interleave(
    [
      { name: 'kind, few', run: async () => byKind(small) },
      { name: 'kind, many', run: async () => byKind(large) },
      { name: 'words, few', run: async () => byWords(small) },
      { name: 'words, many', run: async () => byWords(large) },
    ],
    effort,
  )
  const kind = speeds.ratio('kind, many', 'kind, few')
  const words = speeds.ratio('words, many', 'words, few')
  const micros = (name: string) => speeds.micros(name).toFixed(0)
  return {
    ratio: Math.min(kind, words),
    peers: [],
    figures: [
      `by kind ${kind.toFixed(2)}: ${micros('kind, few')} µs among ${few}, ${micros('kind, many')} among ${many}`,
      `by words ${words.toFixed(2)}: ${micros('words, few')} µs among ${few}, ${micros('words, many')} among ${many}`,
    ],
  }
}

async function byKind(table: ViewTable): Promise<void> {
  check(await table.find({ where: { kind: 'app' }, order: 'name', limit: matches }))
}

async function byWords(table: ViewTable): Promise<void> {
  check(await table.search({ words: [rareWord], limit: 50 }))
}

function check({ documents }: { readonly documents: readonly unknown[] }): void {
  if (documents.length !== matches) throw new Error(`${documents.length} listings were found, not ${matches}.`)
}

/** Puts listings that are live into the catalogue, a batch of their finished documents at a time. */
async function fill(table: ViewTable, listings: number): Promise<void> {
  const lives = [shortestLife('app'), shortestLife('service')]
  const every = listings / matches
  const wordOf = (listing: number) => (Math.floor((listing + 1) / every) > Math.floor(listing / every) ? rareWord : '')
  let from: Parameters<ViewTable['write']>[0]['from']
  for (let offset = 0; offset < listings; offset += batch) {
    const streams = listingStreams(
      generatedLog({
        seed: offset + 1,
        listings: Math.min(batch, listings - offset),
        perDay: batch,
        lives,
        wordOf: (listing) => wordOf(offset + listing),
      }),
    )
    const put = streams.map((events, at) => documentOf(events, `${offset + at}`.padStart(8, '0')))
    const to = { logId: 'generated', position: offset + batch, id: `up to ${offset + batch}` }
    await table.write({ from, to, put, remove: [] })
    from = to
  }
  await table.finish()
}

function documentOf(events: readonly StoredEvent[], key: string) {
  const wanted = events.filter(({ type }) => Object.hasOwn(catalogue.on, type))
  const document = wanted.reduce(
    (before, event) => catalogue.apply(before, event as never, key, () => undefined) ?? before,
    catalogue.empty,
  )
  const words = wordsOf(catalogue.text?.(document) ?? '').join(' ')
  return { key, document: storedDocument(catalogue, document) as JsonObject, words }
}
