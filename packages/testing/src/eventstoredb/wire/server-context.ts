import type { Metadata } from '@grpc/grpc-js'
import type { ServerState } from '../log/server-state.js'
import type { CallKind, Fault, FaultSwitch } from './faults.js'

/** What 24.6.0 and later servers do differently, and what else can be set. */
export interface Settings {
  readonly appendLimit: { readonly bytes: number; readonly counts: 'data' | 'everything' }
  readonly hasBatchAppend: boolean
  readonly hasFeatures: boolean
  readonly version: string
}

/** A node of a cluster, and the address under which clients reach it. */
export interface Member {
  readonly instance: string
  readonly host: string
  readonly port: number
  readonly isLeader: boolean
  readonly isAlive: boolean
}

/** What all calls share. */
export interface ServerContext {
  readonly state: ServerState
  readonly settings: Settings
  readonly faults: FaultSwitch
  /** Fulfilled when a clean stop begins. */
  readonly stopping: { readonly isSet: boolean; readonly begun: Promise<void> }
  /** The nodes of the cluster as this one knows them; it is one of them. */
  members(): readonly Member[]
  dropConnections(): void
}

/** The fault that a call meets, after it has waited as long as that fault wants. A stop meets everyone. */
export async function faultMet(context: ServerContext, call: { metadata: Metadata }, kind: CallKind) {
  const requiresLeader = call.metadata.get('requires-leader')[0] === 'true'
  const fault = context.faults.met(kind, requiresLeader)
  if (fault?.kind === 'hang') await context.stopping.begun
  if (fault?.kind === 'slow') await elapsed(fault.milliseconds, context.stopping.begun)
  return context.stopping.isSet ? stopped : fault
}

const stopped: Fault = { kind: 'not-ready' }

/** Never fulfilled: for calls that are not answered. */
export function forEver(): Promise<never> {
  return new Promise(() => {})
}

async function elapsed(milliseconds: number, orStopped: Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, milliseconds)
  await Promise.race([promise, orStopped])
  clearTimeout(timer)
}
