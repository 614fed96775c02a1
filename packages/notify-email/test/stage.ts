import type { Message, Notifier, SendOutcome } from '@vitrine/core'
import { sampleMessages } from '@vitrine/testing'
import { type EmailNotifierOptions, emailNotifier } from '../src/index.js'
import { type SmtpReceiver, smtpReceiver } from './smtp-receiver.js'

/** Who gets the mail of these tests, and who sends it. */
export const reader = { by: 'email', email: 'camille@atelier-valmont.example', name: 'Camille Valmont' } as const
export const halles = { name: 'Halles', email: 'annonces@halles.example' } as const

/** A notifier that writes to a mail server of its own; both are ended after the test. */
export async function withMail(
  options: Partial<EmailNotifierOptions<string>>,
  test: (stage: { readonly notifier: Notifier; readonly receiver: SmtpReceiver }) => Promise<void>,
): Promise<void> {
  const receiver = await smtpReceiver()
  const notifier = emailNotifier({ from: halles, smtp: smtpOf(receiver), ...options })
  try {
    await test({ notifier, receiver })
  } finally {
    await notifier.close()
    await receiver.stop()
  }
}

/** Where the server listens. */
export function smtpOf({ port }: SmtpReceiver) {
  return { host: '127.0.0.1', port }
}

/** A message that asks something, in French. */
export function question(overrides: Partial<Message<object>> = {}): Message<object> {
  const message = sampleMessages('fr', reader).find(({ kind }) => kind === 'question-asked')!
  return { ...message, ...overrides }
}

/** Sends, and never stops the attempt. */
export function send(notifier: Notifier, message: Message<object> = question()): Promise<SendOutcome> {
  return notifier.send(message, { signal: new AbortController().signal })
}
