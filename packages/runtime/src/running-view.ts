import {
  type AnyView,
  type Checkpoint,
  type StoredEvent,
  shapeOf,
  type ViewBatch,
  type ViewShape,
  type ViewStore,
  type ViewTable,
} from '@vitrine/core'
import type { DeliveredEvent } from './delivered-event.js'
import { codeOf, RuntimeError, reasonOf } from './errors.js'
import { lastingTable } from './lasting-table.js'
import { isPassing } from './passing.js'
import {
  type Changes,
  changesOf,
  type Documents,
  foldBatch,
  foldInto,
  unstorableIn,
  type ViewFault,
} from './view-batch.js'

/** Why a view stands still, and at which event. */
export interface Stopped {
  /** `view-stopped` when it threw · `newer-than-this-code` · `log-replaced`: it must be rebuilt. */
  readonly code: string
  readonly reason: string
  readonly event?: {
    readonly stream: string
    readonly version: number
    readonly position: number
    readonly type: string
  }
}

/** A view as this process runs it. Its table says where it stands; this remembers it between two batches. */
export interface RunningView {
  readonly view: AnyView
  table: ViewTable
  /** How often its table was thrown away, and another one took its place. */
  replaced: number
  checkpoint: Checkpoint | undefined
  live: boolean
  /** How many events of foreign streams it passed over. */
  foreign: number
  stopped: Stopped | undefined
  /** What its first fill holds in memory: then the table stands behind the view. */
  filling: Filling | undefined
}

/** Documents of a first fill that were not written yet. */
interface Filling {
  /** Where the table stands. */
  readonly from: Checkpoint | undefined
  /** As they are at the checkpoint of the view: those that changed, and those that were only looked at. */
  readonly documents: Documents
}

/** So many documents a view holds in memory while it is filled. */
const mostHeld = 4_000

/**
 * The table of a view. What is shown of content is lifted, so that other content schemas are another version of every view:
 * it is built beside the old one, which older processes go on asking.
 */
export function tableOf(view: AnyView, contentVersion: number): ViewShape {
  const shape = shapeOf(view)
  return contentVersion === 1 ? shape : { ...shape, name: `${shape.name} of content ${contentVersion}` }
}

/** Opens the table of a view, and looks where it stands. */
export async function openView(store: ViewStore, shape: ViewShape, view: AnyView): Promise<RunningView> {
  let running: RunningView | undefined
  const table = await lastingTable(store, shape, () => {
    if (!running) return
    running.replaced += 1
    running.live = false
  })
  const status = await table.status()
  running = { view, table, replaced: 0, ...status, foreign: 0, stopped: undefined, filling: undefined }
  return running
}

/** Throws a view's documents away and begins again. */
export async function beginAnew(store: ViewStore, running: RunningView, shape: ViewShape): Promise<void> {
  await store.drop(shape.name, shape.version)
  running.foreign = 0
  await lookAgain(running)
}

/** Where a view stands in the log; 0 before the first event. */
export function positionOf({ checkpoint }: Pick<RunningView, 'checkpoint'>): number {
  return checkpoint?.position ?? 0
}

/**
 * Folds a page into a view: all of it, or, when the view throws, nothing. Whoever wrote the view in the meantime was
 * first: then this one goes on from where that one stands.
 */
export async function foldPage(
  running: RunningView,
  delivered: readonly DeliveredEvent[],
  to: Checkpoint,
): Promise<void> {
  const events = wantedOf(running, delivered)
  if ('cause' in events) return stop(running, events)
  const { view, table, checkpoint } = running
  const changes = await foldBatch(view, events, table)
  if ('cause' in changes) return stopUnlessOvertaken(running, changes, checkpoint)
  if (await isWritten(running, changes, { from: checkpoint, to })) running.checkpoint = to
}

/** Whether it was. Not when whoever wrote first has moved the view, or when what it holds cannot be written: then it stops. */
async function isWritten(
  running: RunningView,
  changes: Changes,
  way: Pick<ViewBatch, 'from' | 'to'>,
): Promise<boolean> {
  try {
    await running.table.write({ ...way, ...changes })
    return true
  } catch (error) {
    const code = codeOf(error)
    const fault = code === 'invalid' ? { cause: error } : unstorableIn(changes)
    if (code === 'checkpoint-moved') await lookAgain(running)
    else if (fault) stop(running, fault)
    else throw error
    return false
  }
}

/**
 * Folds a page into a view that nobody can ask yet: its documents stay in memory until there are many, so that one that many
 * pages touch is read and written once for them. Whoever dies in between goes on from where the table stands.
 */
export async function foldAhead(
  running: RunningView,
  delivered: readonly DeliveredEvent[],
  to: Checkpoint,
): Promise<void> {
  const { view, table } = running
  const events = wantedOf(running, delivered)
  if ('cause' in events) return stop(running, events)
  const filling = running.filling ?? { from: running.checkpoint, documents: new Map() }
  const fault = await foldInto(filling.documents, view, events, (keys) => table.load(keys))
  if (fault) return stopUnlessOvertaken(running, fault, filling.from)
  running.filling = filling
  running.checkpoint = to
  if (filling.documents.size >= mostHeld) await writeFilled(running)
}

/** Writes what a first fill holds in memory. Whoever wrote the view in the meantime was first, as with a page. */
export async function writeFilled(running: RunningView): Promise<void> {
  const { view, filling, checkpoint } = running
  if (!filling || !checkpoint) return
  const changes = changesOf(view, filling.documents)
  if ('cause' in changes) return stopUnlessOvertaken(running, changes, filling.from)
  if (await isWritten(running, changes, { from: filling.from, to: checkpoint })) running.filling = undefined
}

/** Takes up what the table says, after another runner or a pause. */
export async function lookAgain(running: RunningView): Promise<void> {
  const { live, checkpoint } = await running.table.status()
  running.live = live
  running.checkpoint = checkpoint
  running.stopped = undefined
  running.filling = undefined
}

/** Takes up how far another process has brought a view. While this one folds a page into it, that is no time to. */
export async function takeUp(running: RunningView): Promise<void> {
  const { stopped, filling, table } = running
  if (stopped) return
  // What is held in memory counts as long as nobody else has moved the table.
  if (filling && !(await isMovedFrom(table, filling.from))) return
  await lookAgain(running)
}

/** Opens a view to questions after its first fill. */
export async function finishView(running: RunningView): Promise<void> {
  if (running.live) return
  try {
    await running.table.finish()
    running.live = true
  } catch (error) {
    if (codeOf(error) !== 'checkpoint-moved') throw error
    await lookAgain(running)
  }
}

/** Stops a view for a reason that has nothing to do with one of its events. */
export function stopAll(views: readonly RunningView[], error: unknown): void {
  for (const running of views) running.stopped = { code: codeOf(error) ?? 'view-stopped', reason: reasonOf(error) }
}

/** The running view of this name. @throws RuntimeError `unknown-name` */
export function runningAmong(views: readonly RunningView[], { name }: Pick<AnyView, 'name'>): RunningView {
  const found = views.find(({ view }) => view.name === name)
  if (found) return found
  throw new RuntimeError('unknown-name', `There is no view ${name}.`)
}

/** @throws RuntimeError `view-stopped`, or the error by which a replaced log is named */
export function checkRunning({ view, stopped }: RunningView): void {
  if (!stopped) return
  const { code, reason, event } = stopped
  const where = event ? ` at event ${event.version} of ${event.stream} (${event.type})` : ''
  const message = `View ${view.name} version ${view.version} stands still${where}: ${reason}`
  throw new RuntimeError(code === 'log-replaced' ? code : 'view-stopped', message, {
    view: view.name,
    reason: code,
    event,
  })
}

/** The events that concern a view. One of ours that is newer than this code stops it, whatever it may be about. */
function wantedOf(running: RunningView, delivered: readonly DeliveredEvent[]): readonly StoredEvent[] | ViewFault {
  const wanted: StoredEvent[] = []
  for (const one of delivered) {
    if (isPassing(running.view.on, one)) {
      if (one.foreign) running.foreign += 1
    } else if (one.fault !== undefined) return { event: one.event, cause: one.fault }
    else wanted.push(one.event)
  }
  return wanted
}

function stop(running: RunningView, { event, document, cause }: ViewFault): void {
  const code = codeOf(cause) === 'newer-than-this-code' ? 'newer-than-this-code' : 'view-stopped'
  const reason = document === undefined ? reasonOf(cause) : `document ${document}: ${reasonOf(cause)}`
  running.stopped = { code, reason, ...(event && { event: placeOf(event) }) }
}

/** Documents that somebody has brought further meanwhile may throw at an event that they hold already: that is no fault. */
async function stopUnlessOvertaken(
  running: RunningView,
  fault: ViewFault,
  from: Checkpoint | undefined,
): Promise<void> {
  if (await isMovedFrom(running.table, from)) await lookAgain(running)
  else stop(running, fault)
}

async function isMovedFrom(table: ViewTable, from: Checkpoint | undefined): Promise<boolean> {
  const { checkpoint } = await table.status()
  return checkpoint?.id !== from?.id
}

function placeOf({ stream, version, position, type }: StoredEvent): NonNullable<Stopped['event']> {
  return { stream, version, position, type }
}
