import {
  type Checkpoint,
  checkBatch,
  checkpointMovedError,
  indexesOf,
  type JsonObject,
  type ViewBatch,
} from '@vitrine/core'
import { indexOver, move } from './index-of-view.js'
import { documentAt, type Live, type TableData } from './table-data.js'
import { viewText } from './text-of-view.js'

export function writeBatch(data: TableData, batch: ViewBatch): void {
  checkBatch(data.shape, batch)
  if (!isSame(data.checkpoint, batch.from)) throw checkpointMovedError(data.shape.name, data.checkpoint, batch.from)
  const texts = batch.put.map(({ document }) => JSON.stringify(document))
  for (const key of batch.remove) remove(data, key)
  for (const [at, { key, words = '' }] of batch.put.entries()) put(data, key, texts[at]!, words)
  data.checkpoint = { ...batch.to }
}

/** The indexes and the text of everything there is. */
export function built(data: TableData): Live {
  const documents = [...data.documents.keys()].map((key) => [key, documentAt(data, key)!] as const)
  const words = viewText()
  if (data.shape.text) for (const [key, held] of data.documents) words.put(key, held.words)
  return { indexes: [[], ...indexesOf(data.shape)].map((fields) => indexOver(fields, documents)), words }
}

function put(data: TableData, key: string, text: string, words: string): void {
  const held = data.documents.get(key)
  if (data.live) {
    if (held?.text !== text) moveAll(data, key, JSON.parse(text) as JsonObject)
    if (data.shape.text && held?.words !== words) data.live.words.put(key, words)
  }
  data.documents.set(key, { text, words })
}

function remove(data: TableData, key: string): void {
  if (!data.documents.has(key)) return
  moveAll(data, key, undefined)
  data.live?.words.remove(key)
  data.documents.delete(key)
}

function moveAll(data: TableData, key: string, after: JsonObject | undefined): void {
  const before = documentAt(data, key)
  for (const index of data.live?.indexes ?? []) move(index, key, before, after)
}

function isSame(a: Checkpoint | undefined, b: Checkpoint | undefined): boolean {
  return a?.logId === b?.logId && a?.position === b?.position && a?.id === b?.id
}
