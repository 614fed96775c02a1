import type { StoredEvent } from '@vitrine/core'
import { AuditError } from '../audit-error.js'
import type { CommandRow } from '../cli/command-row.js'
import { exits } from '../cli/exits.js'
import type { Paint } from '../cli/paint.js'
import { inStore, type Session } from '../cli/session.js'
import { visibleJson } from '../cli/visible.js'
import { findStream } from '../find-stream.js'
import { tail } from '../tail.js'
import { instantText } from './value-text.js'

/** As it happens. */
export const tailCommand: CommandRow = {
  name: 'tail',
  what: 'The last events, one a line; with --follow also those to come, until Ctrl-C.',
  example: 'tail --follow --types Published,Withdrawn --store sqlite:market.db',
  options: [
    { flags: '--follow', what: 'go on with what is written from now on' },
    { flags: '-n, --last <count>', what: 'how many events come first (default: 10)' },
    { flags: '--types <names>', what: 'only these events, with commas between them' },
    { flags: '--of <id>', what: 'only the events of this listing, publisher or lead' },
  ],
  formats: ['text', 'json'],
  run: (session) =>
    inStore(session, 'reading', async (place) => {
      const { follow, types, of } = session.given
      const options = {
        last: lastIn(session),
        follow: follow === true,
        signal: session.signal,
        ...(typeof types === 'string' && { types: types.split(',') }),
        ...(typeof of === 'string' && { streams: [(await findStream(place, of)).stream] }),
      }
      for await (const event of tail(place.log, options)) {
        await session.printer.print(
          session.format === 'json' ? `${visibleJson(event)}\n` : lineOf(event, session.paint),
        )
      }
      return exits.fine
    }),
}

function lastIn({ given: { last = '10' } }: Session): number {
  const count = Number(last)
  if (Number.isInteger(count) && count >= 0 && count <= 100_000) return count
  throw new AuditError('used-wrongly', `${String(last)} is no number of events: 0 to 100000 was expected.`)
}

function lineOf({ position, type, stream, version, metadata }: StoredEvent, paint: Paint): string {
  const { occurredAt, actor } = metadata
  const place = paint.faint(String(position).padStart(8))
  const who =
    actor.role === 'system' ? paint.faint(actor.name) : `${paint.plain(actor.name)} ${paint.faint(`(${actor.role})`)}`
  return `${place}  ${paint.faint(instantText(occurredAt))}  ${paint.name(type.padEnd(20))}  ${paint.plain(stream)} ${paint.faint(`v${version}`)}  ${who}\n`
}
