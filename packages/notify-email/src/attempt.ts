import type { Message, SendOutcome } from '@vitrine/core'
import type { SendMailOptions } from 'nodemailer'
import { type Mail, mailOf, type Sender } from './mail.js'
import { isAddress } from './mailbox.js'
import { outcomeOf } from './outcome.js'

/** What takes mail over: a transport of nodemailer. */
export interface MailTransport {
  sendMail(mail: SendMailOptions): Promise<unknown>
}

/** Sends a message once, and says what became of it; never throws. */
export async function attempt(
  message: Message<object>,
  sender: Sender,
  transport: MailTransport,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const mail = written(message, sender)
  if ('outcome' in mail) return mail
  try {
    signal.throwIfAborted()
    const answer = await Promise.race([transport.sendMail({ ...mail, signal }), endOf(signal)])
    return notTaken(answer) ?? { outcome: 'delivered', receipt: mail.messageId }
  } catch (fault) {
    return signal.aborted ? failed(ended) : outcomeOf(fault)
  }
}

/** The outcome of an attempt that was not made, or came to nothing for a reason of ours. */
export function failed(reason: string): SendOutcome {
  return { outcome: 'failed', reason }
}

function written(message: Message<object>, sender: Sender): Mail | SendOutcome {
  const { kind, locale, address } = message
  if (address.by !== 'email') return { outcome: 'refused', reason: `E-mail cannot be sent to a ${address.by}.` }
  if (!isAddress(address.email))
    return { outcome: 'refused', reason: 'The address is none that e-mail can be sent to.' }
  try {
    return mailOf(message, address, sender)
  } catch (fault) {
    const name = fault instanceof Error ? fault.name : typeof fault
    return failed(`The template for ${kind} in ${locale} threw: ${name}. Mend it; the next attempt uses it.`)
  }
}

const ended = 'There was no answer before the attempt ended; whether the message was taken is unknown.'

/** Rejects when the signal says so: not every transport listens to it. */
function endOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
  })
}

/** LMTP answers for each recipient, after the message: what it says of the only one is what became of it. */
function notTaken(answer: unknown): SendOutcome | undefined {
  const { accepted, rejectedErrors } = Object(answer) as { readonly [fact: string]: unknown }
  if (!Array.isArray(accepted) || accepted.length > 0 || !Array.isArray(rejectedErrors)) return undefined
  return outcomeOf(rejectedErrors[0])
}
