import type { AddressInfo, Socket } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'

/** A moment of an SMTP conversation: the greeting, the three commands of a message, and the end of its text. */
export type Step = 'greeting' | 'sender' | 'recipient' | 'message'

/** Answers with this code at that step; `stall` never answers, `end` ends the connection and
 * all that come later are accepted, `drop` takes the message and ends the connection. */
export type Conduct =
  | { readonly at: Step; readonly answer: number | 'stall' | 'end'; readonly status?: string }
  | 'drop'
  | 'accept'

/** A mail as it came: who it was for by the envelope, every byte, and what a mail program makes of it. */
export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: string
  readonly parsed: ParsedMail
}

/** A mail server in this process. Where it refuses, it repeats what it was sent. */
export interface SmtpReceiver {
  readonly port: number
  readonly mails: readonly ReceivedMail[]
  /** Connections that are open now. */
  readonly open: ReadonlySet<Socket>
  /** Connections that were ever made. */
  readonly connections: () => number
  behave(conduct: Conduct): void
  /** Stops listening and ends every connection. */
  stop(): Promise<void>
  /** Listens again, on the same port. */
  start(): Promise<void>
}

/** Starts a mail server that accepts everything, or whom `password` lets in. */
export async function smtpReceiver({ password }: { readonly password?: string } = {}): Promise<SmtpReceiver> {
  const mails: ReceivedMail[] = []
  const open = new Set<Socket>()
  let connections = 0
  let conduct: Conduct = 'accept'
  let port = 0
  let server: SMTPServer

  const at = (step: Step, repeated: string, done: (error?: Error) => void): void => {
    if (typeof conduct === 'string' || conduct.at !== step) return done()
    if (conduct.answer === 'stall') return
    if (conduct.answer === 'end') {
      conduct = 'accept'
      return endAll()
    }
    const { answer, status } = conduct
    done(Object.assign(new Error(`${status ?? ''} no, not for ${repeated}`), { responseCode: answer }))
  }

  const take = async (stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    const raw = Buffer.concat(chunks)
    if (typeof conduct === 'object' && conduct.at === 'message') return
    const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
    const to = envelope.rcptTo.map(({ address }) => address)
    mails.push({ from, to, raw: raw.toString('latin1'), parsed: await simpleParser(raw) })
  }

  const newServer = () =>
    new SMTPServer({
      disabledCommands: password === undefined ? ['STARTTLS', 'AUTH'] : ['STARTTLS'],
      authOptional: password === undefined,
      allowInsecureAuth: true,
      disableReverseLookup: true,
      closeTimeout: 50,
      logger: false,
      onAuth: (auth, _session, done) =>
        auth.password === password ? done(null, { user: auth.username }) : done(new Error('Wrong password')),
      onConnect: (_session, done) => at('greeting', 'anybody', done),
      onMailFrom: ({ address }, _session, done) => at('sender', address, done),
      onRcptTo: ({ address }, _session, done) => at('recipient', address, done),
      onData: (stream, session, done) => {
        take(stream, session).then(
          () => (conduct === 'drop' ? endAll() : at('message', 'what you said', done)),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        )
      },
    })

  const endAll = () => {
    for (const socket of open) socket.destroy()
  }

  const start = async () => {
    server = newServer()
    server.on('error', () => {}) // of connections that are ended
    server.server.on('connection', (socket: Socket) => {
      connections += 1
      open.add(socket)
      socket.on('close', () => open.delete(socket))
    })
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    port = (server.server.address() as AddressInfo).port
  }

  await start()
  return {
    get port() {
      return port
    },
    mails,
    open,
    connections: () => connections,
    behave: (as) => {
      conduct = as
    },
    start,
    stop: async () => {
      endAll()
      await new Promise<void>((resolve) => server.close(resolve))
    },
  }
}
