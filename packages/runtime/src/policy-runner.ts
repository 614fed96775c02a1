import type { AnyPolicy, ViewStore } from '@vitrine/core'
import { codeOf, RuntimeError, reasonOf } from './errors.js'
import { type Decided, decidedNote, type Parked } from './policy-notes.js'
import {
  advancePolicy,
  lookAgain,
  openPolicy,
  type PolicyWiring,
  type RunningPolicy,
  resumeStream,
} from './running-policy.js'
import type { Tracing } from './tracing.js'
import { turnTaking } from './turn-taking.js'

/** Which stream of which policy is parked. */
export interface ParkedStream {
  readonly policy: string
  readonly stream: string
}

/** The policies of this process. */
export interface PolicyRunner {
  readonly policies: readonly RunningPolicy[]
  /** Lets every policy handle a page of events; `false` when none has moved. */
  step(): Promise<boolean>
  parked(): Promise<readonly Parked[]>
  /** Tries the event again, then what waits behind it. Gives what is parked afterwards, `undefined` when nothing is. */
  retry(which: ParkedStream & Partial<Decided>): Promise<Parked | undefined>
  /** Goes on without the event: who decided that, and why, is kept. */
  skip(which: ParkedStream & Decided): Promise<Parked | undefined>
}

export async function policyRunner(
  wiring: PolicyWiring & { readonly store: ViewStore; readonly tracing: Tracing },
  policies: readonly AnyPolicy[],
): Promise<PolicyRunner> {
  const running = await Promise.all(policies.map((policy) => openPolicy(wiring.log, wiring.store, policy)))
  const inTurn = turnTaking(Number.POSITIVE_INFINITY)
  const one = <Answer>({ policy }: RunningPolicy, task: () => Promise<Answer>) => inTurn(policy.name, task)

  const advance = (policy: RunningPolicy) =>
    one(policy, () => wiring.tracing.span(`policy ${policy.policy.name}`, {}, () => advancePolicy(wiring, policy)))

  const stepOne = async (policy: RunningPolicy): Promise<boolean> => {
    try {
      const moved = await advance(policy)
      policy.stopped = undefined
      return moved
    } catch (error) {
      policy.stopped = reasonOf(error)
      wiring.logger.error(`Policy ${policy.policy.name} stands still.`, {
        code: codeOf(error),
        reason: reasonOf(error),
      })
      if (codeOf(error) === 'log-replaced' || codeOf(error) === 'view-stopped') return false
      throw error
    }
  }

  const parkedAt = async ({ policy: name, stream }: ParkedStream): Promise<[RunningPolicy, Parked]> => {
    const policy = running.find((one) => one.policy.name === name)
    if (!policy) throw new RuntimeError('unknown-name', `There is no policy ${name}.`)
    await lookAgain(policy)
    const parked = policy.parked.get(stream)
    if (parked) return [policy, parked]
    throw new RuntimeError('not-parked', `Policy ${name} has not parked ${stream}.`, { stream })
  }

  return {
    policies: running,
    step: async () => (await Promise.all(running.map(stepOne))).includes(true),
    async parked() {
      await Promise.all(running.map((policy) => one(policy, () => lookAgain(policy))))
      return running.flatMap(({ parked }) => [...parked.values()])
    },
    retry({ by, why = '', ...which }) {
      return inTurn(which.policy, async () => {
        const [found, parked] = await parkedAt(which)
        const notes = by ? [decidedNote('retried', parked, { by, why }, wiring.now())] : []
        return resumeStream(wiring, found, which.stream, parked.version, notes)
      })
    },
    skip({ by, why, ...which }) {
      return inTurn(which.policy, async () => {
        const [found, parked] = await parkedAt(which)
        const note = decidedNote('skipped', parked, { by, why }, wiring.now())
        return resumeStream(wiring, found, which.stream, parked.version + 1, [note])
      })
    },
  }
}
