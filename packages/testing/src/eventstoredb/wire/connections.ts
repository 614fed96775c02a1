import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { type Server as GrpcServer, ServerCredentials } from '@grpc/grpc-js'

/** The TCP side of a server: connections can be cut under the calls that they carry. */
export interface Connections {
  readonly port: number
  /** Cuts all connections; new ones are taken. */
  drop(): void
  /** Takes no more connections, and cuts those that there are. */
  close(): Promise<void>
}

/** Listens on this machine alone; port 0 is any free one. */
export async function listen(grpc: GrpcServer, host: string, port: number): Promise<Connections> {
  const sockets = new Set<Socket>()
  const injector = grpc.createConnectionInjector(ServerCredentials.createInsecure())
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    injector.injectConnection(socket)
  })
  server.listen(port, host)
  await once(server, 'listening')
  const drop = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: portOf(server),
    drop,
    async close() {
      const closed = once(server, 'close')
      server.close()
      drop()
      await closed
    },
  }
}

function portOf(server: Server): number {
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('the server listens on no TCP port')
  return address.port
}
