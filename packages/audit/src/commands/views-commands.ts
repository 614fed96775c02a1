import { type AnyView, builtInViews, type Checkpoint, type ViewShape, type ViewStore } from '@vitrine/core'
import { headOf, tableOf } from '@vitrine/runtime'
import { AuditError } from '../audit-error.js'
import { inMarketplace } from '../cli/acting.js'
import type { CommandRow } from '../cli/command-row.js'
import { type Exit, exits } from '../cli/exits.js'
import { progressOn } from '../cli/progress.js'
import { inStore, type Session, type Workplace } from '../cli/session.js'
import { showDocument, showSheet } from '../cli/sheet.js'
import type { Column } from '../cli/table.js'

/** A view as its store has it, beside the code that asks it. */
interface ListedView {
  readonly name: string
  readonly version: number
  /** Its first fill is done. */
  readonly live: boolean
  /** `asked`: by this code · `other`: made by other code, older or newer · `missing`: this code would build it. */
  readonly is: 'asked' | 'other' | 'missing'
  readonly position: number | null
  /** Positions of the log that it has not looked at. */
  readonly behind: number | null
}

/** What there is. */
export const viewsListCommand: CommandRow = {
  name: 'views list',
  what: 'Every view in the store: whether it can be asked, and how far behind the log it is.',
  example: 'views list --store sqlite:market.db',
  formats: ['text', 'json', 'csv'],
  run: (session) =>
    inStore(session, 'reading', async (place) => {
      const rows = await listed(place)
      await showSheet(session, { facts: place.facts, lines: [], list: 'views', rows, columns })
      return exits.fine
    }),
}

/** Before a deploy. */
export const viewsBuildCommand: CommandRow = {
  name: 'views build',
  what: 'Builds every view of this code that is missing or behind, up to the end of the log.',
  example: 'views build --rules market.mjs --store sqlite:market.db',
  formats: ['text', 'json'],
  run: (session) => inStore(session, 'writing', (place) => build(session, place, [])),
}

/** From the beginning. */
export const viewsRebuildCommand: CommandRow = {
  name: 'views rebuild',
  arguments: [{ form: '<names...>', what: 'of views, as `views list` shows them' }],
  what: 'Throws views away and builds them anew from the log; until that is done they are not asked.',
  example: 'views rebuild catalogue --rules market.mjs --store sqlite:market.db',
  formats: ['text', 'json'],
  run: (session, names) => inStore(session, 'writing', (place) => build(session, place, names)),
}

async function build(session: Session, place: Workplace, anew: readonly string[]): Promise<Exit> {
  const properties = anew.map((name) => propertyOf(place, name))
  const total = (await headOf(place.log))?.position ?? 0
  return inMarketplace(session, place, async (market) => {
    for (const name of properties) await market.rebuild(name as never)
    const bar = progressOn(session.bars, 'building views', total)
    const look = setInterval(() => {
      void market.health().then(({ views }) => bar.to(Math.min(total, ...views.map(({ position }) => position))))
    }, 500)
    try {
      await stoppable(market.ready(), session.signal)
    } finally {
      clearInterval(look)
      bar.end()
    }
    const rows = (await listed(place)).filter(({ is }) => is === 'asked')
    const sentence = `${session.paint.good('✓')} ${rows.length} views stand at the end of the log (position ${total}).\n`
    await showDocument(session, { ...place.facts, rebuilt: anew, views: rows }, () => sentence)
    return exits.fine
  })
}

/** How far it came is kept, and gone on from: what is stopped is stopped by closing the marketplace. */
async function stoppable(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const stopped = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true })
  })
  work.catch(() => undefined)
  await Promise.race([work, stopped])
}

function propertyOf({ market }: Workplace, name: string): string {
  const views: { readonly [property: string]: AnyView } = { ...builtInViews, ...market.views }
  const found = Object.entries(views).find(([property, view]) => property === name || view.name === name)
  if (found) return found[0]
  const known = Object.values(views).map((view) => view.name)
  throw new AuditError('used-wrongly', `There is no view ${name}. One of these was expected: ${known.join(', ')}.`)
}

async function listed({ store, market, log, rules }: Workplace): Promise<readonly ListedView[]> {
  const { views } = store.store
  const ours = Object.values<AnyView>({ ...builtInViews, ...market.views }).map((view) =>
    tableOf(view, rules.contentVersion),
  )
  const head = (await headOf(log))?.position ?? 0
  const stored = await views.list()
  const there = await Promise.all(
    stored.map(async ({ name, version, live }): Promise<ListedView> => {
      const shape = ours.find((one) => one.name === name && one.version === version)
      if (!shape) return { name, version, live, is: 'other', position: null, behind: null }
      const position = (await checkpointOf(views, shape))?.position ?? 0
      return { name, version, live, is: 'asked', position, behind: Math.max(0, head - position) }
    }),
  )
  const missing = ours
    .filter((one) => !stored.some(({ name, version }) => one.name === name && one.version === version))
    .map(({ name, version }) => ({ name, version, live: false, is: 'missing' as const, position: null, behind: null }))
  return [...there, ...missing].toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version - b.version))
}

async function checkpointOf(views: ViewStore, shape: ViewShape): Promise<Checkpoint | undefined> {
  return (await (await views.open(shape)).status()).checkpoint
}

const columns: readonly Column<ListedView>[] = [
  { name: 'name', title: 'View', of: ({ name }) => name, as: 'name' },
  { name: 'version', title: 'Version', of: ({ version }) => version },
  {
    name: 'live',
    title: 'Can be asked',
    of: ({ live }) => (live ? 'yes' : 'no'),
    as: ({ live }) => (live ? 'good' : 'warn'),
  },
  { name: 'is', title: 'By this code', of: ({ is }) => (is === 'asked' ? 'yes' : is) },
  { name: 'position', title: 'Position', of: ({ position }) => position ?? '' },
  {
    name: 'behind',
    title: 'Behind',
    of: ({ behind }) => behind ?? '',
    as: ({ behind }) => (behind === 0 ? 'good' : 'warn'),
  },
]
