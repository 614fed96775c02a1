import { appendCases } from './append-cases.js'
import type { ContractCase, NewStore } from './contract-case.js'
import { expectationCases } from './expectation-cases.js'
import { fidelityCases } from './fidelity-cases.js'
import { filterCases } from './filter-cases.js'
import { flatMemoryCase } from './flat-memory-case.js'
import { followCases } from './follow-cases.js'
import { guardCases } from './guard-cases.js'
import { logCases } from './log-cases.js'
import { modelCase } from './model-case.js'
import { raceCases } from './race-cases.js'
import { readingCases } from './reading-cases.js'

/** How much the two longest cases do: as much as is asked of every store, unless it is far away. */
export interface ContractSizes {
  /** Events that are read while memory is watched; 100,000 by default. */
  readonly events?: number
  /** Random stories of 260 steps each; 40 by default. */
  readonly stories?: number
}

/**
 * What every adapter of the log must prove, beginning with the table of expectations. Run each case as a test:
 * `for (const { title, run } of eventStoreContract(newStore)) it(title, run)`.
 */
export function eventStoreContract(newStore: NewStore, sizes: ContractSizes = {}): readonly ContractCase[] {
  return [
    ...expectationCases(newStore),
    ...appendCases(newStore),
    ...raceCases(newStore),
    ...guardCases(newStore),
    ...readingCases(newStore),
    ...logCases(newStore),
    ...filterCases(newStore),
    ...followCases(newStore),
    ...fidelityCases(newStore),
    flatMemoryCase(newStore, sizes.events ?? 100_000),
    modelCase(newStore, sizes.stories ?? 40),
  ]
}
