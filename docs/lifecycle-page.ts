import {
  type From,
  listingAggregate,
  listingRows,
  publisherRows,
  type Row,
  type Rules,
  standingOf,
  type Who,
} from '@vitrine/core'
import { ask, begin, beginnings, likelyMoves, type World, wait } from '@vitrine/testing'

type AnyRow = Pick<Row<never, never, never, never>, 'type' | 'who' | 'from' | 'begins' | 'when' | 'writes'>

/** The tables of commands, made from the rows that decide them. */
export function commandTables(): string {
  return [
    '### A listing',
    '',
    table(Object.values(listingRows)),
    '',
    '### A publisher',
    '',
    table(Object.values(publisherRows)),
  ].join('\n')
}

/** The diagrams of both axes, made by trying every move from every pair of statuses that can be reached. */
export function diagrams(rules: Rules): string {
  const moves = reachedMoves(rules)
  return [diagram('working', moves), diagram('live', moves)].join('\n\n')
}

function table(rows: readonly AnyRow[]): string {
  const lines = rows.map(
    (row) => `| ${row.type} | ${row.writes.join(', ')} | ${whoText(row.who)} | ${fromText(row)} | ${row.when ?? ''} |`,
  )
  return ['| Command | Events | Who | From | And |', '|---|---|---|---|---|', ...lines].join('\n')
}

function whoText({ members, staff, system, person }: Who): string {
  const all = [
    ...(members ?? []),
    ...(staff ?? []),
    ...(system ? ['system'] : []),
    ...(person ? ['any person who is not staff'] : []),
  ]
  return all.join(', ')
}

function fromText({ from, begins }: { readonly from?: From; readonly begins?: true }): string {
  if (begins) return 'nothing of that id exists'
  if (!from) return 'any'
  return Object.entries(from)
    .map(([axis, statuses]) => `${axis}: ${statuses.join(', ')}`)
    .join('; ')
}

interface ReachedMove {
  readonly axis: 'working' | 'live'
  readonly event: string
  readonly from: string
  readonly to: string
}

/** Every transition that any move of anybody makes, from one world for each pair of statuses. */
function reachedMoves(rules: Rules): readonly ReachedMove[] {
  const met = new Map<string, World>()
  const found = new Map<string, ReachedMove>()
  const open = beginnings.map((from) => begin(rules, from))
  for (let world = open.shift(); world; world = open.shift()) {
    const key = statusesOf(world)
    if (met.has(key)) continue
    met.set(key, world)
    for (const next of stepsFrom(world)) {
      for (const move of transitions(world, next)) found.set(JSON.stringify(move), move)
      open.push(next)
    }
  }
  return [...found.values()].toSorted((a, b) => orderOf(a) - orderOf(b) || a.from.localeCompare(b.from))
}

const later = 61 * 24 * 60 * 60 * 1000

function stepsFrom(world: World): readonly World[] {
  const now = likelyMoves(world).map(({ by, command }) => ask(world, by, command))
  const late = wait(world, later)
  const overdue = likelyMoves(late).map(({ by, command }) => ask(late, by, command))
  return [...now, ...overdue].filter(({ events }) => events.length > world.events.length)
}

function transitions(before: World, after: World): readonly ReachedMove[] {
  const { decider } = listingAggregate
  let from = before.listing
  return after.events
    .slice(before.events.length)
    .filter(({ stream }) => stream.startsWith('listing-'))
    .flatMap((event) => {
      const to = structuredClone(from)
      decider.evolve(to, event)
      const moves = (['working', 'live'] as const).map((axis) => ({
        axis,
        event: event.type,
        from: nameOf(from, axis),
        to: nameOf(to, axis),
      }))
      from = to
      return moves.filter((move) => move.from !== move.to)
    })
}

function nameOf(listing: World['listing'], axis: 'working' | 'live'): string {
  return standingOf(listing)?.[axis] ?? 'nothing'
}

/** What is told apart of a world: both statuses, and what opens ways that the statuses alone do not show. */
function statusesOf({ listing, publisher }: World): string {
  const { working, live, archive, lastVisibility, downByOperator } = listing
  const approvable = 'submission' in working && working.submission.verdicts.content?.verdict === 'passed'
  const shown = live.status === 'suspended' ? live.was.status : live.status
  const archived = Object.keys(archive).length > 0
  const hasSlug = 'slug' in working
  return JSON.stringify([
    standingOf(listing),
    publisher.status,
    approvable,
    shown,
    archived,
    lastVisibility,
    hasSlug,
    downByOperator,
  ])
}

function orderOf({ event }: ReachedMove): number {
  return Object.keys(listingAggregate.events).indexOf(event)
}

function diagram(axis: ReachedMove['axis'], moves: readonly ReachedMove[]): string {
  const edges = new Map<string, string[]>()
  for (const move of moves.filter((one) => one.axis === axis)) {
    const edge = `${mermaidName(move.from)} --> ${mermaidName(move.to)}`
    edges.set(edge, [...(edges.get(edge) ?? []), move.event])
  }
  const lines = [...edges].map(([edge, events]) => `    ${edge}: ${events.join(', ')}`)
  return [`The ${axis} revision:`, '', '```mermaid', 'stateDiagram-v2', ...lines, '```'].join('\n')
}

/** Mermaid takes `[*]` for what is before and after all states. */
function mermaidName(status: string): string {
  return status === 'nothing' ? '[*]' : status
}
