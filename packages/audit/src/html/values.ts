import { type FieldDifference, fieldLabel, type ItemChange, type TextRun } from '@vitrine/core'
import { type Html, html, nothing } from './markup.js'
import { when } from './words.js'

/** A value of content, or of what an event says. */
export function valueHtml(value: unknown): Html {
  if (Array.isArray(value)) return listHtml(value)
  if (typeof value === 'boolean') return html`${value ? 'yes' : 'no'}`
  if (typeof value === 'number') return html`${value}`
  if (typeof value === 'string' && hash.test(value)) return html`<code>${value}</code>`
  if (typeof value === 'string') return instant.test(value) ? when(value) : html`<span class="text">${value}</span>`
  if (typeof value !== 'object' || value === null) return html`<span class="faint">–</span>`
  if ('sealed' in value) return html`<span class="sealed">sealed</span>`
  if ('erased' in value && value.erased === true) return html`<span class="sealed">erased</span>`
  return groupHtml(value)
}

const hash = /^[0-9a-f]{64}$/
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** Names and what stands under them. */
export function factsHtml(facts: readonly (readonly [name: string, value: Html])[]): Html {
  if (facts.length === 0) return nothing
  return html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}

/** What an event says, by field. */
export function saidHtml(said: object): Html {
  return factsHtml(Object.entries(said).map(([name, value]) => [fieldLabel(name), valueHtml(value)] as const))
}

/** What changed, field by field: what is gone is struck out, what has come stands out. */
export function differencesHtml(differences: readonly FieldDifference[]): Html {
  return html`<dl class="changes">${differences.map(
    (one) =>
      html`<div class="${one.change}"><dt><span class="mark" aria-hidden="true">${marks[one.change]}</span>${fieldLabel(one.field)}<span class="unseen"> (${one.change})</span></dt><dd>${differenceHtml(one)}</dd></div>`,
  )}</dl>`
}

const marks = { added: '+', removed: '−', changed: '~' } as const

function differenceHtml({ change, before, after, words, items }: FieldDifference): Html {
  if (change === 'added') return valueHtml(after)
  if (change === 'removed') return html`<del>${valueHtml(before)}</del>`
  if (words) return html`<span class="text">${words.map(runHtml)}</span>`
  if (items) return html`<ul class="items">${items.map(itemHtml)}</ul>`
  return html`<del>${valueHtml(before)}</del> <ins>${valueHtml(after)}</ins>`
}

function runHtml({ change, text }: TextRun): Html {
  if (change === 'same') return html`${text}`
  return change === 'added' ? html`<ins>${text}</ins>` : html`<del>${text}</del>`
}

function itemHtml(one: ItemChange): Html {
  if (one.change === 'added') return html`<li><ins>${valueHtml(one.item)}</ins></li>`
  if (one.change === 'removed') return html`<li><del>${valueHtml(one.item)}</del></li>`
  return html`<li>${valueHtml(one.item)} <span class="faint">from place ${one.from + 1} to ${one.to + 1}</span></li>`
}

function listHtml(values: readonly unknown[]): Html {
  if (values.length === 0) return html`<span class="faint">none</span>`
  if (values.every((value) => typeof value !== 'object'))
    return html`<span class="text">${values.map(String).join(', ')}</span>`
  return html`<ul class="items">${values.map((value) => html`<li>${valueHtml(value)}</li>`)}</ul>`
}

function groupHtml(group: object): Html {
  const parts = Object.entries(group).map(
    ([name, value]) =>
      html`<span class="part"><span class="name">${fieldLabel(name)}</span> ${valueHtml(value)}</span>`,
  )
  return html`<span class="group">${parts}</span>`
}
