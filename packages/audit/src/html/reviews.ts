import type { Happening } from '../history.js'
import type { Question, Submitted } from '../submissions.js'
import { type Html, html } from './markup.js'
import { factsHtml, valueHtml } from './values.js'
import { actorHtml, eventWords, when } from './words.js'

/** Each submission, with what was asked, checked and decided. */
export function reviewsHtml(submissions: readonly Submitted[]): Html {
  const none = html`<p class="faint">It was never submitted.</p>`
  return html`<section id="review"><h2>Review</h2>${submissions.length > 0 ? submissions.map(submissionHtml) : none}</section>`
}

function submissionHtml(submitted: Submitted, at: number): Html {
  const { submission, revision, comment, outcome } = submitted
  return html`<article class="card"><header><h3>Submission ${at + 1} <span class="faint">revision ${revision}</span></h3>${outcomeChip(outcome)}</header>
<p>${actorHtml(submission.by)} <span class="faint">${when(submission.occurredAt)}</span></p>
${comment !== '' && html`<blockquote class="text">${comment}</blockquote>`}
${rowsOf(submitted)}
${outcome && outcomeHtml(outcome)}</article>
`
}

function rowsOf({ questions, suggestions, evidence, checks, steps }: Submitted): Html {
  return factsHtml([
    ...steps.map((one) => [eventWords(one.type), byAndWhen(one, one.said.reason)] as const),
    ...questions.map(
      (one) => [one.asked.said.blocking === true ? 'Blocking question' : 'Question', questionHtml(one)] as const,
    ),
    ...suggestions.map((one) => [nameWith('Suggestion for', one.said.field), byAndWhen(one, one.said.text)] as const),
    ...evidence.map(
      (one) => [eventWords(one.type), html`${valueHtml(one.said)} ${byAndWhen(one, undefined)}`] as const,
    ),
    ...checks.map((one) => [nameWith('Check', one.said.check), checkHtml(one)] as const),
  ])
}

function nameWith(words: string, name: unknown): string {
  return typeof name === 'string' ? `${words} ${name}` : words
}

function questionHtml({ asked, answered, closed }: Question): Html {
  const end = answered
    ? html`<span class="text answer">${valueHtml(answered.said.text)}</span> ${byAndWhen(answered, undefined)}`
    : html`<span class="chip wait">${closed ? 'closed without an answer' : 'not answered'}</span>`
  return html`<span class="text">${valueHtml(asked.said.text)}</span> ${byAndWhen(asked, undefined)}<br>${end}`
}

function checkHtml(one: Happening): Html {
  const word = one.type.slice('Check'.length).toLowerCase()
  const chip = html`<span class="chip ${word === 'failed' ? 'bad' : 'good'}">${word}</span>`
  return html`${chip} ${byAndWhen(one, one.said.note)}`
}

function byAndWhen({ by, occurredAt }: Happening, text: unknown): Html {
  const said = typeof text === 'string' && text !== '' && html`<span class="text">${text}</span> `
  return html`${said}<span class="faint">${by.name}, ${when(occurredAt)}</span>`
}

function outcomeChip(outcome: Happening | undefined): Html {
  if (!outcome) return html`<span class="chip wait">under way</span>`
  const tone = outcome.type === 'Approved' ? 'good' : outcome.type === 'SubmissionRecalled' ? 'wait' : 'bad'
  return html`<span class="chip ${tone}">${eventWords(outcome.type)}</span>`
}

function outcomeHtml(outcome: Happening): Html {
  const { by, occurredAt, said } = outcome
  const reasons = Array.isArray(said.reasons) ? said.reasons : []
  const shown = {
    ...('publishBy' in said && { 'Publish by': said.publishBy }),
    ...('basis' in said && { Basis: said.basis }),
  }
  const facts = Object.entries(shown).map(([name, value]) => [name, valueHtml(value)] as const)
  return html`<div class="outcome"><p><b>${eventWords(outcome.type)}</b> ${actorHtml(by)} <span class="faint">${when(occurredAt)}</span></p>
${reasons.length > 0 && html`<ul class="items">${reasons.map((reason) => html`<li>${valueHtml(reason)}</li>`)}</ul>`}${factsHtml(facts)}</div>`
}
