import type streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import type { ServerWritableStream } from '@grpc/grpc-js'

export type ReadCall = ServerWritableStream<streamsPb.ReadReq, streamsPb.ReadResp>

/** What a reader is sent, at the speed at which it reads. */
export interface Outgoing {
  /** Fails with `goneReader` when the reader has gone. */
  send(message: streamsPb.ReadResp): Promise<void>
  /** Fulfilled when the reader has gone. */
  readonly gone: Promise<void>
}

/** What ends a loop whose reader has gone: nobody is left to be told. */
export const goneReader = new Error('the reader has gone')

export function outgoing(call: ReadCall): Outgoing {
  const gone = Promise.withResolvers<void>()
  for (const end of ['cancelled', 'close', 'error']) call.once(end, () => gone.resolve())
  return {
    gone: gone.promise,
    async send(message) {
      if (call.cancelled || call.destroyed) throw goneReader
      if (!call.write(message)) await Promise.race([drained(call), gone.promise])
    },
  }
}

function drained(call: ReadCall): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  call.once('drain', resolve)
  return promise
}
