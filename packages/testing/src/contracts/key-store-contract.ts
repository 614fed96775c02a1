import type { ContractCase, NewStore } from './contract-case.js'
import { keyCases } from './key-cases.js'
import { keyErasureCases } from './key-erasure-cases.js'
import { keyModelCase } from './key-model-case.js'

/** What every adapter of the keys must prove; run like {@link eventStoreContract}. */
export function keyStoreContract(newStore: NewStore): readonly ContractCase[] {
  return [...keyCases(newStore), ...keyErasureCases(newStore), keyModelCase(newStore)]
}
