import http from 'node:http'
import https from 'node:https'
import { connect } from 'node:net'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type WebhookNotifierOptions, webhookNotifier } from '../src/index.js'
import { type Certificate, certificateFor } from './certificate.js'
import { closeAll, listening, receiver } from './receiver.js'
import { local, message, send } from './sample.js'

let certificate: Certificate
beforeAll(async () => {
  certificate = await certificateFor(['hooks.example'])
})

afterEach(closeAll)

/** Everything as it is by default: nothing that is not public is allowed. */
const strict: Partial<WebhookNotifierOptions> = { allowedNetworks: [] }
const notPublic = (why: string) => ({
  outcome: 'refused',
  reason: `The host leads to an address that is not public: ${why}.`,
})

describe('C9 by default', () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['169.254.169.254', 'link-local'],
    ['10.0.0.7', 'private'],
    ['::1', 'loopback'],
    ['fd00:ec2::254', 'unique-local'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['not an address', 'no IP address'],
  ])('a name that leads to %s is refused: %s', async (address, why) => {
    const lookup = async () => [address]
    expect(await send(message('https://hooks.example/'), { ...strict, lookup })).toEqual(notPublic(why))
  })

  it('a name that leads to a public address and to another one is refused whole', async () => {
    const { port, connections } = await receiver(certificate)
    const lookup = async () => ['8.8.8.8', '127.0.0.1']
    expect(await send(message(`https://hooks.example:${port}/`), { ...strict, lookup })).toEqual(notPublic('loopback'))
    expect(connections()).toBe(0)
  })

  it.each([
    ['https://127.0.0.1/', 'loopback'],
    ['https://0177.0.0.1/', 'loopback'],
    ['https://0x7f.0x0.0x0.0x1/', 'loopback'],
    ['https://0x7f000001/', 'loopback'],
    ['https://2130706433/', 'loopback'],
    ['https://127.1/', 'loopback'],
    ['https://127.0.0.1./', 'loopback'],
    ['https://①②⑦.⓪.⓪.①/', 'loopback'],
    ['https://0/', 'unspecified'],
    ['https://[::1]/', 'loopback'],
    ['https://[::]/', 'unspecified'],
    ['https://[::ffff:169.254.169.254]/latest/meta-data/', 'link-local'],
    ['https://[::ffff:a00:1]/', 'private'],
    ['https://[64:ff9b::7f00:1]/', 'loopback'],
    ['https://[2002:7f00:1::]/', '6to4'],
    ['https://[fd00::1]/', 'unique-local'],
  ])('an address is refused however it is spelled: %s', async (url, why) => {
    const { port, connections } = await receiver(certificate)
    const at = url.replace(/\/(?=[^/]*$)|\/(?=latest)/, `:${port}/`)
    expect(await send(message(at), strict)).toEqual(notPublic(why))
    expect(connections()).toBe(0)
  })

  it.each([
    ['http://hooks.example/', 'An https URL was expected.'],
    ['ftp://hooks.example/', 'An https URL was expected.'],
    ['file:///etc/passwd', 'An https URL was expected.'],
    ['javascript:alert(1)', 'An https URL was expected.'],
    ['hooks.example', 'The address is no URL.'],
    ['https://', 'The address is no URL.'],
    ['https://hooks example/', 'The address is no URL.'],
    ['https://256.0.0.1/', 'The address is no URL.'],
    ['', 'The address is no URL.'],
    ['https://ada@hooks.example/', 'The URL holds credentials.'],
    ['https://:s3cret@hooks.example/', 'The URL holds credentials.'],
    ['https://hooks.example@evil.example/', 'The URL holds credentials.'],
    ['https://hooks.example:22/', 'Port 22 belongs to something else than a webhook.'],
    ['https://hooks.example:25/', 'Port 25 belongs to something else than a webhook.'],
    ['https://hooks.example:0/', 'Port 0 belongs to something else than a webhook.'],
    ['https://hooks.example:1023/', 'Port 1023 belongs to something else than a webhook.'],
  ])('a URL is refused: %s, %s', async (url, reason) => {
    expect(await send(message(url))).toEqual({ outcome: 'refused', reason })
  })
})

describe('C9 what is allowed', () => {
  it('is a network, and nothing beside it', async () => {
    const { port, received } = await receiver(certificate)
    const to = (address: string) =>
      send(message(`https://hooks.example:${port}/`), {
        allowedNetworks: ['127.0.0.1/32'],
        lookup: async () => [address],
        ca: certificate.cert,
      })
    expect(await to('127.0.0.1')).toEqual({ outcome: 'delivered' })
    expect(await to('127.0.0.2')).toEqual(notPublic('loopback'))
    expect(received).toHaveLength(1)
  })

  it('is http, when that is asked for', async () => {
    const { port, received } = await receiver()
    expect(await send(message(`http://hooks.example:${port}/`), { allowHttp: true })).toEqual({ outcome: 'delivered' })
    expect(received).toHaveLength(1)
    const reason = 'An http or https URL was expected.'
    expect(await send(message('ftp://hooks.example/'), { allowHttp: true })).toEqual({ outcome: 'refused', reason })
  })
})

describe('C9 a name that leads elsewhere the second time', () => {
  const answers = (...turns: readonly string[][]) => {
    const asked: string[] = []
    const lookup = async (host: string) => turns[asked.push(host) - 1] ?? []
    return { asked, lookup }
  }

  it('is looked up once an attempt, and the connection goes to the address that was looked at', async () => {
    const { port, received } = await receiver(certificate)
    const { asked, lookup } = answers(['127.0.0.1'], ['169.254.169.254'])
    const options = { lookup, ca: certificate.cert, allowedNetworks: ['127.0.0.1/32'] }
    expect(await send(message(`https://hooks.example:${port}/`), options)).toEqual({ outcome: 'delivered' })
    expect(asked).toEqual(['hooks.example'])
    expect(received).toHaveLength(1)
  })

  it('is looked at again at the next attempt: no connection is kept', async () => {
    const { port, connections } = await receiver(certificate)
    const { asked, lookup } = answers(['127.0.0.1'], ['127.0.0.1'], ['169.254.169.254'])
    const notifier = webhookNotifier({ ...local, lookup, ca: certificate.cert, allowedNetworks: ['127.0.0.1/32'] })
    const attempt = () =>
      notifier.send(message(`https://hooks.example:${port}/`), { signal: new AbortController().signal })
    expect(await attempt()).toEqual({ outcome: 'delivered' })
    expect(await attempt()).toEqual({ outcome: 'delivered' })
    expect(await attempt()).toEqual(notPublic('link-local'))
    await notifier.close()
    expect(asked).toHaveLength(3)
    expect(connections()).toBe(2)
  })

  it('is reached at the next of its addresses when nobody listens at the first', async () => {
    const { port } = await receiver(certificate)
    const lookup = async () => ['127.0.0.3', '127.0.0.1']
    const outcome = await send(message(`https://hooks.example:${port}/`), { lookup, ca: certificate.cert })
    expect(outcome).toEqual({ outcome: 'delivered' })
  })
})

describe('C7 C9 a redirect to an inner address', () => {
  it('is a failure, and nobody is asked there', async () => {
    const inner = await receiver()
    const { port } = await receiver(certificate, (response) =>
      response.writeHead(307, { location: `http://127.0.0.1:${inner.port}/latest/meta-data/` }).end(),
    )
    expect(await send(message(`https://hooks.example:${port}/`), { ca: certificate.cert })).toEqual({
      outcome: 'failed',
      reason: 'The receiver answered 307 Temporary Redirect; redirects are not followed.',
    })
    expect(inner.connections()).toBe(0)
  })
})

describe('the certificate of a receiver', () => {
  const refusedBy = async (shown: Certificate, options: Partial<WebhookNotifierOptions>) => {
    const { port, received } = await receiver(shown)
    const outcome = await send(message(`https://hooks.example:${port}/`), options)
    expect(received).toEqual([])
    return outcome
  }
  const failed = (code: string) => ({ outcome: 'failed', reason: `The certificate was not accepted (${code}).` })

  it('must be of an authority that is trusted', async () => {
    expect(await refusedBy(certificate, {})).toEqual(failed('DEPTH_ZERO_SELF_SIGNED_CERT'))
  })

  it('must be of an authority that is trusted, also where the process was told to trust anybody', async () => {
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    const outcome = await refusedBy(certificate, {})
    if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
    else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before
    expect(outcome).toEqual(failed('DEPTH_ZERO_SELF_SIGNED_CERT'))
  })

  it('must be for the host that was asked for, not for its address', async () => {
    const another = await certificateFor(['other.example', '127.0.0.1'])
    expect(await refusedBy(another, { ca: another.cert })).toEqual(failed('ERR_TLS_CERT_ALTNAME_INVALID'))
  })

  it('must be valid today', async () => {
    const old = await certificateFor(['hooks.example'], { daysOld: 3 })
    expect(await refusedBy(old, { ca: old.cert })).toEqual(failed('CERT_HAS_EXPIRED'))
  })

  it('is chosen by the name of the host, which the connection says although it goes to an address', async () => {
    const names: string[] = []
    const server = https.createServer({
      ...certificate,
      SNICallback: (name, done) => {
        names.push(name)
        done(null)
      },
    })
    server.on('request', (_request, response) => response.writeHead(204).end())
    const { port } = await listening(server)
    await send(message(`https://hooks.example:${port}/`), { ca: certificate.cert })
    expect(names).toEqual(['hooks.example'])
  })
})

describe('a proxy for the whole process', () => {
  const { globalAgent } = http
  const { globalAgent: secureGlobalAgent } = https
  afterEach(() => {
    http.globalAgent = globalAgent
    https.globalAgent = secureGlobalAgent
  })

  it('is passed by: it would look the host up once more', async () => {
    const proxy = await receiver()
    const createConnection = () => connect(proxy.port, '127.0.0.1')
    http.globalAgent = Object.assign(new http.Agent(), { createConnection })
    https.globalAgent = Object.assign(new https.Agent(), { createConnection })
    await new Promise((resolve) =>
      http.get('http://hooks.example/', (response) => response.resume().on('end', resolve)),
    )
    expect(proxy.received).toHaveLength(1)

    const [plain, secure] = [await receiver(), await receiver(certificate)]
    await send(message(`http://hooks.example:${plain.port}/`), { allowHttp: true })
    await send(message(`https://hooks.example:${secure.port}/`), { ca: certificate.cert })
    expect([plain.received.length, secure.received.length, proxy.received.length]).toEqual([1, 1, 1])
  })
})

describe('options that make no sense', () => {
  const made = (options: Partial<WebhookNotifierOptions>) => () => webhookNotifier({ ...local, ...options })

  it.each([
    [{ source: 'market' }, 'source is "market": an absolute URI was expected.'],
    [{ source: 'urn:market' }, 'typePrefix is "": a host name read backwards, such as example.market, was expected.'],
    [
      { source: 'https://10.0.0.1' },
      'typePrefix is "": a host name read backwards, such as example.market, was expected.',
    ],
    [{ typePrefix: 'a b' }, 'typePrefix is "a b": a host name read backwards, such as example.market, was expected.'],
    [{ timeoutMs: 0 }, 'timeoutMs is "0": a whole number of milliseconds, at most 2^31 - 1, was expected.'],
    [
      { timeoutMs: 2 ** 31 },
      'timeoutMs is "2147483648": a whole number of milliseconds, at most 2^31 - 1, was expected.',
    ],
    [
      { connectTimeoutMs: 0.5 },
      'connectTimeoutMs is "0.5": a whole number of milliseconds, at most 2^31 - 1, was expected.',
    ],
    [
      { allowedNetworks: ['10.0.0.0/8', 'inside'] },
      'allowedNetworks is "inside": an address and the number of its bits that count, such as 10.8.0.0/16, was expected.',
    ],
  ])('are named: %j', (options, sentence) => {
    expect(made(options)).toThrow(expect.objectContaining({ code: 'bad-settings', message: sentence }))
  })

  it('are not: a source that is no address, with a prefix of its own', () => {
    expect(made({ source: 'urn:market:messages', typePrefix: 'example.market' })).not.toThrow()
  })
})
