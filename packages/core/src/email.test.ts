import { describe, expect, it } from 'vitest'
import { email } from './email.js'

describe('an e-mail address', () => {
  it('keeps its capitals before the @, where they may mean something, and loses them behind it', () => {
    expect(email.parse(' Zoe.Stranger@Home.EXAMPLE ')).toBe('Zoe.Stranger@home.example')
    expect(email.parse('nina@MÜLLER.example')).toBe('nina@müller.example')
  })

  it('is one that a person can be written to', () => {
    for (const wrong of [
      '',
      'zoe',
      'zoe@home',
      '@home.example',
      'Zoe <zoe@home.example>',
      'a@b.example, c@d.example',
    ]) {
      expect(email.safeParse(wrong).error?.issues.map(({ message }) => message)).toEqual([
        'an e-mail address is expected',
      ])
    }
  })
})
