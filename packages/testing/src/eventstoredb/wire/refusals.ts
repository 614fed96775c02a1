import { Metadata, type ServerErrorResponse, status } from '@grpc/grpc-js'

/** The end of a call that failed: a gRPC status, and trailers that its client reads. */
export function refusal(code: status, details: string, trailers: { readonly [name: string]: string } = {}) {
  const metadata = new Metadata()
  const isAscii = Object.values(trailers).every((value) => /^[\x20-\x7e]*$/.test(value))
  if (isAscii) for (const [name, value] of Object.entries(trailers)) metadata.set(name, value)
  const error: ServerErrorResponse = Object.assign(new Error(details), { code, details, metadata })
  return isAscii ? error : Object.assign(error, { [unsendable]: true })
}

const unsendable = Symbol('trailers that cannot be sent')

/** Whether a trailer is not ASCII: the server answers such a call with HTTP status 500. */
export function isUnsendable(error: ServerErrorResponse): boolean {
  return unsendable in error
}

/** What a fault inside the server is reported as. */
export function thrown() {
  return refusal(status.UNKNOWN, 'Exception was thrown by handler.')
}

export function streamDeleted(stream: string) {
  const trailers = { exception: 'stream-deleted', 'stream-name': stream }
  return refusal(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, trailers)
}

/** A deletion that found another revision; both are numbers, and −1 to −4 stand for the expectations without one. */
export function deleteConflict(stream: string, expected: bigint, actual: number) {
  const details = `Delete failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${expected}, Actual version: ${actual}`
  return refusal(status.FAILED_PRECONDITION, details, {
    exception: 'wrong-expected-version',
    'stream-name': stream,
    'expected-version': String(expected),
    'actual-version': String(actual),
  })
}

export function tooLarge(most: number) {
  const trailers = { exception: 'maximum-append-size-exceeded', 'maximum-append-size': String(most) }
  return refusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${most} Exceeded.`, trailers)
}

export function metadataMissing(property: string) {
  return refusal(status.INVALID_ARGUMENT, `Required Metadata Property '${property}' is missing`, {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  })
}

export function notLeader(host: string, port: number) {
  return refusal(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  })
}

export function accessDenied() {
  return refusal(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' })
}

export function unauthenticated() {
  return refusal(status.UNAUTHENTICATED, 'Unauthenticated')
}

export function notReady() {
  return refusal(status.UNAVAILABLE, 'Server Is Not Ready')
}

export function timedOut() {
  return refusal(status.ABORTED, 'Operation timed out: Commit phase timeout.')
}

export function invalidPosition() {
  return refusal(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.')
}

export function unexpected(result: string) {
  return refusal(status.UNKNOWN, `Unexpected ${result}`)
}

export function invalidArgument(details: string) {
  return refusal(status.INVALID_ARGUMENT, details)
}
