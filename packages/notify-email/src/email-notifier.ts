import { type MessageKind, type Notifier, type SendOutcome, VitrineError } from '@vitrine/core'
import { createTransport, type SMTPPoolOptions } from 'nodemailer'
import { attempt, failed, type MailTransport } from './attempt.js'
import { isAddress, type Mailbox } from './mailbox.js'
import type { Writing } from './write-email.js'

/** How e-mail is written and sent. */
export type EmailNotifierOptions<Kind extends string = MessageKind> = Omit<Writing<Kind>, 'marketplace'> & {
  /** The sender. The name is what the marketplace calls itself, also in what the messages say. */
  readonly from: Mailbox & { readonly name: string }
  /** Where answers go; to the sender when absent. */
  readonly replyTo?: Mailbox
  /** Milliseconds that one attempt may take, the wait for a free connection included; 60,000 by default. */
  readonly timeoutMs?: number
  /** The right side of `Message-ID`; the domain of the sender by default. Another one makes known messages new to receivers. */
  readonly domain?: string
  /** `email` by default. */
  readonly name?: string
} & (
    | {
        /** A URL such as `smtps://user:password@mail.example`, or what nodemailer takes for a pool of connections. */
        readonly smtp: string | SMTPPoolOptions
      }
    | {
        /** A transport of nodemailer that is the caller's: it is used, and never closed. */
        readonly transport: MailTransport
      }
  )

/**
 * Sends messages as e-mail, each in the language of its recipient. Several may be sent at once; by `smtp` they share a
 * few connections. `close` waits for what is under way; after it every attempt is `failed`, for another process to make.
 * @throws VitrineError `bad-notifier`, naming the option that cannot be used
 */
export function emailNotifier<const Kind extends string = MessageKind>(options: EmailNotifierOptions<Kind>): Notifier {
  const problem = problemOf(options)
  if (problem !== undefined) throw new VitrineError('bad-notifier', problem)
  const { from, name = 'email', timeoutMs = 60_000 } = options
  const sender = { ...options, domain: options.domain ?? domainOf(from.email) }
  const { transport, close } = 'smtp' in options ? pool(options.smtp) : { transport: options.transport, close() {} }
  const underWay = new Set<Promise<SendOutcome>>()
  let closed = false

  return {
    name,
    by: 'email',
    send(message, { signal }) {
      if (closed) return Promise.resolve(failed('The notifier is closed.'))
      const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
      const sending = attempt(message, sender, transport, within).finally(() => underWay.delete(sending))
      underWay.add(sending)
      return sending
    },
    async close() {
      closed = true
      await Promise.all(underWay)
      close()
    },
  }
}

/**
 * Connections of our own. A message of which nothing was sent yet, because the server had ended an idle connection, goes
 * over another one; whether anything else is sent again is not for the pool to say.
 */
function pool(smtp: string | SMTPPoolOptions): { readonly transport: MailTransport; close(): void } {
  const transport = createTransport({
    connectionTimeout: 10_000,
    dnsTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    ...(typeof smtp === 'string' ? { url: smtp } : smtp),
    pool: true,
    maxRequeues: 1,
  })
  return { transport, close: () => transport.close() }
}

type Checked = Pick<EmailNotifierOptions, 'replyTo' | 'timeoutMs' | 'domain'> & {
  readonly from?: Partial<Mailbox>
  readonly smtp?: unknown
  readonly transport?: unknown
}

function problemOf(options: Checked): string | undefined {
  const { from = {}, replyTo, timeoutMs = 1, domain } = options
  if (typeof from.email !== 'string' || !isAddress(from.email))
    return `from.email is ${JSON.stringify(from.email)}; expected an e-mail address.`
  if (typeof from.name !== 'string' || from.name.trim() === '')
    return 'from.name is empty; expected what the marketplace calls itself.'
  if (replyTo && !isAddress(replyTo.email))
    return `replyTo.email is ${JSON.stringify(replyTo.email)}; expected an e-mail address.`
  if (!(timeoutMs > 0 && timeoutMs < 2 ** 31)) return `timeoutMs is ${timeoutMs}; expected milliseconds, more than 0.`
  if (domain !== undefined && !isAddress(`x@${domain}`))
    return `domain is ${JSON.stringify(domain)}; expected a domain.`
  return 'smtp' in options ? smtpProblem(options.smtp) : transportProblem(options.transport)
}

/** Without a host, nodemailer would send by this machine. */
function smtpProblem(smtp: unknown): string | undefined {
  if (typeof smtp === 'object' && smtp !== null) {
    const isNamed = ['host', 'service', 'url'].some((one) => Object.hasOwn(smtp, one))
    return isNamed ? undefined : 'smtp names no server; expected its host.'
  }
  const url = typeof smtp === 'string' ? URL.parse(smtp) : null
  if (url && /^smtps?:$/.test(url.protocol) && url.hostname !== '') return undefined
  // A URL holds a password.
  const found = typeof smtp === 'string' && smtp !== '' ? 'no such URL' : JSON.stringify(smtp)
  return `smtp is ${found}; expected a URL such as smtps://user:password@mail.example, or the options of nodemailer.`
}

function transportProblem(transport: unknown): string | undefined {
  const isOne = typeof transport === 'object' && transport !== null && 'sendMail' in transport
  return isOne ? undefined : 'Neither smtp nor transport says by what it sends; expected one of them.'
}

function domainOf(email: string): string {
  return email.slice(email.indexOf('@') + 1)
}
