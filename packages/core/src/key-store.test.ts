import { describe, expect, it } from 'vitest'
import { checkAdded, checkDestroyed, closedKeysError, furthestFollowed } from './key-store.js'

const key = `${'A'.repeat(43)}=`
const at = (position: number, logId = 'log', id = `event-${position}`) => ({ logId, position, id })

describe('what every key store asks of a key', () => {
  it('a key is 32 bytes in base64, and is not said when it is refused', () => {
    expect(() => checkAdded('lead-1', key)).not.toThrow()
    const refused = { code: 'invalid', message: 'The key for lead-1 is not 32 bytes in base64.' }
    for (const wrong of ['', `${key}\n`, key.slice(1), `A${key}`, `${'A'.repeat(42)}B=`, '-'.repeat(43).concat('=')]) {
      expect(() => checkAdded('lead-1', wrong)).toThrow(expect.objectContaining(refused))
    }
  })

  it('a subject is 1–500 printable ASCII characters', () => {
    const message = `"${'é'.repeat(80)}" is no subject of a key: 1–500 printable ASCII characters.`
    expect(() => checkAdded('é'.repeat(90), key)).toThrow(expect.objectContaining({ message }))
    for (const wrong of ['', 'a\0', 'é', 'a\n', 'x'.repeat(501)]) {
      expect(() => checkAdded(wrong, key)).toThrow(expect.objectContaining({ code: 'invalid' }))
      expect(() => checkDestroyed(['lead-1', wrong], at(1))).toThrow(expect.objectContaining({ code: 'invalid' }))
    }
  })

  it('erasures are followed up to a position of a log', () => {
    for (const position of [0, Number.MAX_SAFE_INTEGER]) {
      expect(() => checkDestroyed(['lead-1'], at(position))).not.toThrow()
    }
    for (const position of [-1, 0.5, 2 ** 53, Number.NaN]) {
      const message = `${position} is no position up to which erasures were followed; a whole number from 0 is.`
      expect(() => checkDestroyed([], at(position))).toThrow(expect.objectContaining({ code: 'invalid', message }))
    }
  })

  it('what was followed moves forward within a log; another log takes its place', () => {
    expect(furthestFollowed(undefined, at(3))).toEqual(at(3))
    expect(furthestFollowed(at(3), at(4))).toEqual(at(4))
    expect(furthestFollowed(at(3), at(2))).toEqual(at(3))
    expect(furthestFollowed(at(3), at(3, 'log', 'restored'))).toEqual(at(3, 'log', 'restored'))
    expect(furthestFollowed(at(3), at(2, 'another'))).toEqual(at(2, 'another'))
  })

  it('a closed one says so', () => {
    expect(closedKeysError()).toMatchObject({
      name: 'KeyStoreError',
      code: 'closed',
      message: 'The key store is closed. Open it again to go on.',
    })
  })
})
