import type { ContractCase } from './contract-case.js'
import { notifierFailureCases } from './notifier-failure-cases.js'
import { notifierLifeCases } from './notifier-life-cases.js'
import { notifierSendingCases } from './notifier-sending-cases.js'
import type { NewNotifier } from './notifier-stage.js'

/** What every notifier must prove; run like {@link eventStoreContract}. */
export function notifierContract(newNotifier: NewNotifier): readonly ContractCase[] {
  return [...notifierSendingCases(newNotifier), ...notifierFailureCases(newNotifier), ...notifierLifeCases(newNotifier)]
}
