import { createSocket } from 'node:dgram'
import { setServers } from 'node:dns'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** A name server in this process, for as long as a test runs: everything else in the process asks it, too. */
export interface NameServer {
  /** The names that were asked for. */
  readonly asked: readonly string[]
  close(): void
}

const types: { readonly [type: number]: 'a' | 'aaaa' } = { 1: 'a', 28: 'aaaa' }

/** Answers for every name with these addresses, each as its bytes; it never answers for what is `undefined`. */
export async function nameServer(
  addresses: { a?: readonly number[][]; aaaa?: readonly number[][] },
  before: string[],
): Promise<NameServer> {
  const asked: string[] = []
  const socket = createSocket('udp4')
  socket.on('message', (query, { address, port }) => {
    const { name, end, type } = questionIn(query)
    asked.push(name)
    const found = addresses[types[type] ?? 'a']
    if (found) socket.send(answerTo(query.subarray(0, end), type, found), port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  setServers([`127.0.0.1:${(socket.address() as AddressInfo).port}`])
  return {
    asked,
    close: () => {
      setServers(before)
      socket.close()
    },
  }
}

/** A query: twelve bytes of header; the name, each part behind its length; type and class. */
function questionIn(query: Buffer): { name: string; end: number; type: number } {
  const parts: string[] = []
  let at = 12
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    parts.push(query.toString('ascii', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: parts.join('.'), end: at + 5, type: query.readUInt16BE(at + 1) }
}

/** The question once more, marked as answered, and behind it a record for each address. */
function answerTo(query: Buffer, type: number, addresses: readonly number[][]): Buffer {
  const header = Buffer.from(query.subarray(0, 12))
  header.writeUInt16BE(0x8180, 2)
  header.writeUInt16BE(addresses.length, 6)
  header.fill(0, 8)
  const records = addresses.map((bytes) =>
    Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, bytes.length, ...bytes]),
  )
  return Buffer.concat([header, query.subarray(12), ...records])
}
