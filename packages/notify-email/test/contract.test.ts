import { type NewNotifier, notifierContract, type ReceiverConduct } from '@vitrine/testing'
import { createTransport } from 'nodemailer'
import { describe, it } from 'vitest'
import { emailNotifier } from '../src/index.js'
import { type Conduct, type SmtpReceiver, smtpReceiver } from './smtp-receiver.js'
import { halles, reader, smtpOf } from './stage.js'

describe('e-mail by connections of its own', () => {
  const newNotifier = onServer((receiver) => ({ smtp: smtpOf(receiver) }))
  for (const { title, run } of notifierContract(newNotifier)) it(title, run)
})

describe('e-mail by a transport of the caller', () => {
  const newNotifier = onServer((receiver) => ({ transport: createTransport(smtpOf(receiver)) }))
  for (const { title, run } of notifierContract(newNotifier)) it(title, run)
})

const conducts: { readonly [conduct in ReceiverConduct]: Conduct } = {
  accept: 'accept',
  refuse: { at: 'recipient', answer: 550, status: '5.1.1' },
  fail: { at: 'recipient', answer: 450, status: '4.2.0' },
  stall: { at: 'message', answer: 'stall' },
  drop: 'drop',
}

function onServer(
  way: (receiver: SmtpReceiver) => { smtp: object } | { transport: ReturnType<typeof createTransport> },
): NewNotifier {
  return async ({ timeout }) => {
    const receiver = await smtpReceiver()
    return {
      notifier: emailNotifier({ from: halles, timeoutMs: timeout, ...way(receiver) }),
      address: reader,
      behave: (conduct) => receiver.behave(conducts[conduct]),
      taken: () => receiver.mails.map(({ parsed }) => parsed.messageId ?? ''),
      close: () => receiver.stop(),
    }
  }
}
