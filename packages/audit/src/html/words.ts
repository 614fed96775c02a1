import { fieldLabel } from '@vitrine/core'
import { type Html, html } from './markup.js'

/** The name of an event in words: `Vanity url claimed`. */
export function eventWords(type: string): string {
  return fieldLabel(type)
}

/** An instant, with what a machine reads in it; to the minute, in UTC. */
export function when(instant: string, part: 'all' | 'time' = 'all'): Html {
  const day = `${Number(instant.slice(8, 10))} ${months[Number(instant.slice(5, 7)) - 1]} ${instant.slice(0, 4)}`
  const time = instant.slice(11, 16)
  return html`<time datetime="${instant}">${part === 'time' ? time : `${day}, ${time}`}</time>`
}

/** A day as a heading. */
export function dayWords(day: string): string {
  return `${Number(day.slice(8, 10))} ${months[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** Who did something, and as what. */
export function actorHtml({
  name,
  role,
  id,
}: {
  readonly name: string
  readonly role: string
  readonly id: string
}): Html {
  if (role === 'system') return html`<span class="who system">${name}</span>`
  return html`<span class="who" title="${id}">${name}</span> <span class="role">${role}</span>`
}

/** A count with its noun. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
