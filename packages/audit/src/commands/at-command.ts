import type { Listing } from '@vitrine/core'
import { asOfOption, type CommandRow, openOption } from '../cli/command-row.js'
import { exits } from '../cli/exits.js'
import type { Paint } from '../cli/paint.js'
import { asOf, inStore } from '../cli/session.js'
import { showDocument } from '../cli/sheet.js'
import { pairs } from '../cli/table.js'
import { type StateAt, stateAt } from '../state-at.js'
import { instantText, valuePairs } from './value-text.js'

/** One thing, as it was. */
export const atCommand: CommandRow = {
  name: 'at',
  arguments: [{ form: '<id>', what: 'of a listing, a publisher or a lead' }],
  what: 'A listing, a publisher or a lead as it stood at an instant.',
  example: 'at 01920000-0000-7000-8000-000000000001 --as-of 2026-03-01T00:00Z --store sqlite:market.db',
  options: [asOfOption, openOption],
  formats: ['text', 'json'],
  run: (session, [id = '']) =>
    inStore(session, 'reading', async (place) => {
      const instant = asOf(session)
      const { signal, paint, printer } = session
      const found = await stateAt(place, id, instant, { sight: place.sight, signal })
      const { last, ...rest } = found
      const through = {
        version: last.version,
        position: last.position,
        type: last.type,
        occurredAt: last.metadata.occurredAt,
      }
      const document = { ...place.facts, asOf: instant, ...rest, through }
      const head = `${paint.strong(found.is)} ${found.id} at ${instantText(instant)} UTC   ${paint.faint(`rules: ${place.facts.rules}`)}`
      const foot = paint.faint(`after event ${last.version}, ${last.type}, of ${instantText(last.metadata.occurredAt)}`)
      await showDocument(session, document, () => `${head}\n\n${bodyOf(found, paint, printer.width)}${foot}\n`)
      return exits.fine
    }),
}

function bodyOf({ is, state }: StateAt, paint: Paint, width: number): string {
  return is === 'listing' ? listingText(state as Listing, paint, width) : section('', state, paint, width)
}

function listingText(
  { id: _id, working, live, archive, staffOnly, evidence, ...rest }: Listing,
  paint: Paint,
  width: number,
): string {
  const { content, submission, approval, ...standing }: { readonly [part: string]: unknown } = { ...working }
  const archived = Object.fromEntries(
    Object.entries(archive).map(([revision, { content: said }]) => [`revision ${revision}`, said.name]),
  )
  return [
    section('Listing', rest, paint, width),
    section('Working revision', standing, paint, width),
    section('Content', content, paint, width),
    section('Submission', submission, paint, width),
    section('Approval', approval, paint, width),
    section('Live', live, paint, width),
    section('Were live', archived, paint, width),
    section('Evidence', evidence.length > 0 ? Object.fromEntries(evidence.entries()) : undefined, paint, width),
    section('For staff alone', staffOnly, paint, width),
  ].join('')
}

/** Names and values under a heading; nothing, where there is nothing to say. */
function section(heading: string, value: unknown, paint: Paint, width: number): string {
  const rows = valuePairs((value ?? {}) as object).filter(([, text]) => text !== '')
  if (rows.length === 0) return ''
  const above = heading === '' ? '' : `${paint.strong(heading)}\n`
  return `${above}${pairs(
    rows.map(([name, text]) => [paint.faint(name), text]),
    { indent: 2, width, least: 18 },
  )}\n\n`
}
