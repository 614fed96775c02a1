import { binaryEvent, type EventData, type JSONType, jsonEvent } from '@eventstore/db-client'
import type { CaseNames } from './case-names.js'
import type { Sample } from './recorded-cases.js'

/** The event that a sample stands for, as the client takes it. */
export function sampleEvent(sample: Sample, names: CaseNames): EventData {
  const full: Exclude<Sample, string> = typeof sample === 'string' ? { id: sample, data: { v: sample } } : sample
  const id = names.id(full.id)
  const event = { ...contentOf(full, names), id, type: full.type ?? ('linkTo' in full ? '$>' : 'T') }
  return 'contentType' in full ? Object.assign(event, { contentType: full.contentType }) : event
}

function contentOf(sample: Exclude<Sample, string>, names: CaseNames): EventData {
  const type = 'T'
  const metadata = metadataOf(sample)
  const bytes = bytesOf(sample, names)
  if (bytes) return binaryEvent({ type, data: bytes, ...metadata })
  const data = sample.jsonBytes === undefined ? (sample.data ?? {}) : 'x'.repeat(sample.jsonBytes - 2)
  return jsonEvent({ type, data: data as JSONType, ...metadata })
}

function bytesOf({ binary, bytes, linkTo }: Exclude<Sample, string>, { prefix }: CaseNames): Uint8Array | undefined {
  const text = linkTo?.replace('@', `@${prefix}`) ?? binary
  if (text !== undefined) return new TextEncoder().encode(text)
  return bytes === undefined ? undefined : new Uint8Array(bytes)
}

function metadataOf({ metadata, binaryMetadata, metadataBytes }: Exclude<Sample, string>) {
  if (binaryMetadata !== undefined) return { metadata: new TextEncoder().encode(binaryMetadata) }
  if (metadataBytes !== undefined) return { metadata: new Uint8Array(metadataBytes) }
  return metadata === undefined ? {} : { metadata: metadata as JSONType }
}
