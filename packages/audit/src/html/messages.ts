import type { Happening } from '../history.js'
import { type DeliveryFate, type MessageFate, recipientName } from '../messages-about.js'
import { type Html, html, nothing } from './markup.js'
import { when } from './words.js'

/** Beside an event: the messages that it led to. */
export function deliveriesHtml(messages: readonly MessageFate[], occurredAt: string): Html {
  if (messages.length === 0) return nothing
  const lines = messages.flatMap(({ kind, deliveries }) =>
    deliveries.map((delivery) => lineOf(kind, delivery, occurredAt.slice(0, 10))),
  )
  return html`<ul class="told">${lines}</ul>`
}

/** All of them, in one table. */
export function messagesHtml(happenings: readonly Happening[]): Html {
  const rows = happenings.flatMap(({ messages, type, version }) =>
    messages.flatMap(({ kind, requestedAt, deliveries }) =>
      deliveries.map((delivery) => rowOf({ kind, requestedAt, type, version }, delivery)),
    ),
  )
  const table = html`<div class="scrolls"><table><thead><tr><th>Message</th><th>To</th><th>Status</th><th>When</th><th>Because of</th></tr></thead>
<tbody>${rows}</tbody></table></div>`
  return html`<section id="messages"><h2>Messages</h2>${rows.length > 0 ? table : html`<p class="faint">Nobody was told anything, or it is forgotten.</p>`}</section>`
}

function lineOf(kind: string, { to, status, endedAt, reason }: DeliveryFate, day: string): Html {
  return html`<li><span class="envelope" aria-hidden="true">✉</span> <b>${kind}</b> to ${recipientName(to)} ${statusHtml(status)}${endedAt !== undefined && html` <span class="faint">${when(endedAt, endedAt.startsWith(day) ? 'time' : 'all')}</span>`}${reason !== undefined && html` <span class="faint">(${reason})</span>`}</li>`
}

interface Cause {
  readonly kind: string
  readonly requestedAt: string
  readonly type: string
  readonly version: number
}

function rowOf({ kind, requestedAt, type, version }: Cause, { to, status, endedAt, reason }: DeliveryFate): Html {
  return html`<tr><td>${kind}</td><td>${recipientName(to)}</td><td>${statusHtml(status)}${reason !== undefined && html`<br><span class="faint">${reason}</span>`}</td><td>${when(endedAt ?? requestedAt)}</td><td><a href="#event-${version}">${type}</a></td></tr>`
}

function statusHtml(status: string): Html {
  const words: { readonly [status: string]: string } = { givenUp: 'given up', underWay: 'under way' }
  const tone = status === 'delivered' ? 'good' : status === 'givenUp' || status === 'expired' ? 'bad' : 'wait'
  return html`<span class="chip ${tone}">${words[status] ?? status}</span>`
}
