import { describe, expect, it } from 'vitest'
import { count, dayOf, french, inFull } from './index.js'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('C16 an instant', () => {
  it.each([
    ['2027-03-01T00:05:00.000Z', 'Monday 1 March 2027 at 00:05 UTC', 'lundi 1er mars 2027 à 0 h 05 UTC'],
    ['2027-08-15T23:59:59.999Z', 'Sunday 15 August 2027 at 23:59 UTC', 'dimanche 15 août 2027 à 23 h 59 UTC'],
    ['2027-12-31T09:30:00Z', 'Friday 31 December 2027 at 09:30 UTC', 'vendredi 31 décembre 2027 à 9 h 30 UTC'],
  ])('%s is said in UTC, whatever the zone of the machine', (instant, english, french) => {
    const zone = process.env.TZ
    for (const TZ of ['Pacific/Kiritimati', 'America/Los_Angeles']) {
      process.env.TZ = TZ
      expect([plain(inFull(instant, 'en')), plain(inFull(instant, 'fr'))]).toEqual([english, french])
      expect(plain(inFull(instant, 'en'))).toContain(plain(dayOf(instant, 'en')))
    }
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  })

  it.each(['tomorrow', 'room 60', '', '2027-13-45T00:00:00Z'])('that is none stays as it is: %j', (text) => {
    expect([inFull(text, 'en'), dayOf(text, 'fr')]).toEqual([text, text])
  })
})

describe('a number', () => {
  it('brings the word that the language has for it', () => {
    expect([0, 1, 2, 1200].map((days) => plain(count(days, 'en', 'day', 'days')))).toEqual([
      '0 days',
      '1 day',
      '2 days',
      '1,200 days',
    ])
    expect([0, 1, 2].map((days) => plain(count(days, 'fr', 'jour', 'jours')))).toEqual(['0 jour', '1 jour', '2 jours'])
  })
})

describe('French', () => {
  it('is printed as it should be where the template says it, and left alone where somebody else does', () => {
    expect(french`L'avis : « ${"Qu'est-ce : ça ?"} » ; vraiment ?`).toBe(
      "L’avis\u00a0: «\u00a0Qu'est-ce : ça ?\u00a0»\u00a0; vraiment\u00a0?",
    )
  })
})
