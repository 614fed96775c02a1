import type { Store } from '@vitrine/core'
import { appendCases } from './append-cases.js'
import type { ContractCase, NewStore } from './contract-case.js'
import { expectationCases } from './expectation-cases.js'
import { fidelityCases } from './fidelity-cases.js'
import { filterCases } from './filter-cases.js'
import { followCases } from './follow-cases.js'
import { forgettingCases } from './forgetting-cases.js'
import { logCases } from './log-cases.js'
import { raceCases } from './race-cases.js'
import { readingCases } from './reading-cases.js'

/**
 * What every adapter of the log of messages must prove: what holds of every log, and that whole streams can be forgotten.
 * Run like {@link eventStoreContract}.
 */
export function messageLogContract(newStore: NewStore): readonly ContractCase[] {
  const messages = async () => messagesAsLog(await newStore())
  return [
    ...expectationCases(messages),
    ...appendCases(messages),
    ...raceCases(messages),
    ...readingCases(messages),
    ...logCases(messages),
    ...filterCases(messages),
    ...followCases(messages),
    ...fidelityCases(messages),
    ...forgettingCases(newStore),
  ]
}

function messagesAsLog(store: Store): Store {
  return {
    open: async () => {
      const opened = await store.open()
      return { ...opened, log: opened.messages }
    },
  }
}
