import { fieldLabel } from '@vitrine/core'
import type { Happening } from '../history.js'
import { type Html, html } from './markup.js'
import { deliveriesHtml } from './messages.js'
import { differencesHtml, saidHtml } from './values.js'
import { actorHtml, counted, dayWords, eventWords, when } from './words.js'

/** Everything that happened, day by day. */
export function timelineHtml(happenings: readonly Happening[]): Html {
  const days = [...Map.groupBy(happenings, ({ occurredAt }) => occurredAt.slice(0, 10))]
  return html`<section id="timeline"><h2>Timeline</h2>
${days.map(
  ([day, ofDay]) => html`<h3 class="day">${dayWords(day)}</h3>
<ol class="timeline">${ofDay.map(entryHtml)}</ol>`,
)}</section>`
}

function entryHtml(happening: Happening): Html {
  const { type, version, occurredAt, by, command, said, changes, messages } = happening
  return html`<li class="${phaseOf(type)}" id="event-${version}">
<header><span class="what">${eventWords(type)}</span> ${actorHtml(by)} <span class="at">${when(occurredAt, 'time')}</span></header>
${saidHtml(without(said, boring))}
${changes.length > few ? html`<p class="faint">${counted(changes.length, 'field')} written: ${changes.map(({ field }) => fieldLabel(field).toLowerCase()).join(', ')}. What they say stands with the revision.</p>` : changes.length > 0 && differencesHtml(changes)}
${deliveriesHtml(messages, occurredAt)}
<footer>event ${version} · ${command.type} <code>${command.id}</code></footer>
</li>
`
}

/** So many changed fields are shown where they happened; more stand with their revision. */
const few = 4

/** Ids and hashes are for machines: they stand in the JSON of the report. */
const boring = ['submissionId', 'questionId', 'evidenceId', 'contentHash', 'publisherId', 'token', 'approvedAt']

function without(said: object, fields: readonly string[]): object {
  return Object.fromEntries(Object.entries(said).filter(([field]) => !fields.includes(field)))
}

/** What part of its life an event belongs to: it gives its colour. */
function phaseOf(type: string): 'writing' | 'review' | 'good' | 'bad' | 'live' | 'clock' {
  if (/^(Approved|CheckPassed|CheckWaived)$/.test(type)) return 'good'
  if (/^(Rejected|AutoRejected|CheckFailed|Suspended|Withdrawn|Deleted)$/.test(type)) return 'bad'
  if (/^(Published|Republished|Superseded|Made|Reinstated|PrivateLink)/.test(type)) return 'live'
  if (type.startsWith('Publication')) return 'clock'
  return /^(Submitted|Submission|Review|Question|Changes|Evidence|PublishMode)/.test(type) ? 'review' : 'writing'
}
