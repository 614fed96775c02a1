import type { Paint } from '../cli/paint.js'
import { type DeliveryFate, type MessageFate, recipientName } from '../messages-about.js'
import { instantText } from './value-text.js'

/** A message and what became of it with each recipient, as names and what stands under them. */
export function messagePairs({ kind, deliveries }: MessageFate, paint: Paint): readonly (readonly [string, string])[] {
  const name = `✉ ${paint.plain(kind)}`
  if (deliveries.length === 0) return [[name, paint.faint('for nobody')]]
  return deliveries.map((delivery) => [name, deliveryText(delivery, paint)] as const)
}

/** For whom, where it stands, since when, and why. */
export function deliveryText({ to, status, attempts, endedAt, reason, nextAt }: DeliveryFate, paint: Paint): string {
  const when = endedAt ?? nextAt
  return [
    `to ${paint.plain(recipientName(to))}:`,
    statusText(status, paint),
    ...(when === undefined ? [] : [paint.faint(instantText(when))]),
    ...(attempts > 1 ? [paint.faint(`after ${attempts} attempts`)] : []),
    ...(reason === undefined ? [] : [`(${paint.plain(reason)})`]),
  ].join(' ')
}

/** Where a message stands, in a word. */
function statusText(status: string, paint: Paint): string {
  const words: { readonly [status: string]: string } = { givenUp: 'given up', underWay: 'under way' }
  const word = words[status] ?? status
  if (status === 'delivered') return paint.good(word)
  return status === 'givenUp' || status === 'expired' ? paint.bad(word) : paint.warn(word)
}
