import type { CommandRow } from '../cli/command-row.js'
import { exits } from '../cli/exits.js'
import type { Paint } from '../cli/paint.js'
import { inStore } from '../cli/session.js'
import { showDocument } from '../cli/sheet.js'
import { type Trace, type TracedCommand, type TracedEvent, trace } from '../trace.js'
import { deliveryText } from './message-text.js'
import { instantText } from './value-text.js'

/** What led to what. */
export const traceCommand: CommandRow = {
  name: 'trace',
  arguments: [
    { form: '<correlation>', what: 'its id: that of the command somebody asked for, unless they gave another' },
  ],
  what: 'The tree of causes: a request, its events, and the commands and messages that they led to.',
  example: 'trace 01920000-0000-7000-8000-00000000004e --store sqlite:market.db',
  formats: ['text', 'json'],
  run: (session, [id = '']) =>
    inStore(session, 'reading', async (place) => {
      const { messages } = place.store.store
      const found = await place.watched('reading the log', (watching) => trace(place, id, { messages, ...watching }))
      await showDocument(session, { ...place.facts, ...found }, () => textOf(found, session.paint))
      return exits.fine
    }),
}

function textOf({ correlationId, commands, counts }: Trace, paint: Paint): string {
  const { commands: asked, events, messages } = counts
  const counted = [plural(asked, 'command'), plural(events, 'event'), plural(messages, 'message')].join(' · ')
  const head = `${paint.strong('correlation')} ${paint.plain(correlationId)}   ${counted}`
  return `${head}\n\n${commands.flatMap((command) => commandLines(command, paint)).join('\n')}\n`
}

function commandLines({ id, type, by, occurredAt, events }: TracedCommand, paint: Paint): readonly string[] {
  const who = by.role === 'system' ? by.name : `${by.name} (${by.role})`
  const head = `${paint.strong(type)}  ${paint.plain(who)}  ${paint.faint(`${instantText(occurredAt)}  ${id}`)}`
  return [head, ...hung(events.map((event) => eventLines(event, paint)))]
}

function eventLines({ type, stream, version, messages, commands }: TracedEvent, paint: Paint): readonly string[] {
  const told = messages.flatMap(({ kind, deliveries }) =>
    deliveries.map((delivery) => [`✉ ${paint.plain(kind)} ${deliveryText(delivery, paint)}`]),
  )
  const led = commands.map((command) => commandLines(command, paint))
  return [`${paint.name(type)}  ${paint.faint(`${stream}, version ${version}`)}`, ...hung([...told, ...led])]
}

/** Branches under a line: each is the lines of one of them. */
function hung(branches: readonly (readonly string[])[]): readonly string[] {
  return branches.flatMap(([first = '', ...rest], at) => {
    const isLast = at === branches.length - 1
    return [`${isLast ? '└─ ' : '├─ '}${first}`, ...rest.map((line) => `${isLast ? '   ' : '│  '}${line}`)]
  })
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
