import type { ListingReport } from '../listing-report.js'
import { type Html, html } from './markup.js'
import { factsHtml } from './values.js'
import { counted, when } from './words.js'

/** What it is, where it stands, and who must act. */
export function summaryHtml(report: ListingReport): Html {
  const { name, kind, publisher, listingId, standing, happenings, revisions } = report
  const first = happenings[0]
  const live = happenings.find(({ type }) => type === 'Published')
  const people = new Set(happenings.filter(({ by }) => by.role !== 'system').map(({ by }) => by.id)).size
  const counts = `${counted(happenings.length, 'event')}, ${counted(revisions.length, 'revision')}, ${counted(people, 'person')}`
  return html`<header class="top"><p class="eyebrow">The history of a listing</p><h1>${name === '' ? listingId : name}</h1>
<p class="standing">${Object.entries(standing).map(([axis, status]) => html`<span class="chip ${toneOf(String(status))}"><span class="axis">${axis}</span> ${statusWords(String(status))}</span> `)}</p>
${factsHtml([
  ['Kind', html`${kind}`],
  ['Publisher', html`${publisher.name} <code>${publisher.id}</code>`],
  ['Listing', html`<code>${listingId}</code>`],
  ...(first ? [['Begun', when(first.occurredAt)] as const] : []),
  ['First live', live ? when(live.occurredAt) : html`never`],
  ['So far', html`${counts.replace('persons', 'people')}`],
])}</header>
${nextHtml(report)}`
}

/** The verdict comes first for who reads only the beginning. */
export function verdictHtml({ verification }: ListingReport): Html {
  const { sound, events, unchained, chainedFrom, problems } = verification
  const tied = events - unchained
  const chain =
    chainedFrom === undefined
      ? 'Events are not tied together by hashes: what was changed with care is not found.'
      : `${tied === events ? 'All of them are' : `${tied} of them are`} tied to those before them by a hash.`
  const found = sound
    ? html`<p><b>Nothing was found that does not fit.</b> ${counted(events, 'event')} of this listing were read: versions without holes, time that does not run backwards, every event readable. ${chain}</p>`
    : html`<p><b>This history has been tampered with, or is damaged.</b></p><ul>${problems.map((one) => html`<li>Event ${one.version} (${one.type}): ${one.sentence} <span class="faint">${one.code}</span></li>`)}</ul>`
  return html`<section id="verification" class="verdict ${sound ? 'good' : 'bad'}"><h2>Verification</h2>${found}
<p class="faint">Whether something was cut off at the end, only an anchor shows that was kept elsewhere.</p></section>`
}

function nextHtml({ mustAct, deadlines, madeAt }: ListingReport): Html {
  const acts = mustAct.map(
    ({ who, what, until }) =>
      html`<li><span class="chip ${who === 'nobody' ? 'none' : 'wait'}">${who}</span> <span class="text">${what}</span>${until !== undefined && html` <span class="faint">by ${when(until)}</span>`}</li>`,
  )
  const due = deadlines.map(
    ({ at, what, writes }) =>
      html`<li>${when(at)} <span>${what}</span>${writes !== undefined && html` <span class="faint">${writes}</span>`}${at < madeAt && html` <span class="chip bad">overdue</span>`}</li>`,
  )
  return html`<section id="next"><h2>What comes next</h2><ul class="acts">${acts}</ul>${due.length > 0 && html`<h3>Time will decide</h3><ul class="acts">${due}</ul>`}</section>`
}

function statusWords(status: string): string {
  return status === 'inReview' ? 'in review' : status
}

function toneOf(status: string): string {
  if (/^(approved|public|private)$/.test(status)) return 'good'
  if (/^(rejected|suspended|deleted)$/.test(status)) return 'bad'
  return status === 'none' ? 'none' : 'wait'
}
