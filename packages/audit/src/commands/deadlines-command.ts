import { AuditError } from '../audit-error.js'
import { asOfOption, type CommandRow } from '../cli/command-row.js'
import { exits } from '../cli/exits.js'
import { asOf, inStore, type Session } from '../cli/session.js'
import { showSheet } from '../cli/sheet.js'
import type { Column } from '../cli/table.js'
import { deadlinesDue, type RunningDeadline } from '../deadlines-due.js'
import { instantText } from './value-text.js'

/** What time has decided, or is about to. */
export const deadlinesDueCommand: CommandRow = {
  name: 'deadlines due',
  what: 'Deadlines that have passed, or at which something is due. Ends with 1 when one is overdue.',
  example: 'deadlines due --within 7 --store sqlite:market.db',
  options: [asOfOption, { flags: '--within <days>', what: 'also those that end within so many days' }],
  formats: ['text', 'json', 'csv'],
  run: (session) =>
    inStore(session, 'reading', async (place) => {
      const now = asOf(session)
      const { paint } = session
      let overdue = 0
      await place.watched('reading the log', (watching) =>
        showSheet(session, {
          facts: { ...place.facts, asOf: now },
          lines: [
            `${paint.strong('deadlines')} at ${instantText(now)} UTC   ${paint.faint(`rules: ${place.facts.rules}`)}`,
          ],
          list: 'deadlines',
          rows: counted(deadlinesDue(place, now, { ...watching, withinDays: daysIn(session) }), () => (overdue += 1)),
          columns,
          end: (count) => ({ facts: { count, overdue }, lines: [`${count} in all, ${overdue} overdue`] }),
        }),
      )
      return overdue > 0 ? exits.found : exits.fine
    }),
}

function daysIn({ given: { within = '0' } }: Session): number {
  const days = Number(within)
  if (Number.isFinite(days) && days >= 0) return days
  throw new AuditError('used-wrongly', `${String(within)} is no number of days: 0 or more was expected.`)
}

async function* counted(rows: AsyncIterable<RunningDeadline>, count: () => void): AsyncGenerator<RunningDeadline> {
  for await (const row of rows) {
    if (row.status === 'overdue') count()
    yield row
  }
}

const columns: readonly Column<RunningDeadline>[] = [
  { name: 'at', title: 'When', of: ({ at }) => at, as: 'faint' },
  { name: 'status', title: 'Status', of: ({ status }) => status, as: ({ status }) => colours[status] },
  { name: 'of', title: 'Of', of: ({ of }) => of },
  { name: 'id', title: 'Id', of: ({ id }) => id, as: 'faint' },
  { name: 'name', title: 'Name', of: ({ name }) => name, as: 'strong', mayShrink: true },
  { name: 'commands', title: 'A sweep would give', of: ({ commands }) => commands.map(({ type }) => type).join(' ') },
  { name: 'publisherId', title: 'Publisher', of: ({ publisherId }) => publisherId, as: 'faint' },
]

const colours = { overdue: 'bad', due: 'warn', running: 'plain' } as const
