import { type Checkpoint, type LogPlan, planReadAll, planReadStream, type ReadAllOptions } from '@vitrine/core'
import { describe, expect, it } from 'vitest'
import { abortedError, closedError, isForNothing, logReplacedError } from './read-plan.js'

const last = Number.MAX_SAFE_INTEGER
const checkpoint: Checkpoint = { logId: 'log-1', position: 7, id: 'e-7' }
const all: LogPlan = { after: 0, limit: 1000, follow: false }
const range = (least: number) => `it must be a whole number from ${least} to 2^53 - 1.`

describe('A16 the reading of a stream', () => {
  it.each([
    ['goes forwards from version 0', {}, { from: 0, limit: 1000, backwards: false }],
    ['goes backwards from the end', { backwards: true }, { from: last, limit: 1000, backwards: true }],
    ['begins where it is told', { from: 2, backwards: true }, { from: 2, limit: 1000, backwards: true }],
    ['takes the least limit', { from: last, limit: 1 }, { from: last, limit: 1, backwards: false }],
  ])('%s', (_, options, plan) => {
    expect(planReadStream('listing-1', options)).toStrictEqual(plan)
  })

  it.each([
    [{ from: -1 }, `from is -1; ${range(0)}`],
    [{ from: 0.5 }, `from is 0.5; ${range(0)}`],
    [{ from: 2 ** 53 }, `from is 9007199254740992; ${range(0)}`],
    [{ limit: 0 }, `limit is 0; ${range(1)}`],
    [{ limit: Number.NaN }, `limit is NaN; ${range(1)}`],
  ])('A20 is refused for %o', (options, message) => {
    expect(() => planReadStream('listing-1', options)).toThrow(fault('invalid', message))
  })

  it('A18 is refused for what names no stream', () => {
    expect(() => planReadStream('$x', {})).toThrow('"$x" is no stream name')
  })
})

describe('the reading of the log', () => {
  it.each<[string, ReadAllOptions, LogPlan]>([
    ['begins with the first event and ends at the head', {}, { after: 0, limit: 1000, follow: false }],
    ['begins behind a position', { after: 7, limit: 1 }, { after: 7, limit: 1, follow: false }],
    ['holds a checkpoint against the log', { after: checkpoint }, { ...all, after: 7, verify: checkpoint }],
    ['waits at the head', { follow: true }, { ...all, follow: true }],
    ['takes types alone', { types: ['Noted'] }, { ...all, types: ['Noted'] }],
    ['takes streams alone', { streams: ['s'] }, { ...all, streams: ['s'] }],
    ['takes the beginning of a name alone', { streamPrefix: 'listing-' }, { ...all, streamPrefix: 'listing-' }],
  ])('%s', (_, options, plan) => {
    expect(planReadAll(options)).toStrictEqual(plan)
  })

  it.each<[ReadAllOptions, string]>([
    [{ after: -1 }, `after is -1; ${range(0)}`],
    [{ after: { ...checkpoint, position: 2 ** 53 } }, `after is 9007199254740992; ${range(0)}`],
    [{ limit: 0 }, `limit is 0; ${range(1)}`],
  ])('A20 is refused for %o', (options, message) => {
    expect(() => planReadAll(options)).toThrow(fault('invalid', message))
  })

  it.each<[ReadAllOptions, boolean]>([
    [{}, false],
    [{ types: ['Noted'] }, false],
    [{ streams: ['s'] }, false],
    [{ types: [] }, true],
    [{ streams: [] }, true],
    [{ types: [], streams: ['s'] }, true],
    [{ types: ['Noted'], streams: [] }, true],
  ])('A52 for %o asks for nothing: %s', (options, nothing) => {
    expect(isForNothing(planReadAll(options))).toBe(nothing)
  })
})

describe('what every store throws', () => {
  it.each([
    ['log-1', 'this holds another event, or none, there'],
    ['log-2', 'this is another log, log-2'],
  ])('B17 for a checkpoint of log-1 that %s does not hold', (logId, found) => {
    const error = logReplacedError(checkpoint, logId)
    expect([error.code, error.facts]).toEqual(['log-replaced', { checkpoint }])
    expect(error.message).toBe(
      `The checkpoint at position 7 of log log-1 does not fit: ${found}. ` +
        'The log was replaced or restored; rebuild what was built from it.',
    )
  })

  it('A36 when a signal ended a call', () => {
    const error = abortedError('enough')
    expect(error).toMatchObject(fault('aborted', 'The call was aborted by its signal; nothing was written.'))
    expect(error.cause).toBe('enough')
  })

  it('A41 after it was closed', () => {
    expect(closedError()).toMatchObject(fault('closed', 'The store is closed. Open it again to go on.'))
  })
})

function fault(code: string, message: string): Error {
  return expect.objectContaining({ name: 'StoreError', code, message })
}
