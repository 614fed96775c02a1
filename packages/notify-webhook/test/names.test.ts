import { getServers } from 'node:dns'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type WebhookNotifierOptions, webhookNotifier } from '../src/index.js'
import { type Certificate, certificateFor } from './certificate.js'
import { type NameServer, nameServer } from './name-server.js'
import { closeAll, receiver } from './receiver.js'
import { message } from './sample.js'

const before = getServers()
const home = [127, 0, 0, 1]
const inner = [0xfd, 0, ...Array(13).fill(0), 1]
let certificate: Certificate
let names: NameServer | undefined

beforeAll(async () => {
  certificate = await certificateFor(['hooks.example'])
})

afterEach(async () => {
  names?.close()
  await closeAll()
})

/** With the look-up that it has by itself. */
async function sendTo(host: string, options: Partial<WebhookNotifierOptions> = {}) {
  const { port, connections } = await receiver(certificate)
  const notifier = webhookNotifier({ source: 'https://market.example', ca: certificate.cert, ...options })
  const outcome = await notifier.send(message(`https://${host}:${port}/`), { signal: new AbortController().signal })
  await notifier.close()
  return { outcome, connections: connections() }
}

const notPublic = (why: string) => ({
  outcome: 'refused',
  reason: `The host leads to an address that is not public: ${why}.`,
})

describe('C9 a name server of a stranger', () => {
  it('that names this machine is not followed', async () => {
    names = await nameServer({ a: [home], aaaa: [] }, before)
    expect(await sendTo('hooks.example')).toEqual({ outcome: notPublic('loopback'), connections: 0 })
    expect(new Set(names.asked)).toEqual(new Set(['hooks.example']))
  })

  it('that names an inner address beside a public one is not followed, in whichever family', async () => {
    names = await nameServer({ a: [[8, 8, 8, 8]], aaaa: [inner] }, before)
    expect(await sendTo('hooks.example')).toEqual({ outcome: notPublic('unique-local'), connections: 0 })
  })

  it('is asked in both families, and what is allowed is reached', async () => {
    names = await nameServer({ a: [home], aaaa: [] }, before)
    const reached = await sendTo('hooks.example', { allowedNetworks: ['127.0.0.1/32'] })
    expect(reached).toEqual({ outcome: { outcome: 'delivered' }, connections: 1 })
    expect(names.asked).toEqual(['hooks.example', 'hooks.example'])
  })

  it('that knows no address ends the attempt, which may be made again', async () => {
    names = await nameServer({ a: [], aaaa: [] }, before)
    const outcome = { outcome: 'failed', reason: 'No address was found for the host.' }
    expect(await sendTo('hooks.example')).toEqual({ outcome, connections: 0 })
  })

  it('that never answers is not waited for', async () => {
    names = await nameServer({}, before)
    const outcome = { outcome: 'failed', reason: 'There was no connection within 200 ms.' }
    expect(await sendTo('hooks.example', { connectTimeoutMs: 200 })).toEqual({ outcome, connections: 0 })
  })

  it('is asked for nothing but the name: neither the hosts file nor a domain of this machine is read', async () => {
    names = await nameServer({ a: [], aaaa: [] }, before)
    expect((await sendTo('localhost')).connections).toBe(0)
    expect(new Set(names.asked)).toEqual(new Set(['localhost']))
  })
})
