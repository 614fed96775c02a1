import {
  type Append,
  type Appended,
  checkedNumber,
  judgeAppend,
  type KnownIds,
  type SerialisedEvent,
  type Version,
  type WriteFacts,
} from '@vitrine/core'
import type { Ask, Row } from './database.js'

/** An append whose events were checked and serialised. */
export interface Prepared {
  readonly append: Append
  readonly events: readonly (readonly SerialisedEvent[])[]
}

/** What became of one append of a group. */
export type Settlement = Appended | Error

/** Stores a group of appends in one round trip, all in one transaction; a refused one does not disturb the others. */
export async function storeGroup(ask: Ask, own: string, patience: number, group: readonly Prepared[]) {
  const sql = `SELECT * FROM ${own}_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`
  const rows = [...(await ask(sql, [patience, ...valuesOf(group)]))].reverse()
  return group.map((member) => settlementOf(member, () => rows.pop()!))
}

function valuesOf(group: readonly Prepared[]) {
  const writes = group.flatMap(({ append }) => append.writes)
  const guards = group.flatMap(({ append }) => append.guards ?? [])
  const events = group.flatMap((member) => member.events.flat())
  return [
    group.map(({ append }) => append.writes.length),
    group.map(({ append }) => append.guards?.length ?? 0),
    writes.map(({ stream }) => stream),
    writes.map(({ expected }) => asNumber(expected)),
    writes.map((write) => write.events.length),
    events.map(({ id }) => id),
    events.map(({ type }) => type),
    events.map(({ data }) => data),
    events.map(({ metadata }) => metadata),
    guards.map(({ stream }) => stream),
    guards.map(({ version }) => asNumber(version)),
  ]
}

function settlementOf({ append, events }: Prepared, next: () => Row): Settlement {
  const found = append.writes.map(() => writeFound(next()))
  const guarded = new Map((append.guards ?? []).map(({ stream }) => [stream, asVersion(next().o_actual!)]))
  try {
    const duplicate = judgeAppend(append, found, (stream) => guarded.get(stream)!) === 'duplicate'
    const versions = append.writes.map(({ expected }, at) => asNumber(expected) + events[at]!.length)
    const positions = found.map(({ first }, at) =>
      events[at]!.map((_, n) => checkedNumber(Number(first) + n, 'A position')),
    )
    return { position: positions.at(-1)!.at(-1)!, versions, positions, duplicate }
  } catch (fault) {
    return fault as Error
  }
}

function writeFound({ o_actual, o_ids, o_first }: Row): WriteFacts & { readonly first: string } {
  return { actual: asVersion(o_actual!), ids: o_ids as KnownIds, first: o_first! }
}

function asVersion(text: string): Version {
  return text === '-1' ? 'none' : checkedNumber(Number(text), 'The version')
}

function asNumber(version: Version): number {
  return version === 'none' ? -1 : version
}
