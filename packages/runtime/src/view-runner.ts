import type { AnyView, Checkpoint, EventStore, LogPage, ViewStore } from '@vitrine/core'
import type { Deliver } from './delivered-event.js'
import { codeOf } from './errors.js'
import type { Logger } from './logger.js'
import { type PageByPage, pageByPage } from './page-by-page.js'
import {
  beginAnew,
  finishView,
  foldAhead,
  foldPage,
  lookAgain,
  openView,
  positionOf,
  type RunningView,
  stopAll,
  tableOf,
  takeUp,
  writeFilled,
} from './running-view.js'
import { type SharesOfWork, sharesOfWork } from './shares-of-work.js'
import type { Tracing } from './tracing.js'
import { turnTaking } from './turn-taking.js'

/** The views of this process, folded from one tail of the log. */
export interface ViewRunner {
  readonly views: readonly RunningView[]
  /** Folds one page into the views that are furthest behind, among those; `false` when all are at the head. */
  step(among?: readonly RunningView[]): Promise<boolean>
  /** Lets views that stopped try again. */
  mend(views?: readonly RunningView[]): Promise<void>
  /** Takes up how far other processes have brought these views. */
  takeUp(views: readonly RunningView[]): Promise<void>
  /** Throws a view's documents away and begins again; until it is filled, it is not asked. */
  rebuild(view: RunningView): Promise<void>
  /** Called whenever a view has moved. Gives what ends that. */
  onMove(listener: () => void): () => void
}

interface RunnerWiring {
  readonly log: EventStore
  readonly store: ViewStore
  /** The version of the content schemas: of each there are tables of their own. */
  readonly contentVersion: number
  readonly deliver: Deliver
  readonly logger: Logger
  readonly tracing: Tracing
}

interface Reading extends RunnerWiring {
  readonly nextPage: PageByPage
}

/** Milliseconds that a share of the work should take, of which each view has one: then the event loop gets its turn. */
const shareTime = 10
/** Events of a page, however slow the machine is: each page costs every view a transaction. */
const fewest = 512
const most = 4_096
/** So few events are folded into all views at once, which then wait for the store together. */
const few = 64

/** Opens the tables of all views, and folds them when asked to. */
export async function viewRunner(wiring: RunnerWiring, views: readonly AnyView[]): Promise<ViewRunner> {
  const running = await Promise.all(
    views.map((view) => openView(wiring.store, tableOf(view, wiring.contentVersion), view)),
  )
  const inTurn = turnTaking(Number.POSITIVE_INFINITY)
  const listeners = new Set<() => void>()
  const nextPage = pageByPage(wiring.log)
  let limit = fewest
  const step = async (among: readonly RunningView[]): Promise<boolean> => {
    const group = furthestBehind(among)
    if (!group) return false
    const shares = sharesOfWork()
    const moved = await foldNext({ ...wiring, nextPage }, group, running, limit, shares)
    if (moved) limit = nearer(limit, (limit * shareTime) / Math.max(shares.longest(), 1))
    for (const listener of listeners) listener()
    await new Promise(setImmediate)
    return moved
  }
  return {
    views: running,
    step: (among = running) => inTurn('views', () => step(among)),
    mend: (views = running) =>
      inTurn('views', async () => {
        await Promise.all(views.filter(({ stopped }) => stopped).map(lookAgain))
      }),
    takeUp: (views) =>
      inTurn('views', async () => {
        await Promise.all(views.map(takeUp))
      }),
    rebuild: (one) => inTurn('views', () => beginAnew(wiring.store, one, tableOf(one.view, wiring.contentVersion))),
    onMove: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Goes a quarter of the way at a time: one collection of garbage says little of the next page. */
function nearer(limit: number, fitting: number): number {
  return Math.round(limit + (Math.min(Math.max(fitting, fewest), most) - limit) / 4)
}

/** The views that stand at the earliest place: they read the same page. */
function furthestBehind(among: readonly RunningView[]): readonly RunningView[] | undefined {
  const going = among.filter(({ stopped }) => !stopped)
  if (going.length === 0) return undefined
  const behind = Math.min(...going.map(positionOf))
  return going.filter((running) => positionOf(running) === behind)
}

async function foldNext(
  wiring: Reading,
  group: readonly RunningView[],
  all: readonly RunningView[],
  limit: number,
  shares: SharesOfWork,
): Promise<boolean> {
  const from = group[0]?.checkpoint
  const page = await shares.next(() => readPage(wiring, group, from, limit))
  if (!page) return true
  const through = page.through
  if (!through || through.position === (from?.position ?? 0)) return atHead(group)
  const end = joinOthers(all, from, through)
  const events = page.events.filter(({ position }) => position <= end.position)
  const delivered = await wiring.deliver(events)
  const fold = (running: RunningView) =>
    wiring.tracing.span(`view ${running.view.name}`, { events: events.length }, () =>
      running.live ? foldPage(running, delivered, end) : foldAhead(running, delivered, end),
    )
  if (events.length <= few) await shares.next(() => Promise.all(group.map(fold)))
  else for (const running of group) await shares.next(() => fold(running))
  const moved = page.atHead && end === through && !group.some(isOvertaken(end)) ? await atHead(group) : true
  for (const { view, stopped } of group) if (stopped) wiring.logger.error(`View ${view.name} stands still.`, stopped)
  return moved
}

/** Another runner was first, and stands short of where this one would have come. */
function isOvertaken(end: Checkpoint) {
  return (running: RunningView) => !running.stopped && positionOf(running) < end.position
}

/** What was filled for the first time is opened to questions. */
async function atHead(group: readonly RunningView[]): Promise<boolean> {
  let moved = false
  for (const running of group.filter(({ stopped }) => !stopped)) {
    const end = positionOf(running)
    await writeFilled(running)
    if (running.stopped) continue
    if (positionOf(running) < end) moved = true
    else await finishView(running)
    if (!running.live) moved = true
  }
  return moved
}

/** A page that goes beyond where other views stand ends there: from then on they go together. */
function joinOthers(all: readonly RunningView[], from: Checkpoint | undefined, through: Checkpoint): Checkpoint {
  const ahead = all
    .filter(({ stopped }) => !stopped)
    .flatMap(({ checkpoint }) => (checkpoint ? [checkpoint] : []))
    .filter(({ position }) => position > (from?.position ?? 0) && position < through.position)
  return ahead.reduce((first, other) => (other.position < first.position ? other : first), through)
}

async function readPage(
  wiring: Reading,
  group: readonly RunningView[],
  from: Checkpoint | undefined,
  limit: number,
): Promise<LogPage | undefined> {
  try {
    return await wiring.nextPage(from, limit)
  } catch (error) {
    if (codeOf(error) !== 'log-replaced') throw error
    stopAll(group, error)
    wiring.logger.error('The log is not the one that these views were built from.', {
      views: group.map(({ view }) => view.name),
    })
    return undefined
  }
}
