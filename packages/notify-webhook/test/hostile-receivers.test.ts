import { createServer, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { webhookNotifier } from '../src/index.js'
import { type Certificate, certificateFor } from './certificate.js'
import { closeAll, listening, receiver } from './receiver.js'
import { local, message, send } from './sample.js'

let certificate: Certificate
beforeAll(async () => {
  certificate = await certificateFor(['hooks.example'])
})

afterEach(closeAll)

const secure = (port: number) => message(`https://hooks.example:${port}/`)
const plain = (port: number) => message(`http://hooks.example:${port}/`)
const quick = { allowHttp: true, connectTimeoutMs: 300, timeoutMs: 600 }

/** A server that does with a connection what it likes, once the request has begun to arrive. */
async function raw(behave: (socket: Socket) => void): Promise<{ port: number; connections: () => number }> {
  return listening(createServer((socket) => socket.once('data', () => behave(socket))))
}

/** Writes a piece every now and then, for as long as the other side listens. */
function drip(socket: Socket, pieces: () => string): void {
  const timer = setInterval(() => socket.write(pieces()), 20)
  socket.once('close', () => clearInterval(timer))
}

describe('C5 a receiver that does not answer', () => {
  it('is given up when its name cannot be looked up in time', async () => {
    const lookup = () => new Promise<string[]>(() => {})
    const reason = 'There was no connection within 300 ms.'
    expect(await send(secure(9999), { ...quick, lookup })).toEqual({ outcome: 'failed', reason })
  })

  it('is given up when its name cannot be looked up at all', async () => {
    const lookup = () => Promise.reject(new Error('getaddrinfo ENOTFOUND hooks.example'))
    const reason = 'No address was found for the host.'
    expect(await send(secure(9999), { lookup })).toEqual({ outcome: 'failed', reason })
    expect(await send(secure(9999), { lookup: async () => [] })).toEqual({ outcome: 'failed', reason })
  })

  it('is given up when there is no connection in time: a handshake that stalls', async () => {
    const { port } = await listening(createServer())
    expect(await send(secure(port), quick)).toEqual({
      outcome: 'failed',
      reason: 'There was no connection within 300 ms.',
    })
  })

  it('is given up when there are no headers in time', async () => {
    const { port, received } = await receiver(certificate, () => {})
    const options = { ...quick, ca: certificate.cert }
    expect(await send(secure(port), options)).toEqual({
      outcome: 'failed',
      reason: 'There was no answer within 600 ms.',
    })
    expect(received).toHaveLength(1)
  })

  it('is given up when it drips headers', async () => {
    const { port } = await raw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      drip(socket, () => 'x: y\r\n')
    })
    expect(await send(plain(port), quick)).toEqual({ outcome: 'failed', reason: 'There was no answer within 600 ms.' })
  })

  it('is given up when nobody listens, or the connection is closed or reset', async () => {
    const nobody = await raw(() => {})
    await closeAll()
    const closing = await raw((socket) => socket.end())
    const resetting = await raw((socket) => socket.resetAndDestroy())
    const outcomes = [nobody, closing, resetting].map(({ port }) => send(plain(port), quick))
    expect(await Promise.all(outcomes)).toEqual([
      { outcome: 'failed', reason: 'There was no answer (ECONNREFUSED).' },
      { outcome: 'failed', reason: 'There was no answer (ECONNRESET).' },
      { outcome: 'failed', reason: 'There was no answer (ECONNRESET).' },
    ])
  })
})

describe('a receiver that speaks something else', () => {
  it.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n', 'There was no answer (HPE_INVALID_CONSTANT).'],
    [
      'another protocol from now on',
      'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n',
      'The connection was closed without an answer.',
    ],
    [
      'early hints without end',
      'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(50),
      'The connection was closed without an answer.',
    ],
    [
      'headers without end',
      `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(10_000)}`,
      'There was no answer (HPE_HEADER_OVERFLOW).',
    ],
  ])('%s: failed at once', async (_what, bytes, reason) => {
    const { port } = await raw((socket) => socket.write(bytes))
    expect(await send(plain(port), { allowHttp: true })).toEqual({ outcome: 'failed', reason })
  })
})

describe('a receiver that answers and goes on', () => {
  const ok = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'

  it('has the message, whatever it drips afterwards, and is left after a second', async () => {
    const { port } = await raw((socket) => {
      socket.write(ok)
      drip(socket, () => '1\r\nx\r\n')
    })
    const started = performance.now()
    expect(await send(plain(port), { allowHttp: true })).toEqual({ outcome: 'delivered' })
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it('has the message, and is not listened to for more than a few kB', async () => {
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`
    let sent: Socket | undefined
    const { port } = await raw((socket) => {
      sent = socket
      const more = () => {
        while (!socket.destroyed && socket.write(chunk));
      }
      socket.on('drain', more)
      socket.write(ok)
      more()
    })
    expect(await send(plain(port), { allowHttp: true })).toEqual({ outcome: 'delivered' })
    expect(sent?.bytesWritten).toBeLessThan(30_000_000)
  })

  it('is asked for nothing packed, and what it packs all the same is not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    const { port, received } = await receiver(certificate, (response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    )
    expect(await send(secure(port), { ca: certificate.cert })).toEqual({ outcome: 'delivered' })
    expect(received[0]?.headers['accept-encoding']).toBeUndefined()
  })

  it('has the message, when it resets the connection behind its status', async () => {
    const { port } = await raw((socket) =>
      socket.write(`${ok}1\r\nx\r\n`, () => setTimeout(() => socket.resetAndDestroy(), 50)),
    )
    expect(await send(plain(port), { allowHttp: true })).toEqual({ outcome: 'delivered' })
  })
})

describe('an attempt that is stopped', () => {
  const stopped = { outcome: 'failed', reason: 'The attempt was stopped before there was an answer.' }
  const silent = () => raw(() => {})

  it('by its signal, ends soon, and says nothing of what the signal holds', async () => {
    const { port } = await silent()
    const signal = AbortSignal.timeout(50)
    expect(await send(plain(port), { allowHttp: true }, signal)).toEqual(stopped)
  })

  it('before it began, connects to nobody', async () => {
    const { port, connections } = await silent()
    expect(await send(plain(port), { allowHttp: true }, AbortSignal.abort('why: s3cret'))).toEqual(stopped)
    expect(connections()).toBe(0)
  })

  it('is not stopped by closing the notifier, which waits for the answer', async () => {
    const arrived = Promise.withResolvers<void>()
    const { port } = await receiver(certificate, (response) => {
      arrived.resolve()
      setTimeout(() => response.writeHead(204).end(), 100)
    })
    const notifier = webhookNotifier({ ...local, ca: certificate.cert })
    const attempt = notifier.send(secure(port), { signal: new AbortController().signal })
    await arrived.promise
    await notifier.close()
    expect(await attempt).toEqual({ outcome: 'delivered' })
  })

  it('is told from one that a closed notifier did not begin', async () => {
    const { port, connections } = await silent()
    const notifier = webhookNotifier({ ...local, allowHttp: true })
    await notifier.close()
    const outcome = await notifier.send(plain(port), { signal: new AbortController().signal })
    expect(outcome).toEqual({ outcome: 'failed', reason: 'The notifier is closed.' })
    expect(connections()).toBe(0)
  })
})
