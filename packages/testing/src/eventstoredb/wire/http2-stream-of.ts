import { constants, type ServerHttp2Stream } from 'node:http2'

/** The stream under a call. gRPC itself has no way to end a call as a server does that is stopped or fails. */
function http2StreamOf(call: object): ServerHttp2Stream {
  const stream: unknown = Reflect.get(Object(Reflect.get(call, 'call')), 'stream')
  if (!isHttp2Stream(stream)) throw new Error('@grpc/grpc-js no longer keeps the HTTP/2 stream in a call: pin 1.14.7')
  return stream
}

/** Ends a call without a status, as a server does that is told to stop. */
export function endWithoutStatus(call: object): void {
  http2StreamOf(call).close(constants.NGHTTP2_NO_ERROR)
}

/** Ends a call as a server does that could not write the trailers: with an HTTP status, if none was sent yet. */
export function endWithHttpError(call: object): void {
  const stream = http2StreamOf(call)
  if (stream.headersSent) stream.close(constants.NGHTTP2_INTERNAL_ERROR)
  else stream.respond({ ':status': 500 }, { endStream: true })
}

function isHttp2Stream(value: unknown): value is ServerHttp2Stream {
  return typeof value === 'object' && value !== null && 'respond' in value && 'headersSent' in value
}
