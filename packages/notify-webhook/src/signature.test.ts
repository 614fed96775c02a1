import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { keysOf, signedHeaders } from './signature.js'

const ofTheSpecification = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

function keysFrom(...secrets: readonly string[]): readonly Buffer[] {
  const keys = keysOf(secrets)
  if (typeof keys === 'string') throw new Error(keys)
  return keys
}

const bytes = (count: number) => `whsec_${randomBytes(count).toString('base64')}`

describe('C8 a signature', () => {
  it('is the one that the reference libraries have for the same bytes', () => {
    const body = Buffer.from('{"test": 2432232314}')
    const headers = signedHeaders('msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330_999, body, keysFrom(ofTheSpecification))
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    })
  })

  it('is made with each key, in their order', () => {
    const [one, other] = [bytes(24), bytes(64)]
    const signatures = (...secrets: readonly string[]) =>
      signedHeaders('id', 0, Buffer.from('{}'), keysFrom(...secrets))['webhook-signature']
    expect(signatures(one, other)).toBe(`${signatures(one)} ${signatures(other)}`)
  })
})

describe('C8 a secret', () => {
  it.each([
    ['without its prefix', randomBytes(32).toString('base64')],
    ['with another prefix', bytes(32).replace('whsec_', 'whpk_')],
    ['that is too short', bytes(23)],
    ['that is too long', bytes(65)],
    ['that is no base64', 'whsec_not base64 at all, and yet long enough!'],
    ['in the alphabet of URLs', `whsec_${Buffer.alloc(32, 0xff).toString('base64url')}`],
    ['with something behind it', `${bytes(32)}\n`],
    ['that is empty', ''],
  ])('%s is named by its place, and not repeated', (_what, malformed) => {
    const expected = 'Secret 2 of 2 is malformed: whsec_ and base64 of 24 to 64 bytes were expected.'
    expect(keysOf([bytes(32), malformed])).toBe(expected)
  })

  it('is needed', () => {
    expect(keysOf([])).toBe('The endpoint has no secret to sign with.')
  })
})
