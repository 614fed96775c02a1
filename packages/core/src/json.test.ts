import { canonicalJson, jsonProblem, sameJson } from '@vitrine/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

describe('A21 plain JSON', () => {
  it('is everything that comes back from JSON as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        if (jsonProblem(value) === undefined) expect(JSON.parse(JSON.stringify(value))).toEqual(value)
      }),
    )
  })

  it('is not what JSON would change or drop, and the sentence names the place', () => {
    const deep = Array.from({ length: 300 }).reduce<unknown>((inner) => [inner], 1)
    const samples: readonly [unknown, RegExp][] = [
      [{ size: -0 }, /^value\.size is -0/],
      [[1, Number.NaN], /^value\[1\] is NaN/],
      [{ at: new Date() }, /^value\.at is a Date/],
      [{ map: new Map() }, /^value\.map is a Map/],
      [{ gone: undefined }, /^value\.gone is undefined/],
      [{ run: () => 1 }, /^value\.run is a function/],
      [{ big: 1n }, /^value\.big is a bigint/],
      [{ half: '\ud800' }, /^value\.half holds half of a surrogate pair/],
      [{ '\ud800': 1 }, /^value has a key that holds half/],
      [{ [Symbol('s')]: 1 }, /^value has a symbol as a key/],
      [Object.create({ inherited: 1 }), /^value is a Object|^value is a special object/],
      [Object.create(Object.create(null)), /^value is a special object/],
      [deep, /nested deeper than 256/],
    ]
    for (const [value, sentence] of samples) expect(jsonProblem(value)).toMatch(sentence)
  })

  it('D18 keys such as __proto__ are keys like any other', () => {
    const hostile: unknown = JSON.parse('{"__proto__":{"admin":true},"constructor":1}')
    expect(jsonProblem(hostile)).toBeUndefined()
    expect(canonicalJson(hostile)).toBe('{"__proto__":{"admin":true},"constructor":1}')
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  it('is nested 256 levels deep at most, in lists as in objects', () => {
    const lists = (levels: number) => Array.from({ length: levels }).reduce<unknown>((inner) => [inner], 1)
    const objects = (levels: number) => Array.from({ length: levels }).reduce<unknown>((inner) => ({ inner }), 1)
    for (const nested of [lists, objects]) {
      expect(jsonProblem(nested(256))).toBeUndefined()
      expect(jsonProblem(nested(257))).toMatch(/nested deeper than 256 levels$/)
    }
  })

  it('may have no prototype', () => {
    expect(jsonProblem(Object.assign(Object.create(null), { a: 1 }))).toBeUndefined()
  })
})

describe('T14 canonical JSON (RFC 8785)', () => {
  it('sorts keys by UTF-16 code units and writes numbers as ECMAScript does', () => {
    // The sample of the RFC's section 3.2.2, and its expected form in 3.2.3.
    const sample = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    )
    expect(canonicalJson(sample)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
    const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
    expect(Object.keys(JSON.parse(canonicalJson(keys)))).toHaveLength(7)
    expect(canonicalJson(keys)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}')
  })

  it('is the same text for the same value, whatever the order of its keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse())
        expect(canonicalJson(reversed)).toBe(canonicalJson(value))
        expect(sameJson(reversed, value)).toBe(true)
      }),
    )
  })

  it('sorts keys that look like numbers as texts, at any depth', () => {
    for (const digit of ['0', '5', '9']) expect(canonicalJson({ [digit]: 1, '-': 2 })).toBe(`{"-":2,"${digit}":1}`)
    expect(canonicalJson({ b: { 9: 1 } })).toBe('{"b":{"9":1}}')
    expect(canonicalJson({ a: [], b: {} })).toBe('{"a":[],"b":{}}')
    expect(canonicalJson(JSON.parse('{"__proto__":1}'))).toBe('{"__proto__":1}')
    expect(canonicalJson({ b: [{ 9: 1, 10: 2, '09': 3 }], a: 0 })).toBe('{"a":0,"b":[{"09":3,"10":2,"9":1}]}')
  })

  it('sorts many keys as it sorts few', () => {
    const keys = Array.from({ length: 60 }, (_, at) => `k${(at * 7919) % 1000}`)
    for (const count of [23, 24, 25, 60]) {
      const some = keys.slice(0, count)
      const members = some.toSorted().map((key) => `"${key}":0`)
      expect(canonicalJson(Object.fromEntries(some.map((key) => [key, 0])))).toBe(`{${members.join(',')}}`)
    }
  })

  it('leaves out what is undefined, as JSON does', () => {
    expect(canonicalJson({ 1: undefined, 2: [3, 4] })).toBe('{"2":[3,4]}')
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}')
    expect(sameJson({ a: undefined }, {})).toBe(true)
    expect(sameJson({}, { a: undefined })).toBe(true)
    expect(sameJson(undefined, {})).toBe(false)
    expect(sameJson({}, undefined)).toBe(false)
    expect(sameJson('a', 'a')).toBe(true)
  })

  it('is the same when its canonical texts are', () => {
    const small = fc.jsonValue({ maxDepth: 2, noUnicodeString: false })
    fc.assert(
      fc.property(small, small, (a, b) => {
        expect(sameJson(a, b)).toBe(canonicalJson(a) === canonicalJson(b))
      }),
      { numRuns: 500 },
    )
    expect(sameJson([1], { 0: 1 })).toBe(false)
    expect(sameJson({ 0: 1 }, [1])).toBe(false)
    expect(sameJson([1], [1, 2])).toBe(false)
    expect(sameJson({ a: 1 }, { a: 1, b: 2 })).toBe(false)
    expect(sameJson({ a: null }, {})).toBe(false)
    expect(sameJson({ toString: 1 }, {})).toBe(false)
  })
})
