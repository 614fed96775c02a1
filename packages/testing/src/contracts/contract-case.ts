import assert from 'node:assert/strict'
import type { OpenStore, Store } from '@vitrine/core'

/** One fact that every adapter must prove. The title begins with its number, where it has one. */
export interface ContractCase {
  readonly title: string
  run(): Promise<void>
}

/** What an adapter hands in: each call gives another, empty store; opening a store twice gives two connections to it. */
export type NewStore = () => Store | Promise<Store>

/** Opens one store as often as the case has parameters, and closes every connection in the end. */
export async function withConnections(
  newStore: NewStore,
  count: number,
  run: (...connections: OpenStore[]) => Promise<void>,
): Promise<void> {
  const store = await newStore()
  const connections = await Promise.all(Array.from({ length: count }, () => store.open()))
  try {
    await run(...connections)
  } finally {
    await Promise.all(connections.map((connection) => connection.close()))
  }
}

/** A case on one connection. */
export function onOne(newStore: NewStore, title: string, run: (store: OpenStore) => Promise<void>): ContractCase {
  return { title, run: () => withConnections(newStore, 1, async (store) => run(store!)) }
}

/** A case on two connections to the same data. */
export function onTwo(
  newStore: NewStore,
  title: string,
  run: (one: OpenStore, other: OpenStore) => Promise<void>,
): ContractCase {
  return { title, run: () => withConnections(newStore, 2, async (one, other) => run(one!, other!)) }
}

/** The fault with which the promise fails, which must carry this code and a sentence. */
export async function faultOf(promise: Promise<unknown>, code: string): Promise<Error & Record<string, unknown>> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (fault: unknown) => ({ fault }),
  )
  assert.ok('fault' in outcome, `expected a fault with the code ${code}, got ${JSON.stringify(outcome)}`)
  const { fault } = outcome
  assert.ok(fault instanceof Error && 'code' in fault, `expected the code ${code}, got ${String(fault)}`)
  assert.equal(fault.code, code, fault.message)
  assert.match(fault.message, /\S+ \S+ .*[.?]$/s)
  return Object.assign(fault)
}
