import type { AppendExpectedRevision, AppendResult } from '@eventstore/db-client'
import type { Answer } from './answers.js'
import type { Playing } from './playing.js'
import type { Append, AppendMany, Operation, Sample } from './recorded-cases.js'
import { sampleEvent } from './sample-event.js'
import { pathOptions } from './stage.js'

type Written = Exclude<Operation, { op: 'read' | 'readAll' | 'subscribe' | 'sleep' | 'restart' | 'crash' }>

export async function playWrite(operation: Written, playing: Playing): Promise<Answer> {
  const { stage, names, path } = playing
  const stream = names.stream(operation.stream)
  switch (operation.op) {
    case 'append':
      return { kind: 'appended', result: await append(operation, playing) }
    case 'appendMany':
      return { kind: 'appended-many', results: await appendMany(operation, playing) }
    case 'getMetadata':
      return metadataOf(playing, stream)
    case 'setMetadata': {
      const options = { ...expectation(operation.expectedRevision), ...pathOptions(path) }
      return { kind: 'appended', result: await stage.client.setStreamMetadata(stream, operation.metadata, options) }
    }
    default: {
      const options = { ...expectation(operation.expectedRevision), ...pathOptions(path) }
      return { kind: 'deleted', result: await deleted(operation.op, stream, options, playing) }
    }
  }
}

function deleted(op: 'delete' | 'tombstone', stream: string, options: object, { stage: { client } }: Playing) {
  return op === 'delete' ? client.deleteStream(stream, options) : client.tombstoneStream(stream, options)
}

async function append(operation: Append, playing: Playing): Promise<AppendResult> {
  const { stage, names, path, marks } = playing
  const client = operation.throwOnAppendFailure === false ? stage.lenient : stage.client
  const events = samplesOf(operation).map((sample) => sampleEvent(sample, names))
  const deadline = operation.deadline === undefined ? {} : { deadline: operation.deadline }
  const options = { ...expectation(operation.expectedRevision), ...pathOptions(path), ...deadline }
  const result = await client.appendToStream(names.stream(operation.stream), events, options)
  if (operation.mark !== undefined && result.position) marks.set(operation.mark, result.position)
  return result
}

async function appendMany({ stream, count, idPrefix, mark }: AppendMany, playing: Playing): Promise<AppendResult[]> {
  const results: AppendResult[] = []
  for (let n = 0; n < count; n += 1) {
    const events = [{ id: `${idPrefix}${n}`, data: n }]
    results.push(await append({ op: 'append', stream, events, ...(mark !== undefined && { mark }) }, playing))
  }
  return results
}

function samplesOf({ events = [], generate }: Append): readonly Sample[] {
  if (!generate) return events
  return Array.from({ length: generate.count }, (_, n) => ({ id: `${generate.idPrefix}${n}`, data: n }))
}

async function metadataOf({ stage: { client } }: Playing, stream: string): Promise<Answer> {
  const { metadata, metastreamRevision } = await client.getStreamMetadata(stream)
  const revision = metastreamRevision === undefined ? {} : { revision: metastreamRevision }
  return { kind: 'metadata', stream, metadata, ...revision }
}

function expectation(text: string | undefined): { expectedRevision?: AppendExpectedRevision } {
  if (text === undefined) return {}
  const named = text === 'any' || text === 'no_stream' || text === 'stream_exists'
  return { expectedRevision: named ? text : BigInt(text) }
}
