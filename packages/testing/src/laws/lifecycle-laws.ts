import type { AnyPolicy, Rules, Store } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { holdTo, type LawOptions, laws } from './laws-of.js'
import { holdsOnTheWiring } from './message-law.js'

/** Which laws, on what. */
export interface LifecycleLawOptions extends LawOptions {
  /** Policies of the marketplace's own, which may send messages, too. */
  readonly policies?: readonly AnyPolicy[]
  /** What they are played on, another one for each history: memory by default. */
  readonly store?: () => Store
}

/**
 * Holds the rules of a marketplace, its policies and the schemas of its content, to the laws of the lifecycle, over random
 * histories; then plays some of them on the production wiring, where every message has a reason in the log, and every policy
 * an answer to each event.
 * @throws Error that names the law, tells the shortest history found that breaks it, and how to see it again
 */
export async function lifecycleLaws(rules: Rules, options: LifecycleLawOptions = {}): Promise<void> {
  const { policies = [], store: newStore = () => memoryStore(), ...how } = options
  holdTo(laws, rules, how)
  await holdsOnTheWiring(rules, { policies, newStore }, how)
}
