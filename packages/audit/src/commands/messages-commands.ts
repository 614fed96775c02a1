import { AuditError } from '../audit-error.js'
import { actingOptions, deciding, inMarketplace } from '../cli/acting.js'
import type { CommandRow } from '../cli/command-row.js'
import { exits } from '../cli/exits.js'
import { inStore } from '../cli/session.js'
import { showDocument, showSheet } from '../cli/sheet.js'
import type { Column } from '../cli/table.js'
import { findStream } from '../find-stream.js'
import { type ListedMessage, messageList } from '../message-list.js'
import { recipientName } from '../messages-about.js'

const statuses = ['due', 'underWay', 'waiting', 'delivered', 'givenUp', 'expired', 'suppressed']

/** What was told to whom. */
export const messagesListCommand: CommandRow = {
  name: 'messages list',
  what: 'What was told to whom, and what became of it. Ends with 1 when something was given up or expired.',
  example: 'messages list --status givenUp --store sqlite:market.db',
  options: [
    { flags: '--status <status>', what: `only what stands so: ${statuses.join(', ')}` },
    { flags: '--about <id>', what: 'only what tells of this listing, publisher or lead' },
  ],
  formats: ['text', 'json', 'csv'],
  run: (session) =>
    inStore(session, 'reading', async (place) => {
      const { status, about } = session.given
      if (status !== undefined && !statuses.includes(String(status))) {
        throw new AuditError('used-wrongly', `${String(status)} is no status: ${statuses.join(', ')} were expected.`)
      }
      const stream = typeof about === 'string' ? { about: (await findStream(place, about)).stream } : {}
      const options = { signal: session.signal, ...(typeof status === 'string' && { status }), ...stream }
      let lost = 0
      const rows = counted(messageList(place.store.store.messages, options), () => (lost += 1))
      const end = (count: number) => ({ facts: { count, lost }, lines: [`${count} in all, ${lost} lost`] })
      await showSheet(session, { facts: place.facts, lines: [], list: 'messages', rows, columns, end })
      return lost > 0 ? exits.found : exits.fine
    }),
}

/** Once more. */
export const messagesResendCommand: CommandRow = {
  name: 'messages resend',
  arguments: [
    { form: '<message>', what: 'its id' },
    { form: '[recipient]', what: 'which of its recipients, counted from 0: the first one without' },
  ],
  what: 'Makes a message due again that has ended without arriving. The marketplace sends it.',
  example:
    'messages resend 01920000-0000-7000-8000-000000000001 0 --by u-olaf --why "the mailbox is back" --store sqlite:market.db',
  options: actingOptions,
  formats: ['text', 'json'],
  run: async (session, [messageId = '', recipient = '0']) => {
    const decided = deciding(session)
    return inStore(session, 'writing', async (place) => {
      const resending = { messageId, recipient: Number(recipient), ...decided }
      const answer = await inMarketplace(session, place, (market) => market.messages.resend(resending))
      const { paint } = session
      await showDocument(session, { ...place.facts, ...resending, ...answer }, () =>
        'refused' in answer
          ? `${paint.bad('✗')} ${paint.plain(answer.refused.message)}\n`
          : `${paint.good('✓')} It is due again, and goes out as soon as the marketplace delivers.\n`,
      )
      if (!('refused' in answer)) return exits.fine
      return answer.refused.code.startsWith('unknown-') ? exits.notFound : exits.found
    })
  },
}

async function* counted(rows: AsyncIterable<ListedMessage>, count: () => void): AsyncGenerator<ListedMessage> {
  for await (const row of rows) {
    if (row.status === 'givenUp' || row.status === 'expired') count()
    yield row
  }
}

const columns: readonly Column<ListedMessage>[] = [
  { name: 'requestedAt', title: 'Asked for', of: ({ requestedAt }) => requestedAt, as: 'faint' },
  { name: 'kind', title: 'Kind', of: ({ kind }) => kind, as: 'name' },
  { name: 'to', title: 'To', of: ({ to }) => recipientName(to) },
  { name: 'status', title: 'Status', of: ({ status }) => status, as: ({ status }) => colours[status] ?? 'warn' },
  { name: 'endedAt', title: 'Ended', of: ({ endedAt = '' }) => endedAt, as: 'faint' },
  { name: 'attempts', title: 'Attempts', of: ({ attempts }) => attempts },
  { name: 'reason', title: 'Reason', of: ({ reason = '' }) => reason, mayShrink: true },
  { name: 'about', title: 'About', of: ({ about }) => about, as: 'faint' },
  { name: 'messageId', title: 'Message', of: ({ messageId }) => messageId, as: 'faint' },
  { name: 'recipient', title: 'Recipient', of: ({ recipient }) => recipient },
]

const colours: { readonly [status: string]: 'good' | 'bad' | 'faint' } = {
  delivered: 'good',
  givenUp: 'bad',
  expired: 'bad',
  suppressed: 'faint',
}
