import { asOfOption, type CommandRow } from '../cli/command-row.js'
import { exits } from '../cli/exits.js'
import { asOf, inStore } from '../cli/session.js'
import { showSheet } from '../cli/sheet.js'
import type { Column } from '../cli/table.js'
import { type LiveAsOf, liveAsOf } from '../live-as-of.js'
import { instantText } from './value-text.js'

/** The whole catalogue of a day. */
export const liveCommand: CommandRow = {
  name: 'live',
  what: 'The whole catalogue as it was at an instant, from the log alone.',
  example: 'live --as-of 2026-03-01 --store sqlite:market.db',
  options: [asOfOption],
  formats: ['text', 'json', 'csv'],
  run: (session) =>
    inStore(session, 'reading', async (place) => {
      const instant = asOf(session)
      const { paint } = session
      await place.watched('reading the log', async (watching) => {
        await showSheet(session, {
          facts: { ...place.facts, asOf: instant },
          lines: [
            `${paint.strong('live')} at ${instantText(instant)} UTC   ${paint.faint(`rules: ${place.facts.rules}`)}`,
          ],
          list: 'listings',
          rows: liveAsOf(place, instant, watching),
          columns,
          end: (count) => ({ facts: { count }, lines: [`${count} ${count === 1 ? 'listing' : 'listings'}`] }),
        })
      })
      return exits.fine
    }),
}

const columns: readonly Column<LiveAsOf>[] = [
  { name: 'listingId', title: 'Listing', of: ({ listingId }) => listingId, as: 'faint' },
  { name: 'name', title: 'Name', of: ({ name }) => name, as: 'strong', mayShrink: true },
  { name: 'kind', title: 'Kind', of: ({ kind }) => kind },
  { name: 'revision', title: 'Revision', of: ({ revision }) => revision },
  {
    name: 'visibility',
    title: 'Shown',
    of: ({ visibility }) => visibility,
    as: ({ visibility }) => (visibility === 'public' ? 'good' : 'warn'),
  },
  { name: 'since', title: 'Since', of: ({ since }) => since, as: 'faint' },
  { name: 'path', title: 'Path', of: ({ path }) => path, mayShrink: true },
  { name: 'publisherId', title: 'Publisher', of: ({ publisherId }) => publisherId, as: 'faint' },
]
