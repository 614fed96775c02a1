import { describe, expect, it } from 'vitest'
import { appendFault, isNoPosition, readFault } from './faults.js'

const attempt = { stream: 's', expected: 3 } as const
const fault = (type: string | undefined, message = '', more: object = {}) =>
  Object.assign(new Error(message), type && { type }, more)
const codeOf = (thrown: unknown) => (appendFault(thrown, attempt) as Error & { code: string }).code

describe('an append that failed', () => {
  it('observed 8, 9, 10, 21: is an unknown outcome, however it is worded', () => {
    const faces = [
      fault('unavailable', '14 UNAVAILABLE: Connection dropped', { code: 14 }),
      fault('unavailable', '14 UNAVAILABLE: read ECONNRESET', { code: 14 }),
      fault('deadline-exceeded', '4 DEADLINE_EXCEEDED: Deadline exceeded', { code: 4 }),
      fault('deadline-exceeded'),
      fault('timeout', '10 ABORTED: Operation timed out: Commit phase timeout.', { code: 10 }),
      fault('cancelled', '1 CANCELLED: Call cancelled', { code: 1 }),
      fault('unknown', 'Could not recognize Server Is Not Ready'),
      fault('unknown', '13 INTERNAL: Received RST_STREAM with code 0 (Call ended without gRPC status)', { code: 13 }),
      fault('unknown', '2 UNKNOWN: Received HTTP status code 500', { code: 2 }),
      fault(undefined, 'Cannot read properties of undefined'),
      new TypeError('x is not iterable'),
      'a text',
      undefined,
    ]
    expect(faces.map(codeOf)).toEqual(faces.map(() => 'unknown-outcome'))
  })

  it('observed 16, 21: is known not to be stored only where it never got in', () => {
    const faces = [
      fault(undefined, '14 UNAVAILABLE: No connection established. Last error: connect ECONNREFUSED', { code: 14 }),
      fault('unavailable', '14 UNAVAILABLE: Server Is Not Ready', { code: 14 }),
      fault('unavailable', '14 UNAVAILABLE: Name resolution failed for target dns:nowhere', { code: 14 }),
      fault(undefined, 'Failed to discover after 10 attempts.'),
      fault('not-leader', '5 NOT_FOUND: Leader info available', { code: 5 }),
      fault('access-denied', '7 PERMISSION_DENIED', { code: 7 }),
    ]
    expect(faces.map(codeOf)).toEqual(faces.map(() => 'unavailable'))
  })

  it('is a conflict that says where the stream is, whether the client says it as a number or as a word', () => {
    const conflict = (actualVersion: unknown) =>
      appendFault(fault('wrong-expected-version', '', { actualVersion }), attempt)
    expect(conflict(7n)).toMatchObject({ code: 'conflict', stream: 's', expected: 3, actual: 7 })
    expect(conflict('no_stream')).toMatchObject({ actual: 'none' })
    expect(conflict(-1n)).toMatchObject({ actual: 'none' })
    expect(conflict(2n ** 63n - 1n)).toMatchObject({ actual: Number.MAX_SAFE_INTEGER })
  })

  it('A46 is gone where the stream has a tombstone, and invalid where it was too large', () => {
    expect([fault('stream-deleted'), fault('maximum-append-size-exceeded')].map(codeOf)).toEqual(['gone', 'invalid'])
  })
})

describe('a reading that failed', () => {
  const read = (thrown: unknown) => (readFault(thrown, 'stream s') as Error & { code: string }).code

  it('can be tried again, whatever it was, unless the stream is gone', () => {
    const faces = [fault('unavailable'), fault('unknown'), fault('access-denied'), new Error('x'), 7]
    expect(faces.map(read)).toEqual(faces.map(() => 'unavailable'))
    expect(read(fault('stream-deleted'))).toBe('gone')
  })

  it('says whether it named a place at which no event begins', () => {
    expect(isNoPosition(fault('unknown', '2 UNKNOWN: Unexpected ReadAllResult: InvalidPosition'))).toBe(true)
    expect(isNoPosition(fault('unknown', '3 INVALID_ARGUMENT: Trying to read from an invalid position.'))).toBe(true)
    expect(isNoPosition(fault('unknown', '2 UNKNOWN: Unexpected ReadAllResult: Error'))).toBe(false)
  })
})
