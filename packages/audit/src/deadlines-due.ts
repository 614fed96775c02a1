import { type DueCommand, type JsonObject, type SweptDeadline, shownTo, sweptDeadlines } from '@vitrine/core'
import type { Audited, Watching } from './audited.js'
import { spilledMap } from './spilled-map.js'
import { viewDocuments } from './view-documents.js'

/** A deadline that runs, and what time asks for by now. */
export interface RunningDeadline {
  readonly at: string
  readonly of: 'listing' | 'lead'
  readonly id: string
  readonly publisherId: string
  /** Of the listing; nothing of a lead is told here. */
  readonly name: string
  /** `overdue`: it has passed · `due`: something is to be written before it · `running`. */
  readonly status: 'overdue' | 'due' | 'running'
  /** The commands that a sweep would give now, with the ids that it would give them. */
  readonly commands: readonly { readonly type: string; readonly commandId: string }[]
}

const day = 86_400_000

/**
 * Every deadline that has passed, at which something is due, or that ends within some days, soonest first; from the log alone.
 * A marketplace that runs leaves none overdue for long.
 */
export async function* deadlinesDue(
  audited: Audited,
  now: string,
  { withinDays = 0, ...watching }: Watching & { readonly withinDays?: number } = {},
): AsyncGenerator<RunningDeadline> {
  const until = new Date(Date.parse(now) + withinDays * day).toISOString()
  const inOrder = spilledMap<RunningDeadline>()
  try {
    for (const swept of sweptDeadlines) {
      for await (const [, document] of viewDocuments(audited, swept.view, { ...watching, until: now })) {
        const running = deadlineOf(audited, swept, document, now)
        if (running && (running.commands.length > 0 || running.at <= until)) {
          inOrder.set(`${running.at} ${running.id}`, running)
        }
      }
    }
    for (const [, running] of inOrder.entries()) yield running
  } finally {
    inOrder.close()
  }
}

function deadlineOf(
  { rules }: Audited,
  { view, field, due }: SweptDeadline,
  document: JsonObject,
  now: string,
): RunningDeadline | undefined {
  const shown = shownTo(view, document, operator) as { readonly [field: string]: unknown } | undefined
  const at = shown?.[field]
  if (!shown || typeof at !== 'string') return undefined
  const commands = due(shown, rules, now).map(asked)
  const status = at < now ? 'overdue' : commands.length > 0 ? 'due' : 'running'
  const of = 'leadId' in shown ? 'lead' : 'listing'
  const text = (name: string) => (typeof shown[name] === 'string' ? shown[name] : '')
  return { at, of, id: text(`${of}Id`), publisherId: text('publisherId'), name: text('name'), status, commands }
}

function asked({ command, commandId }: DueCommand) {
  return { type: command.type, commandId }
}

const operator = { actorId: 'operator', staff: true, member: false, unrestricted: true } as const
