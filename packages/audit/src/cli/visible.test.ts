import { expect, it } from 'vitest'
import { visible, visibleJson, visibleLines } from './visible.js'

const hostile = 'a\u001b[31mred\u0007\u009b2J\u202eevil\u2066\r\n\tb\u007f'

it('what steers a terminal is written out', () => {
  expect(visible(hostile)).toBe('a␛[31mred␇\\u009b2J\\u202eevil\\u2066␍␊␉b␡')
})

it('text of several lines keeps them', () => {
  expect(visibleLines(hostile)).toBe('a␛[31mred␇\\u009b2J\\u202eevil\\u2066\n␉b␡')
})

it('JSON says the same as before, and steers nothing', () => {
  const text = visibleJson({ hostile })
  expect(JSON.parse(text)).toEqual({ hostile })
  expect(text).toMatch(/^[\x20-\x7e]+$/)
})

it('letters of every script, and pictures, stay as they are', () => {
  const text = 'Ünïcode 日本語 العربية 👩‍👩‍👧 e\u0301'
  expect([visible(text), visibleLines(text)]).toEqual([text, text])
})
