import type { Message } from '@vitrine/core'
import type { SendMailOptions } from 'nodemailer'
import { encodedWords, looksEncoded } from './encoded-words.js'
import { headerOf, type Mailbox } from './mailbox.js'
import { messageIdOf, threadIdOf } from './thread.js'
import { type AnyWriting, write } from './write-email.js'

/** From whom mail comes, and how it is written. */
export interface Sender extends Omit<AnyWriting, 'marketplace'> {
  readonly from: Mailbox & { readonly name: string }
  readonly replyTo?: Mailbox
  readonly domain: string
}

/** A mail with its `Message-ID`. */
export type Mail = SendMailOptions & { readonly messageId: string }

/** The message as nodemailer takes it. Who gets it is said once, in the envelope, so that no header adds anybody. */
export function mailOf(message: Message<object>, to: Mailbox, sender: Sender): Mail {
  const { from, replyTo, domain } = sender
  const thread = threadIdOf(message.thread, domain)
  const { locale, subject, ...parts } = write(message, { ...sender, marketplace: from.name })
  return {
    ...parts,
    ...(looksEncoded(subject) ? {} : { subject }),
    from: headerOf(from),
    to: headerOf(to),
    ...(replyTo === undefined ? {} : { replyTo: headerOf(replyTo) }),
    envelope: { from: from.email, to: [to.email] },
    messageId: messageIdOf(message.id, domain),
    inReplyTo: thread,
    references: [thread],
    date: new Date(),
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': locale, ...encodedSubject(subject) },
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** What readers would decode, nodemailer would leave as it is. */
function encodedSubject(subject: string) {
  return looksEncoded(subject) ? { Subject: { prepared: true, value: encodedWords(subject) } } : {}
}
