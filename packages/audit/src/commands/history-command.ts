import type { Listing } from '@vitrine/core'
import { asOfOption, type CommandRow, openOption } from '../cli/command-row.js'
import { exits } from '../cli/exits.js'
import type { Paint } from '../cli/paint.js'
import { asOf, inStore, type Session, type Workplace } from '../cli/session.js'
import { showSheet } from '../cli/sheet.js'
import { pairs } from '../cli/table.js'
import { visibleJson } from '../cli/visible.js'
import { findStream } from '../find-stream.js'
import { type Happening, type History, history } from '../history.js'
import type { PendingDeadline } from '../pending-deadlines.js'
import { eventsOf } from '../stream-story.js'
import { messagePairs } from './message-text.js'
import { changePairs, instantText, valuePairs } from './value-text.js'

/** Everything that happened to one thing. */
export const historyCommand: CommandRow = {
  name: 'history',
  arguments: [{ form: '<id>', what: 'of a listing, a publisher or a lead' }],
  what: 'Every event: who, when, what changed, which messages it led to; and what time will still decide.',
  example: 'history 01920000-0000-7000-8000-000000000001 --store sqlite:market.db',
  options: [asOfOption, openOption, { flags: '--raw', what: 'the events as they are stored, one a line' }],
  formats: ['text', 'json', 'csv'],
  run: (session, [id = '']) =>
    inStore(session, 'reading', (place) =>
      session.given.raw ? showRaw(session, place, id) : show(session, place, id),
    ),
}

async function show(session: Session, place: Workplace, id: string) {
  const { paint, printer, signal, now, given } = session
  const until = given.asOf === undefined ? {} : { until: asOf(session) }
  const options = { sight: place.sight, messages: place.store.store.messages, signal, ...until }
  const told = await history(place, id, options)
  await showSheet(session, {
    facts: { ...place.facts, is: told.is, id: told.id, ...until },
    lines: [`${paint.strong(told.is)} ${told.id}   ${paint.faint(`rules: ${place.facts.rules}`)}`],
    list: 'events',
    rows: told.happenings,
    columns,
    block: (happening) => blockOf(happening, paint, printer.width),
    end: (count) => ({ facts: endFacts(told), lines: endLines(told, count, until.until ?? now, paint) }),
  })
  return exits.fine
}

/** Neither lifted nor cut: what stands in the store. */
async function showRaw({ printer, signal }: Session, place: Workplace, id: string) {
  const { stream } = await findStream(place, id)
  for await (const event of eventsOf(place.log, stream, signal)) await printer.print(`${visibleJson(event)}\n`)
  return exits.fine
}

const columns = [
  { name: 'version', title: 'Version', of: ({ version }: Happening) => version },
  { name: 'position', title: 'Position', of: ({ position }: Happening) => position },
  { name: 'occurredAt', title: 'When', of: ({ occurredAt }: Happening) => occurredAt },
  { name: 'type', title: 'Event', of: ({ type }: Happening) => type },
  { name: 'actorId', title: 'Who', of: ({ by }: Happening) => by.id },
  { name: 'actorName', title: 'Name', of: ({ by }: Happening) => by.name },
  { name: 'actorRole', title: 'Role', of: ({ by }: Happening) => by.role },
  { name: 'command', title: 'Command', of: ({ command }: Happening) => command.type },
  { name: 'commandId', title: 'Command id', of: ({ command }: Happening) => command.id },
  { name: 'correlationId', title: 'Correlation', of: ({ correlationId }: Happening) => correlationId },
  { name: 'said', title: 'Said', of: ({ said }: Happening) => visibleJson(said) },
  {
    name: 'changedFields',
    title: 'Changed',
    of: ({ changes }: Happening) => changes.map(({ field }) => field).join(' '),
  },
  { name: 'messages', title: 'Messages', of: ({ messages }: Happening) => messages.map(({ kind }) => kind).join(' ') },
]

function blockOf(happening: Happening, paint: Paint, width: number): string {
  const { version, occurredAt, type, by, command, correlationId, said, changes, messages } = happening
  const who =
    by.role === 'system' ? paint.faint(by.name) : `${paint.plain(by.name)} ${paint.faint(`(${by.role}, ${by.id})`)}`
  const head = `${paint.faint(String(version).padStart(3))}  ${paint.faint(instantText(occurredAt))}  ${paint.name(type)}  ${who}`
  const least = 19
  const rows = [
    ...valuePairs(said).map(([name, value]) => [paint.faint(name), value] as const),
    ...changePairs(changes, paint),
    ...messages.flatMap((message) => messagePairs(message, paint)),
    [paint.faint('by'), paint.faint(`${command.type} ${command.id}${traced(command.id, correlationId)}`)] as const,
  ]
  return `${head}\n${pairs(rows, { indent: 5, width, least })}\n\n`
}

/** What somebody asked for by itself is traced by its own id. */
function traced(commandId: string, correlationId: string): string {
  return correlationId === commandId ? '' : `, correlation ${correlationId}`
}

function endFacts(told: History): { readonly deadlines: readonly PendingDeadline[] } {
  return { deadlines: told.end().pending }
}

function endLines(told: History, count: number, now: string, paint: Paint): readonly string[] {
  const { state, pending } = told.end()
  const deadlines = pending.map(({ at, what, writes }) => {
    const overdue = at < now ? paint.bad(' overdue') : ''
    return `  ${instantText(at)}  ${what}${writes ? paint.faint(` (${writes})`) : ''}${overdue}`
  })
  const standing = told.is === 'listing' ? standingLine(state as Listing, paint) : ''
  const head = `${count} ${count === 1 ? 'event' : 'events'}${standing}`
  return deadlines.length === 0 ? [head] : [head, '', paint.strong('Time will decide'), ...deadlines]
}

function standingLine({ exists, working, live }: Listing, paint: Paint): string {
  if (!exists) return ' · deleted'
  const revision = (of: object) => ('revision' in of ? ` (revision ${String(of.revision)})` : '')
  return ` · working ${paint.strong(working.status)}${revision(working)} · live ${paint.strong(live.status)}${revision(live)}`
}
