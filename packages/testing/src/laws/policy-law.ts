import { type AnyPolicy, canonicalJson, type StoredEvent } from '@vitrine/core'

export const policiesAnswer =
  'a policy has an answer to every event that it reads, and asked twice it gives the same one'

/** What a policy that stands still at an event says of itself. */
interface StandingStill {
  readonly policy: string
  readonly type: string
  readonly stream: string
  readonly reason: string
}

/** The first policy that had no answer to an event of the log, as a sentence. */
export function standsStill(parked: readonly StandingStill[]): string | undefined {
  const [first] = parked
  return first && `Policy ${first.policy} has no answer to ${first.type} of ${first.stream}: ${first.reason}`
}

/** The first policy of these that answers an event otherwise the second time, as a sentence. */
export function answersByChance(policies: readonly AnyPolicy[], log: readonly StoredEvent[]): string | undefined {
  for (const policy of policies) {
    const first = log.map((event) => answerOf(policy, event))
    const event = log.find((one, at) => answerOf(policy, one) !== first[at])
    if (event) return `Policy ${policy.name} is asked twice about one ${event.type}, and answers otherwise.`
  }
  return undefined
}

function answerOf({ on }: AnyPolicy, event: StoredEvent): string {
  return canonicalJson(on[event.type]?.(event as never) ?? [])
}
