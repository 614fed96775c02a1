import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** What stands between a store and its server, and what it does to what passes. */
export interface Passage {
  readonly url: string
  /** Messages that ask the server to answer, so far, one for each round trip; words to other processes aside. */
  trips(): number
  /** From now on, what the server says is not passed on; the next time that it says something, the connection is cut. */
  dropReplies(): void
  /** From now on nothing is passed on, in either direction, and nothing is cut. */
  hang(): void
  /** From now on all is passed on, on new connections. */
  mend(): void
  /** Answers a message of the client's itself, where this gives an answer. */
  answer: ((message: Buffer) => Buffer | undefined) | undefined
  close(): Promise<void>
}

type Mode = 'passing' | 'dropping' | 'hanging'

export async function proxyTo(url: string): Promise<Passage> {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  let mode: Mode = 'passing'
  let trips = 0

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        client.destroy()
        upstream.destroy()
      })
    }
    client.on('data', (message: Buffer) => {
      if (mode === 'hanging') return
      trips += syncsIn(message)
      const answer = proxy.answer?.(message)
      if (answer) client.write(answer)
      else upstream.write(message)
    })
    upstream.on('data', (message: Buffer) => {
      if (mode === 'dropping') client.destroy()
      if (mode === 'passing') client.write(message)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const own = new URL(url)
  own.port = String((server.address() as AddressInfo).port)
  const proxy: Passage = {
    url: own.href,
    answer: undefined,
    trips: () => trips,
    dropReplies: () => {
      mode = 'dropping'
    },
    hang: () => {
      mode = 'hanging'
    },
    mend: () => {
      mode = 'passing'
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  return proxy
}

/** Simple questions and the ends of prepared ones, after each of which the client waits. */
function syncsIn(bytes: Buffer): number {
  let found = 0
  for (let at = 0; at + 5 <= bytes.length; at += 1 + bytes.readUInt32BE(at + 1)) {
    const type = String.fromCharCode(bytes[at]!)
    if (type === 'S' || (type === 'Q' && !bytes.includes('NOTIFY', at))) found += 1
  }
  return found
}
