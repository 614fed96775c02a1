import { deliveries, type Kinds, type OpenStore } from '@vitrine/core'
import { answerQuestions } from './answer-questions.js'
import { awake } from './awake.js'
import { checkOptions } from './check-options.js'
import { executor } from './execute.js'
import { followLog } from './follow-log.js'
import { commandHandler } from './handle-command.js'
import { healthOf } from './health.js'
import { headOf } from './log-head.js'
import type { Marketplace, MarketplaceOptions } from './marketplace.js'
import { allViews, type OwnViews, runningView } from './named-views.js'
import { catchUp, runInBackground } from './run-all.js'
import { underWay } from './under-way.js'
import { waitForView } from './wait-for-view.js'
import { hostsOf, wire } from './wire.js'

/** Opens a marketplace over a store. Nothing runs in the background until `start`. @throws RuntimeError `invalid-options` */
export async function openMarketplace<K extends Kinds, Own extends OwnViews = Record<never, never>>(
  options: MarketplaceOptions<K, Own>,
): Promise<Marketplace<K, Own>> {
  checkOptions(options)
  const views = allViews(options.views ?? {})
  const store = await options.store.open()
  try {
    return await opened(store, options, views)
  } catch (error) {
    await store.close()
    throw error
  }
}

async function opened<K extends Kinds, Own extends OwnViews>(
  store: OpenStore,
  options: MarketplaceOptions<K, Own>,
  views: OwnViews,
): Promise<Marketplace<K, Own>> {
  const wiring = await wire(store, options)
  const { log } = wiring
  const stopping = new AbortController()
  const tasks = underWay()
  let background: Promise<void> | undefined
  let closed: Promise<void> | undefined

  const handle = commandHandler(wiring)
  const execute = executor(wiring, handle)
  const inBackground = () => background !== undefined
  const opening = { store, wiring, handle, views, stopping: stopping.signal, inBackground }
  const followers = await followLog(opening, options)
  // An empty log fills no view: they can be asked at once.
  if ((await headOf(log)) === undefined) await followers.views.step()
  const { messages } = followers
  if ((await headOf(messages.log)) === undefined) await messages.delivering.runner.step()

  const close = async () => {
    stopping.abort()
    await Promise.allSettled([background, tasks.end()])
    await messages.ended()
    await store.close()
  }
  const viewNamed = (name: PropertyKey) =>
    name === deliveries.name ? messages.delivering.view : runningView(views, followers.views.views, name)
  const runnerOf = (name: PropertyKey) => (name === deliveries.name ? messages.delivering.runner : followers.views)

  return {
    execute: (command, given) => tasks.run(() => execute(command, given)) as never,
    ...answerQuestions<K, Own>({
      wiring,
      waiting: followers.waiting,
      hosts: hostsOf(options.rules),
      views,
      rules: options.rules,
      messages: followers.messages,
    }),
    start() {
      if (!stopping.signal.aborted) background ??= runInBackground(followers, stopping.signal)
    },
    catchUp: () => tasks.run(() => awake(() => catchUp(followers))),
    async ready() {
      const head = (await headOf(log))?.position ?? 0
      const patient = { ...followers.waiting, patience: Number.POSITIVE_INFINITY }
      // Whoever waits for all of them folds them together, from one tail of the log.
      if (!inBackground()) while (await followers.views.step());
      await Promise.all(followers.views.views.map((running) => waitForView(patient, running, head)))
      await messages.ready(patient)
    },
    health: () => healthOf(wiring, followers),
    parked: () => followers.policies.parked(),
    retry: (which) => tasks.run(() => followers.policies.retry(which)),
    skip: (which) => tasks.run(() => followers.policies.skip(which)),
    mend: (name) => tasks.run(() => runnerOf(name).mend([viewNamed(name)])),
    rebuild: (name) => tasks.run(() => runnerOf(name).rebuild(viewNamed(name))),
    close() {
      closed ??= awake(close)
      return closed
    },
  }
}
