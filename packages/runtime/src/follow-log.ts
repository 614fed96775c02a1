import {
  type AnyPolicy,
  approveTrustedUpdates,
  type Kinds,
  messageRows,
  type OpenStore,
  publishOnApproval,
  reservations,
  settleSlugs,
  sweptDeadlines,
  sweptReservations,
  unassignLeadsOfRemovedMembers,
  type ViewStore,
} from '@vitrine/core'
import { sweepDeadlines } from './deadline-sweep.js'
import { deliveryOf } from './delivered-event.js'
import { RuntimeError } from './errors.js'
import type { HandleCommand } from './handle-command.js'
import { leaseOn } from './lease.js'
import { liftBy } from './lift-event.js'
import { headOf } from './log-head.js'
import type { MarketplaceOptions } from './marketplace.js'
import type { OwnViews } from './named-views.js'
import { openMessages } from './open-messages.js'
import { policyRunner } from './policy-runner.js'
import { documentReader } from './read-documents.js'
import { tablePolicy } from './request-messages.js'
import type { Followers, Leases } from './run-all.js'
import { type RunningView, runningAmong } from './running-view.js'
import { streamKinds } from './stream-kinds.js'
import { viewRunner } from './view-runner.js'
import { type Waiting, waitForView } from './wait-for-view.js'
import type { Wiring } from './wiring.js'

/** What opening a marketplace has put together so far. */
export interface Opening {
  readonly store: OpenStore
  readonly wiring: Wiring
  readonly handle: HandleCommand
  readonly views: OwnViews
  readonly stopping: AbortSignal
  readonly inBackground: () => boolean
}

/** Opens everything that follows the log: where it stands is looked up, nothing is run yet. */
export async function followLog(
  opening: Opening,
  options: Omit<MarketplaceOptions<Kinds, OwnViews>, 'store' | 'views'>,
): Promise<Followers & { readonly waiting: Waiting }> {
  const { rules, limits = {} } = options
  const { store, wiring, handle, stopping, inBackground } = opening
  const { log, logger, tracing } = wiring
  const { spansStreams } = log.traits
  const shared = { log, logger, tracing, deliver: deliveryOf(log, streamKinds, liftBy(rules)) }
  const now = () => wiring.clock().toISOString()
  const views = await viewRunner({ ...shared, store: store.views, contentVersion: rules.contentVersion }, [
    ...Object.values(opening.views),
    ...(spansStreams ? [] : [reservations]),
  ])
  const waiting = { runner: views, inBackground, patience: limits.waitForView ?? 5_000, stopping }
  const documents = documentReader(waiting, views.views)
  const policies = checked(views.views, [
    ...builtInPolicies,
    ...(spansStreams ? [] : [settleSlugs]),
    tablePolicy(messageRows),
    ...(options.policies ?? []),
  ])
  const { deliver } = shared
  const messages = await openMessages(opening, options, { rows: messageRows, policies, deliver, documents })
  const acting = { ...shared, store: store.progress, handle, now, stopping, documents, messages: messages.delivering }
  const sweeping = { rules, now, handle, atOnce: limits.sweepAtOnce ?? 16, logger, stopping }
  const deadlines = spansStreams ? sweptDeadlines : [...sweptDeadlines, sweptReservations]
  const swept = deadlines.map((deadline) => ({ deadline, view: runningAmong(views.views, deadline.view) }))
  return {
    wiring,
    views,
    policies: await policyRunner(acting, policies),
    messages,
    waiting,
    sweepEvery: limits.sweepEvery ?? 60_000,
    leases: leasesOf(store.progress, limits.lease ?? 5_000),
    logger,
    async sweep() {
      const head = (await headOf(log))?.position ?? 0
      let written = 0
      for (const { deadline, view } of swept) {
        if (!view.stopped) await waitForView(waiting, view, head)
        // A view that stands still is late, which is harmless; one of another history is wrong.
        if (!view.live || view.stopped?.code === 'log-replaced') continue
        written += await sweepDeadlines({ ...sweeping, head, deadline, view })
      }
      return written
    },
  }
}

function leasesOf(store: ViewStore, time: number): Leases {
  const lease = (work: string) => leaseOn(store, work, time)
  return { views: lease('views'), policies: lease('policies'), deadlines: lease('deadlines'), time }
}

const builtInPolicies: readonly AnyPolicy[] = [approveTrustedUpdates, publishOnApproval, unassignLeadsOfRemovedMembers]

/** The same policies. @throws RuntimeError `unknown-name` when one reads a view that is not there, `invalid-options` */
function checked(views: readonly RunningView[], policies: readonly AnyPolicy[]): readonly AnyPolicy[] {
  const twice = policies.find(({ name }, at) => policies.findIndex((one) => one.name === name) !== at)
  if (twice) {
    const message = `There are two policies named ${twice.name}. Give your own another name.`
    throw new RuntimeError('invalid-options', message)
  }
  for (const each of policies.flatMap(({ forEach = {} }) => Object.values(forEach))) {
    if (each) runningAmong(views, each.view)
  }
  return policies
}
