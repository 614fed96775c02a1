import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js'
import type streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import { status as grpcStatus, type ServiceError } from '@grpc/grpc-js'
import {
  appendRequests,
  batchRequest,
  deleteRequest,
  type Expectation,
  type RawAppend,
  tombstoneRequest,
} from './raw-requests.js'
import { shownAnswer, shownBatchAnswer, shownReadMessage, shownStatus } from './shown-wire.js'

/** The calls as they cross the wire, and their answers as they were recorded. */
export function rawCalls(streams: StreamsClient) {
  return {
    append: (append: RawAppend) =>
      answered((done) => {
        const call = streams.append(done)
        call.on('error', () => {})
        for (const request of appendRequests(append)) call.write(request)
        call.end()
      }),
    delete: (stream: string, expected: Expectation) =>
      answered((done) => streams.delete(deleteRequest(stream, expected), done)),
    tombstone: (stream: string, expected: Expectation) =>
      answered((done) => streams.tombstone(tombstoneRequest(stream, expected), done)),
    batch: (append: RawAppend, answers = 1) => batchAnswers(streams, batchRequest(append), answers),
    /** As many messages as are asked for, where the call would not end by itself. */
    read: (request: streamsPb.ReadReq, most = Number.POSITIVE_INFINITY) => readAnswers(streams, request, most),
  }
}

interface Response {
  toObject(): object
}

function answered(call: (done: (error: ServiceError | null, response: Response) => void) => unknown): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<unknown>()
  call((error, response) => resolve(error ? { status: shownStatus(error) } : { response: shownAnswer(response) }))
  return promise
}

function batchAnswers(streams: StreamsClient, request: streamsPb.BatchAppendReq, most: number): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  const answers: unknown[] = []
  const call = streams.batchAppend()
  call.on('error', reject)
  call.on('data', (answer: streamsPb.BatchAppendResp) => {
    answers.push(shownBatchAnswer(answer))
    if (answers.length < most) return
    resolve(answers)
    call.end()
  })
  call.write(request)
  return promise
}

function readAnswers(streams: StreamsClient, request: streamsPb.ReadReq, most: number): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<unknown>()
  const answers: unknown[] = []
  const call = streams.read(request)
  call.on('data', (message: streamsPb.ReadResp) => {
    answers.push(shownReadMessage(message))
    if (answers.length < most) return
    resolve([...answers])
    call.cancel()
  })
  call.on('error', (error: ServiceError) => {
    if (error.code !== grpcStatus.CANCELLED) resolve([...answers, { status: shownStatus(error) }, 'end'])
  })
  call.on('end', () => setImmediate(() => resolve([...answers, 'end'])))
  return promise
}
