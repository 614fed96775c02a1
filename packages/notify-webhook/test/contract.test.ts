import { type NewNotifier, notifierContract, type ReceiverConduct } from '@vitrine/testing'
import { afterAll, describe, it } from 'vitest'
import { webhookNotifier } from '../src/index.js'
import { certificateFor } from './certificate.js'
import { closeAll, type Received, receiver } from './receiver.js'
import { local, secret } from './sample.js'

const certificate = await certificateFor(['hooks.example'])
const statusOf = { accept: 204, refuse: 422, fail: 503 }

/** A real receiver over TLS: what it is sent it repeats, in the body of its answer. */
const newNotifier: NewNotifier = async ({ timeout }) => {
  let conduct: ReceiverConduct = 'accept'
  const taken: Received[] = []
  const { port } = await receiver(certificate, (response, request) => {
    if (conduct === 'accept' || conduct === 'drop') taken.push(request)
    if (conduct === 'drop') response.destroy()
    else if (conduct !== 'stall') response.writeHead(statusOf[conduct]).end(request.body)
  })
  const limits = { timeoutMs: timeout, connectTimeoutMs: timeout }
  return {
    notifier: webhookNotifier({ ...local, ...limits, ca: certificate.cert }),
    address: { by: 'webhook', url: `https://hooks.example:${port}/vitrine?token=t0k3n-in-query`, secrets: [secret] },
    refuses: ['invitation'],
    behave: (next) => {
      conduct = next
    },
    taken: () => taken.map(({ headers }) => String(headers['webhook-id'])),
    close: async () => {},
  }
}

describe('webhooks', () => {
  afterAll(closeAll)
  for (const { title, run } of notifierContract(newNotifier)) it(title, run)
})
