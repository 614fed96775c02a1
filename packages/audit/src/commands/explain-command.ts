import { asOfOption, type CommandRow } from '../cli/command-row.js'
import { exits } from '../cli/exits.js'
import type { Paint } from '../cli/paint.js'
import { asOf, inStore } from '../cli/session.js'
import { showDocument } from '../cli/sheet.js'
import { type Column, pairs, tableWriter } from '../cli/table.js'
import { type ExplainedCommand, type Explanation, explain, type RoleAsked, rolesAsked } from '../explain.js'
import { instantText } from './value-text.js'

/** Why it does not go on. */
export const explainCommand: CommandRow = {
  name: 'explain',
  arguments: [{ form: '<id>', what: 'of a listing, a publisher or a lead' }],
  what: 'Where it stands, who must act, what each role may do now, and why not the rest.',
  example: 'explain 01920000-0000-7000-8000-000000000001 --store sqlite:market.db',
  options: [asOfOption],
  formats: ['text', 'json'],
  run: (session, [id = '']) =>
    inStore(session, 'reading', async (place) => {
      const { signal, paint, printer } = session
      const found = await explain(place, id, asOf(session), { signal })
      const rules = paint.faint(`rules: ${place.facts.rules}`)
      await showDocument(session, { ...place.facts, ...found }, () => textOf(found, rules, paint, printer.width))
      return exits.fine
    }),
}

function textOf(found: Explanation, rules: string, paint: Paint, width: number): string {
  const standing = Object.entries(found.standing).map(([axis, status]) => `${axis} ${paint.strong(String(status))}`)
  const deadlines = found.deadlines.map(
    ({ at, what, writes }) =>
      [`  ${instantText(at)}`, `${what}${writes === undefined ? '' : paint.faint(` (${writes})`)}`] as const,
  )
  return [
    `${paint.strong(found.is)} ${found.id} at ${instantText(found.asOf)} UTC   ${rules}`,
    `${standing.join(' · ')}\n`,
    paint.strong('Who must act'),
    `${pairs(
      found.mustAct.map((one) => [`  ${paint.warn(one.who)}`, actText(one, paint)]),
      { width },
    )}\n`,
    ...(deadlines.length > 0 ? [paint.strong('Time will decide'), `${pairs(deadlines, { width })}\n`] : []),
    paint.strong('What may be done now'),
    tableWriter(columnsOf(), paint, width)(found.commands.filter(({ rightOf }) => rightOf.length > 0)),
    nobodys(found, paint),
    '',
  ].join('\n')
}

function nobodys({ commands }: Explanation, paint: Paint): string {
  const names = commands.flatMap(({ command, rightOf }) => (rightOf.length === 0 ? [command] : []))
  return names.length === 0
    ? ''
    : paint.faint(`For none of these roles, but for others or the system: ${names.join(', ')}`)
}

function actText({ what, until }: Explanation['mustAct'][number], paint: Paint): string {
  return paint.plain(until === undefined ? what : `${what} by ${instantText(until)}`)
}

function columnsOf(): readonly Column<ExplainedCommand>[] {
  return [
    { name: 'command', title: 'Command', of: ({ command }) => command, as: 'name' },
    ...rolesAsked.map(columnOf),
    { name: 'whyNot', title: 'Why not now', of: whyNot, as: 'faint', mayShrink: true },
  ]
}

/** Possible now, or not now; nothing, where the role has no right to it. */
function columnOf(role: RoleAsked): Column<ExplainedCommand> {
  return {
    name: role,
    title: role,
    of: ({ allowedFor, rightOf }) => (allowedFor.includes(role) ? '✓' : rightOf.includes(role) ? '·' : ''),
    as: ({ allowedFor }) => (allowedFor.includes(role) ? 'good' : 'faint'),
  }
}

/** What those hear who have a right to it. */
function whyNot({ command, rightOf, refusedFor }: ExplainedCommand): string {
  return refusedFor
    .flatMap(({ roles, message }) =>
      roles.some((role) => rightOf.includes(role)) ? [withoutName(message, command)] : [],
    )
    .join(' ')
}

/** The name stands at the beginning of the line already. */
function withoutName(message: string, command: string): string {
  return message.startsWith(`${command} `) ? message.slice(command.length + 1) : message
}
