import { once } from 'node:events'
import type { IncomingHttpHeaders, RequestListener, ServerResponse } from 'node:http'
import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo, Server, Socket } from 'node:net'
import type { Certificate } from './certificate.js'

/** A request as it came in, its body as the bytes that arrived. */
export interface Received {
  readonly method: string | undefined
  readonly path: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** A server of this process, and what came in. */
export interface Receiver {
  readonly port: number
  readonly received: readonly Received[]
  readonly connections: () => number
}

const open = new Set<{ readonly server: Server; readonly sockets: ReadonlySet<Socket> }>()

/** Ends all servers of a test, and cuts their connections. */
export async function closeAll(): Promise<void> {
  const closed = [...open].map(({ server, sockets }) => {
    const ended = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    return ended
  })
  open.clear()
  await Promise.all(closed)
}

/** A receiver that keeps what comes in, and answers as it is told, `204` by default; over TLS when it has a certificate. */
export async function receiver(
  certificate?: Certificate,
  answer: (response: ServerResponse, request: Received) => void = (response) => response.writeHead(204).end(),
): Promise<Receiver> {
  const received: Received[] = []
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method, url: path, headers } = request
      const one = { method, path, headers, body: Buffer.concat(chunks) }
      received.push(one)
      answer(response, one)
    })
  }
  const server = certificate ? createServer({ ...certificate }, listener) : createHttpServer(listener)
  return { ...(await listening(server)), received }
}

/** Listens on a port that is free; connections are counted, and cut in the end. */
export async function listening(server: Server, host = '127.0.0.1') {
  const sockets = new Set<Socket>()
  let count = 0
  server.on('connection', (socket: Socket) => {
    count += 1
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen(0, host)
  await once(server, 'listening')
  open.add({ server, sockets })
  return { port: (server.address() as AddressInfo).port, connections: () => count }
}
