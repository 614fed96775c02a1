import { erased, openFields, sameSealed, sealedIn, withheld } from '@vitrine/core'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { personal, sealed as schema, sealPersonal } from './personal.js'

const sealed = { subject: 'lead-1', box: 'b', mark: 'm' }
const other = { ...sealed, box: 'c', mark: 'n' }

describe('sealed values', () => {
  it('are found in the fields that are named, at any depth, and nowhere else', () => {
    const value = { contact: sealed, notes: [{ by: 'u-sam', text: other }, null, 'plain'], elsewhere: sealed }
    expect(sealedIn(value, ['contact', 'notes'])).toEqual([sealed, other])
    expect(sealedIn(value, ['gone', 'toString'])).toEqual([])
    expect(sealedIn(value, [])).toEqual([])
  })

  it.each([
    { subject: 's', box: 'b' },
    { subject: 's', box: 'b', mark: 'm', more: 1 },
    { subject: 's', box: 'b', other: 'm' },
    { subject: 's', other: 'b', mark: 'm' },
    { other: 's', box: 'b', mark: 'm' },
    { a: 1, b: 2, c: 3 },
  ])('are told from what looks like them: %j', (value) => {
    expect(sealedIn({ value }, ['value'])).toEqual([])
  })

  it('are opened in the fields that are named; all else stays as it is', () => {
    const value = { contact: sealed, notes: [{ text: other }], elsewhere: sealed, none: null }
    const opened = openFields(value, ['contact', 'notes', 'none'], ({ mark }) => `opened ${mark}`)
    expect(opened).toEqual({ contact: 'opened m', notes: [{ text: 'opened n' }], elsewhere: sealed, none: null })
  })

  it('are the same when they are of one subject and have one mark; what was erased has none', () => {
    const erased = { subject: 'lead-1', box: '', mark: '' }
    expect(sameSealed(sealed, { ...sealed, box: 'again' })).toBe(true)
    expect(sameSealed(sealed, other)).toBe(false)
    expect(sameSealed(sealed, { ...sealed, subject: 'lead-2' })).toBe(false)
    expect(sameSealed(erased, erased)).toBe(false)
    expect(sameSealed(undefined, sealed)).toBe(false)
    expect(sameSealed(sealed, undefined)).toBe(false)
  })
})

it('what stands in the place of a personal value says that it was erased, or is not for who asks', () => {
  expect([erased, withheld]).toEqual([{ erased: true }, { withheld: true }])
})

it('a personal value that was read and not sealed yet shows nothing, and is sealed as it was read', () => {
  const read = { name: personal(z.string().trim()).parse(' Jane '), other: 'plain' }
  expect(JSON.parse(JSON.stringify(read))).toEqual({ name: { subject: '', box: '', mark: '' }, other: 'plain' })
  expect(sealPersonal(read, (plain) => ({ ...sealed, box: String(plain) }))).toEqual({
    name: { ...sealed, box: 'Jane' },
    other: 'plain',
  })
})

it('an event holds a sealed value whole', () => {
  const [whole, half] = [sealed, { subject: 'lead-1', box: 'b' }].map((value) => schema().safeParse(value).success)
  expect([whole, half]).toEqual([true, false])
})
