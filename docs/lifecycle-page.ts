import {
  type From,
  type Lead,
  leadRows,
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
    '',
    '### A lead',
    '',
    table(Object.values(leadRows)),
  ].join('\n')
}

/** The diagrams of both axes, made by trying every move from every pair of statuses that can be reached. */
export function diagrams(rules: Rules): string {
  const moves = reachedMoves(rules)
  return [
    'The working revision:',
    '',
    diagram(moves.filter(({ axis }) => axis === 'working')),
    '',
    'The live revision:',
    '',
    diagram(moves.filter(({ axis }) => axis === 'live')),
  ].join('\n')
}

/** The diagram of a lead, made by trying every move from every status and from everything that can be lost. */
export function leadDiagram(rules: Rules): string {
  const found = new Map<string, Move>()
  const met = new Set<string>()
  const open = [begin(rules, 'live')]
  for (let world = open.shift(); world; world = open.shift()) {
    if (met.has(leadKey(world.lead))) continue
    met.add(leadKey(world.lead))
    for (const next of after(world, ({ type }) => type in leadRows)) {
      const move = { event: next.events.at(-1)?.type ?? '', from: leadName(world.lead), to: leadName(next.lead) }
      if (move.from !== move.to) found.set(JSON.stringify(move), move)
      open.push(next)
    }
  }
  return diagram([...found.values()])
}

function leadKey({ status, loss }: Lead): string {
  return `${status} ${loss?.from ?? ''}`
}

function leadName({ status }: Lead): string {
  return status === 'none' ? 'nothing' : status
}

function table(rows: readonly AnyRow[]): string {
  const lines = rows.map(
    (row) => `| ${row.type} | ${row.writes.join(', ')} | ${whoText(row.who)} | ${fromText(row)} | ${row.when ?? ''} |`,
  )
  return ['| Command | Events | Who | From | And |', '|---|---|---|---|---|', ...lines].join('\n')
}

function whoText({ members, staff, system, person, visitor }: Who): string {
  const all = [
    ...(members ?? []),
    ...(staff ?? []),
    ...(system ? ['system'] : []),
    ...(person ? ['any person who is not staff'] : []),
    ...(visitor ? ['visitor'] : []),
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

interface Move {
  readonly event: string
  readonly from: string
  readonly to: string
}

interface ReachedMove extends Move {
  readonly axis: 'working' | 'live'
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

/** The worlds in which one of the likely moves, among those with these commands, has changed something. */
function after(world: World, among: (command: { readonly type: string }) => boolean): readonly World[] {
  return likelyMoves(world)
    .filter(({ command }) => among(command))
    .map(({ by, command }) => ask(world, by, command))
    .filter(({ events }) => events.length > world.events.length)
}

function notOfLeads({ type }: { readonly type: string }): boolean {
  return !(type in leadRows)
}

const later = 61 * 24 * 60 * 60 * 1000

function stepsFrom(world: World): readonly World[] {
  return [...after(world, notOfLeads), ...after(wait(world, later), notOfLeads)]
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

function diagram(moves: readonly Move[]): string {
  const edges = new Map<string, string[]>()
  for (const move of moves) {
    const edge = `${mermaidName(move.from)} --> ${mermaidName(move.to)}`
    edges.set(edge, [...(edges.get(edge) ?? []), move.event])
  }
  const lines = [...edges].map(([edge, events]) => `    ${edge}: ${events.join(', ')}`)
  return ['```mermaid', 'stateDiagram-v2', ...lines, '```'].join('\n')
}

/** Mermaid takes `[*]` for what is before and after all states. */
function mermaidName(status: string): string {
  return status === 'nothing' ? '[*]' : status
}
