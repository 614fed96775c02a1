import type { Locale } from '@vitrine/core'

/** An instant as a reader says it, with its zone: `Friday 5 March 2027 at 14:30 UTC`. What is none stays as it is. */
export function inFull(instant: string, locale: Locale): string {
  if (!isInstant(instant)) return instant
  const { weekday, hour, minute } = partsOf(instant, locale)
  const time = locale === 'fr' ? `à ${Number(hour)}\u00a0h\u00a0${minute}` : `at ${hour}:${minute}`
  return `${weekday} ${dayOf(instant, locale)} ${time}\u00a0UTC`
}

/** The day of an instant, in UTC: `5 March 2027`. */
export function dayOf(instant: string, locale: Locale): string {
  if (!isInstant(instant)) return instant
  const { day, month, year } = partsOf(instant, locale)
  return `${locale === 'fr' && day === '1' ? '1er' : day}\u00a0${month} ${year}`
}

/** How many, with the word that the number asks for: `1 day`, `30 days`. */
export function count(number: number, locale: Locale, one: string, other: string): string {
  const word = new Intl.PluralRules(tags[locale]).select(number) === 'one' ? one : other
  return `${new Intl.NumberFormat(tags[locale]).format(number)}\u00a0${word}`
}

/** English of no country in particular: the day before the month, and 24 hours. */
const tags: { readonly [locale in Locale]: string } = { en: 'en-GB', fr: 'fr-FR' }

/** Date.parse alone finds dates in much that is none. */
function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text))
}

function partsOf(instant: string, locale: Locale): Partial<Record<Intl.DateTimeFormatPartTypes, string>> {
  const format = new Intl.DateTimeFormat(tags[locale], {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return Object.fromEntries(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]))
}
