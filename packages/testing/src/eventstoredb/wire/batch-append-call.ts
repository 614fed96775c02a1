import type streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import type { ServerDuplexStream } from '@grpc/grpc-js'
import { isStatus } from './answer-call.js'
import { batchAnswer } from './batch-answers.js'
import { batchRequests, type Complete } from './batch-requests.js'
import { batchWrite } from './batch-write.js'
import { thrown } from './refusals.js'
import type { ServerContext } from './server-context.js'

type Call = ServerDuplexStream<streamsPb.BatchAppendReq, streamsPb.BatchAppendResp>

/** Streams/BatchAppend: many appends on one call, each answered by its own id. */
export function batchAppendCall(context: ServerContext) {
  return (call: Call): void => {
    const requests = batchRequests(context, {
      answer: (correlation, stream, answer) => void call.write(batchAnswer(correlation, stream, answer)),
      complete: (request) => void write(context, call, request),
    })
    call.on('data', (part: streamsPb.BatchAppendReq) => requests.take(part))
    call.on('end', () => call.end())
    call.on('cancelled', () => requests.close())
    call.on('error', () => requests.close())
  }
}

async function write(context: ServerContext, call: Call, request: Complete): Promise<void> {
  try {
    const answer = await batchWrite(context, call, request)
    call.write(batchAnswer(request.correlation, request.stream, answer))
  } catch (error) {
    call.emit('error', isStatus(error) ? error : thrown())
  }
}
