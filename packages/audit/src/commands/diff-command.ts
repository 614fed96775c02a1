import type { FieldDifference } from '@vitrine/core'
import type { CommandRow } from '../cli/command-row.js'
import { exits } from '../cli/exits.js'
import type { Paint } from '../cli/paint.js'
import { inStore } from '../cli/session.js'
import { showDocument } from '../cli/sheet.js'
import { pairs } from '../cli/table.js'
import { compareRevisions, type Revision } from '../compare-revisions.js'
import { changePairs, instantText } from './value-text.js'

/** Two revisions side by side. */
export const diffCommand: CommandRow = {
  name: 'diff',
  arguments: [
    { form: '<listing>', what: 'its id' },
    { form: '<before>', what: 'a revision, as r3' },
    { form: '<after>', what: 'another one, as r7' },
  ],
  what: 'What differs between two revisions of a listing, field by field. Ends with 1 when something does.',
  example: 'diff 01920000-0000-7000-8000-000000000001 r3 r7 --store sqlite:market.db',
  formats: ['text', 'json'],
  run: (session, [id = '', one = '', other = '']) =>
    inStore(session, 'reading', async (place) => {
      const { paint, printer, signal } = session
      const { before, after, differences } = await compareRevisions(place, id, [one, other], { signal })
      const head = [
        `${paint.strong('listing')} ${paint.plain(id)}   ${paint.faint(`rules: ${place.facts.rules}`)}`,
        `${paint.bad('−')} ${revisionText(before, paint)}`,
        `${paint.added('+')} ${revisionText(after, paint)}`,
      ].join('\n')
      const document = { ...place.facts, id, before, after, differences }
      await showDocument(session, document, () => `${head}\n\n${bodyOf(differences, paint, printer.width)}\n`)
      return differences.length > 0 ? exits.found : exits.fine
    }),
}

function revisionText({ revision, until, publishedAt }: Revision, paint: Paint): string {
  const live = publishedAt === undefined ? 'never live' : `live from ${instantText(publishedAt)}`
  return `revision ${revision}  ${paint.faint(`written until ${instantText(until)}, ${live}`)}`
}

function bodyOf(differences: readonly FieldDifference[], paint: Paint, width: number): string {
  if (differences.length === 0) return 'They say the same.'
  return pairs(changePairs(differences, paint), { width, least: 18 })
}
