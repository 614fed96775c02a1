import type { ContractCase, NewStore } from './contract-case.js'
import { viewDroppingCase } from './view-dropping-case.js'
import { viewModelCase } from './view-model-case.js'
import { viewQuestionCases } from './view-question-cases.js'
import { viewWritingCases } from './view-writing-cases.js'

/** What every adapter of views and of progress must prove; run like {@link eventStoreContract}. */
export function viewStoreContract(newStore: NewStore): readonly ContractCase[] {
  return [
    ...viewWritingCases(newStore),
    ...viewQuestionCases(newStore),
    viewDroppingCase(newStore),
    viewModelCase(newStore),
  ]
}
