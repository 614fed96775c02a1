import { type FieldDifference, fieldLabel, type ItemChange, type Json, type TextRun } from '@vitrine/core'
import type { Paint } from '../cli/paint.js'
import { visibleLines } from '../cli/visible.js'

/** A value of an event or a state, for people. */
function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(', ')
  if (typeof value !== 'object' || value === null) return visibleLines(plain(value))
  if ('sealed' in value) return '‹sealed›'
  if ('erased' in value && value.erased === true) return '‹erased›'
  return Object.entries(value)
    .map(([name, inner]) => `${fieldLabel(name)}: ${valueText(inner)}`)
    .join('; ')
}

/** What an event says, or a state holds, as names and what stands under them. */
export function valuePairs(value: object): readonly (readonly [string, string])[] {
  return Object.entries(value).map(([name, inner]) => [visibleLines(labelOf(name)), valueText(inner)] as const)
}

/** What changed, field by field; of long texts, what stands around it. */
export function changePairs(changes: readonly FieldDifference[], paint: Paint): readonly (readonly [string, string])[] {
  return changes.map(
    (one) => [`${markOf(one, paint)} ${paint.plain(labelOf(one.field))}`, changeText(one, paint)] as const,
  )
}

/** An instant as it is read best: to the second, in UTC. */
export function instantText(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)}`
}

function plain(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '–'
}

/** A path keeps its parts: only names of fields are put in words. */
function labelOf(field: string): string {
  return field.includes('.') || field.includes('-') ? field : fieldLabel(field)
}

function markOf({ change }: FieldDifference, paint: Paint): string {
  return change === 'added' ? paint.added('+') : change === 'removed' ? paint.bad('−') : paint.warn('~')
}

function changeText({ change, before, after, items, words }: FieldDifference, paint: Paint): string {
  if (change === 'added') return valueText(after)
  if (change === 'removed') return painted(valueText(before), paint.removed)
  if (words) return words.map((run, at) => runText(run, at, words.length, paint)).join('')
  if (items) return items.map((item) => itemText(item, paint)).join('\n')
  return `${painted(valueText(before), paint.removed)} → ${painted(valueText(after), paint.added)}`
}

function itemText({ change, item, ...places }: ItemChange, paint: Paint): string {
  const text = valueText(item as Json)
  if (change === 'added') return painted(`+ ${text}`, paint.added)
  if (change === 'removed') return painted(`− ${text}`, paint.bad)
  const { from, to } = places as { readonly from: number; readonly to: number }
  return `↕ ${text} (from place ${from + 1} to ${to + 1})`
}

/** Without colours, what is gone stands in [- -], what has come in {+ +}. */
function runText({ change, text }: TextRun, at: number, of: number, paint: Paint): string {
  const shown = visibleLines(text)
  if (change === 'same') return cutAround(shown, at > 0, at < of - 1)
  if (paint.isColourful) return painted(shown, change === 'added' ? paint.added : paint.removed)
  return change === 'added' ? `{+${shown}+}` : `[-${shown}-]`
}

const context = 40

/** Of what stayed, only what stands beside a change. */
function cutAround(text: string, isBehind: boolean, isBefore: boolean): string {
  const head = isBehind ? text.slice(0, context) : ''
  const tail = isBefore ? text.slice(-context) : ''
  return head.length + tail.length >= text.length ? text : `${head}…${tail}`
}

/** Line by line: a colour ends with its line. */
function painted(text: string, by: (text: string) => string): string {
  return text.split('\n').map(by).join('\n')
}
