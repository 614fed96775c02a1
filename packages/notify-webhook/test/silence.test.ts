import { createServer } from 'node:net'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { type Certificate, certificateFor } from './certificate.js'
import { closeAll, listening, receiver } from './receiver.js'
import { captured, message, secret, send } from './sample.js'

let certificate: Certificate
beforeAll(async () => {
  certificate = await certificateFor(['hooks.example'])
})

afterEach(async () => {
  vi.restoreAllMocks()
  await closeAll()
})

/** What must be found nowhere: of the address, of its secrets, of the message, of what the receiver writes, of lookups. */
const hidden = {
  ofTheUrl: ['t0k3n-in-query', 'p4th-part', 'ada:pa55'],
  ofSecrets: [secret, secret.slice(6), 'whsec_malf0rmed'],
  ofTheMessage: [
    'noor@customer.example',
    'Noor Haddad',
    '+33 1 23 45 67 89',
    'Please call me',
    'Ledgerline',
    'Marsh Software',
  ],
  ofTheReceiver: ['r3ceived-body', 'r3ceived-header', 'r3ceived-phrase'],
  ofTheNetwork: ['10.66.77.88', 'l00kup-fault', 'st0p-reason'],
}

/** All that is written anywhere, by anybody, while something runs. */
function listenIn(): readonly string[] {
  const heard: string[] = []
  const hear = (text: unknown) => heard.push(String(text)) > 0
  vi.spyOn(process.stdout, 'write').mockImplementation(hear)
  vi.spyOn(process.stderr, 'write').mockImplementation(hear)
  for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, name).mockImplementation(hear)
  vi.spyOn(process, 'emitWarning').mockImplementation(hear)
  return heard
}

const lead = (url: string, secrets: readonly string[] = [secret]) =>
  message(url, { kind: 'lead-captured', facts: captured, address: { by: 'webhook', url, secrets } })

it('C10 nothing of an address, a secret, a message or an answer is found in outcomes or in what is written', async () => {
  const heard = listenIn()
  const telling = await receiver(certificate, (response, { path }) => {
    const status = Number(path?.split('/')[1])
    const headers = { 'x-told': 'r3ceived-header', 'retry-after': 'r3ceived-header' }
    response.writeHead(status, 'r3ceived-phrase', headers).end('r3ceived-body')
  })
  const resetting = await listening(createServer((socket) => socket.resetAndDestroy()))
  const at = (port: number, status: number) => `https://hooks.example:${port}/${status}/p4th-part?key=t0k3n-in-query`
  const trusting = { ca: certificate.cert }
  const quick = { connectTimeoutMs: 100, timeoutMs: 100 }
  const silent = await listening(createServer())

  const outcomes = await Promise.all([
    ...[200, 307, 400, 404, 410, 429, 500, 599].map((status) => send(lead(at(telling.port, status)), trusting)),
    send(lead(at(telling.port, 200))),
    send(lead(at(resetting.port, 200)), trusting),
    send(lead(at(silent.port, 200)), quick),
    send(lead(at(telling.port, 200), [secret, 'whsec_malf0rmed']), trusting),
    send(lead('https://ada:pa55@hooks.example/p4th-part?key=t0k3n-in-query')),
    send(lead('https:// p4th-part?key=t0k3n-in-query')),
    send(lead(at(telling.port, 200)), { lookup: async () => ['10.66.77.88'] }),
    send(lead(at(telling.port, 200)), { lookup: () => Promise.reject(new Error('l00kup-fault')) }),
    send(lead(at(telling.port, 200)), trusting, AbortSignal.abort(new Error('st0p-reason'))),
  ])

  const said = [JSON.stringify(outcomes), ...heard].join('\n')
  expect(outcomes.map(({ outcome }) => outcome).join(' ')).toBe(
    'delivered failed refused refused gone failed failed failed ' +
      'failed failed failed refused refused refused refused failed failed',
  )
  expect(
    Object.values(hidden)
      .flat()
      .filter((text) => said.includes(text)),
  ).toEqual([])
  expect(heard).toEqual([])
  const sent = telling.received.map(({ body }) => body.toString()).join('\n')
  expect(sent).toContain(captured.leadId)
  expect(hidden.ofTheMessage.slice(0, 4).filter((text) => sent.includes(text))).toEqual([])
})
