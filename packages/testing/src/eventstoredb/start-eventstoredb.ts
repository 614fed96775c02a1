import { randomUUID } from 'node:crypto'
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js'
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js'
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js'
import { Server } from '@grpc/grpc-js'
import { linkCategories } from './log/category-links.js'
import type { ServerState } from './log/server-state.js'
import { openState } from './open-state.js'
import { appendCall } from './wire/append-call.js'
import { batchAppendCall } from './wire/batch-append-call.js'
import { listen } from './wire/connections.js'
import { deleteCall, tombstoneCall } from './wire/delete-calls.js'
import { type FaultSwitch, faultSwitch } from './wire/faults.js'
import { featuresCall } from './wire/features-call.js'
import { gossipCall } from './wire/gossip-call.js'
import { readCall } from './wire/read-call.js'
import type { Member, ServerContext, Settings } from './wire/server-context.js'

/** How a server is set up. Nothing is needed: it is then as 24.6.0 with default settings, insecure and in memory. */
export interface EventStoreDbOptions {
  /** 0, or any free port, unless said. */
  readonly port?: number
  /** A folder in which the log outlives the server; without it the log is gone with the server. */
  readonly folder?: string
  /** The most that one append may hold, and what counts: the data alone, as up to 24.10.3, or everything, as later. */
  readonly appendLimit?: Settings['appendLimit']
  /** Whether the server says that it knows BatchAppend: clients then use it. */
  readonly hasBatchAppend?: boolean
  /** Whether the server knows the call by which clients ask what it can do. */
  readonly hasFeatures?: boolean
  readonly version?: string
  /** Whether the projection runs that links the events of each category; the links come a little later. */
  readonly linksCategories?: boolean
  /** How many ids it remembers for appends that expect no revision. */
  readonly rememberedIds?: number
  /** Milliseconds since 1970; the machine's clock unless given. */
  readonly now?: () => number
}

/** A server that runs. */
export interface EventStoreDb {
  /** For `EventStoreDBClient.connectionString`. */
  readonly connectionString: string
  readonly port: number
  readonly faults: Pick<FaultSwitch, 'begin' | 'end'> & {
    /** Cuts all connections; new ones are taken. */
    dropConnections(): void
  }
  /** Stops as on SIGTERM: writes under way are refused, subscriptions end without a status. */
  stop(): Promise<void>
}

const host = '127.0.0.1'
const streamsOfConnection = 100
const largestMessage = 16 * 1024 * 1024

/** Nodes over one log, of which one leads: the first, at the beginning. */
export interface EventStoreDbCluster {
  /** Names all nodes, so that a client finds the one that leads. */
  readonly connectionString: string
  readonly nodes: readonly EventStoreDb[]
  /** Another node leads: who requires a leader is sent there by the others from now on. */
  lead(node: number): void
}

/** Starts a server that speaks EventStoreDB's protocol, in this process. */
export async function startEventStoreDb(options: EventStoreDbOptions = {}): Promise<EventStoreDb> {
  const { state, close } = openState(options)
  const projection = options.linksCategories ? linkCategories(state) : undefined
  const node = await startNode(state, options, () => [memberOf(node, { isLeader: true })])
  return {
    ...node,
    async stop() {
      await node.stop()
      projection?.stop()
      close()
    },
  }
}

/**
 * Starts two nodes over one log, in this process: what one has stored the other has at once. Elections are not played; who
 * leads is told by `lead`.
 */
export async function startEventStoreDbCluster(): Promise<EventStoreDbCluster> {
  const { state } = openState({})
  const nodes: Node[] = []
  let leader = 0
  const members = () => nodes.map((node, at) => memberOf(node, { isLeader: at === leader }))
  for (let at = 0; at < 2; at += 1) nodes.push(await startNode(state, {}, members))
  const lead = (next: number) => {
    leader = next
    for (const [at, node] of nodes.entries()) {
      if (at === next) node.faults.end()
      else node.faults.begin({ kind: 'not-leader', leader: { host, port: nodes[next]!.port } })
    }
  }
  lead(0)
  return {
    connectionString: `esdb://${nodes.map(({ port }) => `${host}:${port}`).join(',')}?tls=false`,
    nodes,
    lead,
  }
}

interface Node extends EventStoreDb {
  readonly instance: string
  readonly isAlive: boolean
}

function memberOf({ instance, port, isAlive }: Node, { isLeader }: Pick<Member, 'isLeader'>): Member {
  return { instance, host, port, isLeader, isAlive }
}

async function startNode(
  state: ServerState,
  options: EventStoreDbOptions,
  members: ServerContext['members'],
): Promise<Node> {
  const faults = faultSwitch()
  const stop = Promise.withResolvers<void>()
  const stopping = { isSet: false, begun: stop.promise }
  const grpc = new Server({
    'grpc.max_concurrent_streams': streamsOfConnection,
    'grpc.max_receive_message_length': largestMessage,
    'grpc.max_send_message_length': -1,
  })
  const dropConnections = () => connections.drop()
  addCalls(grpc, { state, faults, stopping, settings: settingsOf(options), members, dropConnections })
  const connections = await listen(grpc, host, options.port ?? 0)
  return {
    instance: randomUUID(),
    get isAlive() {
      return !stopping.isSet
    },
    connectionString: `esdb://${host}:${connections.port}?tls=false`,
    port: connections.port,
    faults: { begin: faults.begin, end: faults.end, dropConnections: connections.drop },
    async stop() {
      stopping.isSet = true
      stop.resolve()
      await lastAnswersSent()
      await connections.close()
      grpc.forceShutdown()
    },
  }
}

function settingsOf(options: EventStoreDbOptions): Settings {
  return {
    appendLimit: options.appendLimit ?? { bytes: 1024 * 1024, counts: 'data' },
    hasBatchAppend: options.hasBatchAppend ?? true,
    hasFeatures: options.hasFeatures ?? true,
    version: options.version ?? '24.6.0',
  }
}

function addCalls(grpc: Server, context: ServerContext): void {
  grpc.addService(StreamsService, {
    read: readCall(context),
    append: appendCall(context),
    batchAppend: batchAppendCall(context),
    delete: deleteCall(context),
    tombstone: tombstoneCall(context),
  })
  grpc.addService(GossipService, { read: gossipCall(context) })
  grpc.addService(ServerFeaturesService, { getSupportedMethods: featuresCall(context) })
}

/** What a stop tells those who wait must reach them before their connections are cut. */
function lastAnswersSent(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 100))
}
