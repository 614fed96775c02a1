import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AnyView, type Checkpoint, type JsonObject, sameJson, type ViewStore, type ViewTable } from '@vitrine/core'
import { foldPage, openView, positionOf, type RunningView, tableOf } from '@vitrine/runtime'
import { sqliteStore } from '@vitrine/store-sqlite'
import type { Audited, Watching } from './audited.js'
import { deliveryIn } from './parsing.js'

/** What came of holding a view to the log. */
export interface ViewVerdict {
  readonly view: string
  readonly version: number
  /** `building`: it was never filled to the end · `absent`: this version of it was never made here · `stopped`: it throws. */
  readonly state: 'same' | 'differs' | 'building' | 'absent' | 'stopped'
  /** The position of the log up to which it was held. */
  readonly position: number
  readonly documents: number
  /** Documents that are not what the log makes of them; 100 are named. */
  readonly differ: number
  readonly differing: readonly { readonly key: string; readonly sentence: string }[]
  /** Why it stopped. */
  readonly reason?: string
}

/** How often a view that others are writing meanwhile is looked at again. */
const looks = 5

/**
 * Folds a log afresh into every one of these views, in a private file, and compares each document with the one in the store.
 * @throws StoreError, ViewStoreError when either cannot be read
 */
export async function verifyViews(
  audited: Audited,
  store: ViewStore,
  views: readonly AnyView[],
  watching: Watching = {},
): Promise<readonly ViewVerdict[]> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-views-'))
  const fresh = await sqliteStore(join(folder, 'fresh.db'), { synchronous: 'NORMAL' }).open()
  try {
    const known = new Set((await store.list()).map(({ name, version }) => `${name} ${version}`))
    const held: HeldView[] = []
    const verdicts: ViewVerdict[] = []
    for (const view of views) {
      const shape = tableOf(view, audited.rules.contentVersion)
      const table = known.has(`${shape.name} ${shape.version}`) ? await store.open(shape) : undefined
      const status = await table?.status()
      if (!table || !status?.live) verdicts.push(unheld(view, table ? 'building' : 'absent'))
      else
        held.push({ table, fresh: await openView(fresh.views, { ...shape, indexes: [], text: false }, wordless(view)) })
    }
    return [...verdicts, ...(await verdictsOn(audited, held, watching))]
  } finally {
    await fresh.close()
    await rm(folder, { recursive: true })
  }
}

/** Whether every view that can be asked is what the log makes of it. */
export function areSound(verdicts: readonly ViewVerdict[]): boolean {
  return verdicts.every(({ state }) => state === 'same' || state === 'absent' || state === 'building')
}

interface HeldView {
  readonly table: ViewTable
  readonly fresh: RunningView
}

async function verdictsOn(
  audited: Audited,
  held: readonly HeldView[],
  watching: Watching,
): Promise<readonly ViewVerdict[]> {
  const found = new Map<HeldView, ViewVerdict>()
  for (let look = 1; look <= looks && found.size < held.length; look += 1) {
    const left = held.filter((one) => !found.has(one))
    const ends = new Map<HeldView, Checkpoint>()
    for (const one of left) ends.set(one, (await one.table.status()).checkpoint ?? nowhere)
    await foldAll(audited, left, ends, watching)
    for (const one of left) {
      const verdict = await compared(one, ends.get(one)!)
      const isStill = (await one.table.status()).checkpoint?.id === ends.get(one)!.id
      if (isStill || verdict.state !== 'differs' || look === looks) found.set(one, verdict)
    }
  }
  return held.map((one) => found.get(one)!)
}

const nowhere: Checkpoint = { logId: '', position: 0, id: '' }

/** Folds the log into the fresh tables, each up to where the stored one stands. */
async function foldAll(
  audited: Audited,
  held: readonly HeldView[],
  ends: ReadonlyMap<HeldView, Checkpoint>,
  { signal, onProgress }: Watching,
) {
  const deliver = deliveryIn(audited)
  const last = Math.max(0, ...[...ends.values()].map(({ position }) => position))
  const after = Math.min(...held.map(({ fresh }) => positionOf(fresh)))
  for await (const page of audited.log.readAll({ after, limit: 4_000, ...(signal && { signal }) })) {
    if (!page.through || held.length === 0) return
    const delivered = await deliver(page.events)
    for (const one of held) {
      const { fresh } = one
      const end = ends.get(one)!
      const to = end.position < page.through.position ? end : page.through
      if (fresh.stopped || positionOf(fresh) >= to.position) continue
      const wanted = delivered.filter(
        ({ event }) => event.position > positionOf(fresh) && event.position <= to.position,
      )
      await foldPage(fresh, wanted, to)
    }
    onProgress?.(page.through.position)
    if (page.through.position >= last) return
  }
}

async function compared({ table, fresh }: HeldView, { position }: Checkpoint): Promise<ViewVerdict> {
  const { name: view, version } = fresh.view
  const base = { view, version, position }
  if (fresh.stopped)
    return { ...base, state: 'stopped', documents: 0, differ: 0, differing: [], reason: fresh.stopped.reason }
  await fresh.table.finish()
  const differing: { key: string; sentence: string }[] = []
  let [documents, differ] = [0, 0]
  for await (const [key, stored, expected] of sideBySide(table, fresh.table)) {
    if (stored) documents += 1
    if (stored && expected && sameJson(stored, expected)) continue
    differ += 1
    if (differing.length < 100) differing.push({ key, sentence: sentenceOf(stored, expected) })
  }
  return { ...base, state: differ === 0 ? 'same' : 'differs', documents, differ, differing }
}

type Row = readonly [key: string, stored: JsonObject | undefined, expected: JsonObject | undefined]

/** The documents of both tables, by key. */
async function* sideBySide(stored: ViewTable, expected: ViewTable): AsyncGenerator<Row> {
  const [one, other] = [documentsOf(stored), documentsOf(expected)]
  let [left, right] = [await one.next(), await other.next()]
  while (!left.done || !right.done) {
    const order = left.done
      ? 1
      : right.done
        ? -1
        : Buffer.compare(Buffer.from(left.value.key), Buffer.from(right.value.key))
    const key = order <= 0 ? left.value!.key : right.value!.key
    yield [key, order <= 0 ? left.value!.document : undefined, order >= 0 ? right.value!.document : undefined]
    if (order <= 0) left = await one.next()
    if (order >= 0) right = await other.next()
  }
}

async function* documentsOf(table: ViewTable) {
  for (let cursor: string | undefined; ; ) {
    const page = await table.find({ limit: 1000, ...(cursor !== undefined && { cursor }) })
    yield* page.documents
    cursor = page.cursor
    if (cursor === undefined) return
  }
}

function sentenceOf(stored: JsonObject | undefined, expected: JsonObject | undefined): string {
  if (!stored) return 'It is missing.'
  if (!expected) return 'It should not be there.'
  const fields = [...new Set([...Object.keys(stored), ...Object.keys(expected)])]
  return `It differs in ${fields.filter((field) => !sameJson(stored[field], expected[field])).join(', ')}.`
}

/** Words are not compared: the fresh copy keeps none. */
function wordless(view: AnyView): AnyView {
  const { text: _, ...rest } = view
  return rest
}

function unheld({ name, version }: AnyView, state: 'building' | 'absent'): ViewVerdict {
  return { view: name, version, state, position: 0, documents: 0, differ: 0, differing: [] }
}
