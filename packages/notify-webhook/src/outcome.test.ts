import { describe, expect, it } from 'vitest'
import { outcomeOf } from './outcome.js'

const now = Date.parse('2026-03-01T09:00:00Z')
const answer = (status: number, retryAfter?: string, date?: string) => outcomeOf({ status, retryAfter, date }, now)
const wait = (retryAfter: string, date?: string) => {
  const outcome = answer(503, retryAfter, date)
  return outcome.outcome === 'failed' ? outcome.retryAfter : 'not failed'
}

describe('an answer', () => {
  it.each([200, 201, 202, 204, 226, 299])('%d: the receiver has it', (status) => {
    expect(answer(status)).toEqual({ outcome: 'delivered' })
  })

  it('C6 410: nobody is there any more', () => {
    expect(answer(410)).toEqual({ outcome: 'gone', reason: 'The receiver answered 410 Gone.' })
  })

  it.each([400, 401, 402, 403, 404, 405, 406, 411, 413, 415, 421, 422, 426, 431, 451, 499])(
    'C6 %d: trying again is pointless',
    (status) => expect(answer(status)).toMatchObject({ outcome: 'refused' }),
  )

  it.each([408, 409, 425, 429, 500, 501, 502, 503, 504, 507, 520, 599])('C5 %d: it may be taken later', (status) => {
    expect(answer(status)).toMatchObject({ outcome: 'failed' })
  })

  it.each([300, 301, 302, 303, 304, 307, 308])('C7 %d: a failure, nowhere else is looked', (status) => {
    const reason = expect.stringMatching(/^The receiver answered 3\d\d .*; redirects are not followed\.$/)
    expect(answer(status)).toEqual({ outcome: 'failed', reason })
  })

  it.each([0, 101, 600, 999])('%d, which is none: a failure', (status) => {
    expect(answer(status)).toMatchObject({ outcome: 'failed' })
  })

  it('is told by its status and the usual phrase', () => {
    expect([answer(404), answer(503), answer(599)]).toMatchObject([
      { reason: 'The receiver answered 404 Not Found.' },
      { reason: 'The receiver answered 503 Service Unavailable.' },
      { reason: 'The receiver answered 599.' },
    ])
  })
})

describe('C5 Retry-After', () => {
  it('is a number of seconds', () => expect(wait('120')).toBe(120_000))

  it('is a date, counted from now', () => expect(wait('Sun, 01 Mar 2026 09:02:00 GMT')).toBe(120_000))

  it('is a date, counted from the clock of the receiver where it says it', () => {
    expect(wait('Sun, 01 Mar 2026 11:02:00 GMT', 'Sun, 01 Mar 2026 11:00:00 GMT')).toBe(120_000)
  })

  it('is a day at most', () => {
    const day = 86_400_000
    expect([wait('86401'), wait('9'.repeat(400)), wait('Sun, 01 Mar 2027 09:00:00 GMT')]).toEqual([day, day, day])
  })

  it.each(['', '0', '-5', '1.5', '1e3', 'soon', '2027-03-01', 'Sun, 01 Mar 2026 08:00:00 GMT', 'Never, at noon GMT'])(
    'is passed over when it says nothing: "%s"',
    (text) => expect(wait(text)).toBeUndefined(),
  )

  it('comes with every answer after which it is tried again, and with no other', () => {
    expect(answer(429, '7')).toMatchObject({ retryAfter: 7000 })
    expect(answer(409, '7')).toMatchObject({ retryAfter: 7000 })
    expect([200, 400, 410].map((status) => 'retryAfter' in answer(status, '7'))).toEqual([false, false, false])
  })
})
