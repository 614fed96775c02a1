import { type AnyCommand, type Facts, idFromCommand, jsonProblem, type Refused, type Row, refuse } from '@vitrine/core'
import { thawed } from './freeze.js'
import type { DecidedEvent, Host } from './host.js'

export type AnyRow = Row<object, Facts, AnyCommand, DecidedEvent>

/** A command that could be read: what it says, and which row of which aggregate decides it. */
export interface Parsed {
  readonly host: Host
  readonly row: AnyRow
  readonly command: AnyCommand
  readonly stream: string
}

/** Under what a command is given. */
export interface Given {
  readonly actorId: string
  /** Absent when the caller brought none. */
  readonly commandId: string | undefined
  /** Makes the id of what the command begins, when neither it nor the caller names one. */
  readonly newId: () => string
}

export type ParseCommand = (input: unknown, given: Given) => Parsed | Refused

/** Reads the commands of these aggregates. What cannot be read is refused, with every problem named by its path. */
export function commandParser(hosts: readonly Host[]): ParseCommand {
  const known = new Map(
    hosts.flatMap((host) => Object.values(host.aggregate.rows).map((row) => [row.type, { host, row }] as const)),
  )
  return (input, given) => {
    const type = typeOf(input)
    const found = known.get(type)
    if (!found) return invalidCommand(`There is no command "${type.slice(0, 80)}".`, 'type', 'is no command')
    const command = withoutUndefined(input)
    const problem = jsonProblem(command, 'command')
    if (problem !== undefined) return invalidCommand(`${type} cannot be read: ${problem}.`, '', problem)
    // What the caller holds stays theirs: the command is a copy, and may be frozen.
    return parseBy(found.host, found.row, thawed(command) as object, given)
  }
}

/** A refusal of what could not be read. Nothing was written. */
export function invalidCommand(message: string, path: string, problem: string): Refused {
  return refuse('invalid-command', message, { problems: [{ path, problem }] })
}

function parseBy(host: Host, row: AnyRow, input: object, given: Given): Parsed | Refused {
  const { idField, prefix } = host.aggregate
  const named = row.begins && !(idField in input) ? { ...input, [idField]: newId(given) } : input
  const read = row.command.safeParse(named)
  if (!read.success) return unreadable(row.type, read.error.issues)
  return { host, row, command: read.data, stream: `${prefix}${String(read.data[idField])}` }
}

/** The same caller and command id make the same id again, so that a retry begins nothing twice. */
function newId({ actorId, commandId, newId }: Given): string {
  return commandId === undefined ? newId() : idFromCommand(actorId, commandId)
}

function typeOf(input: unknown): string {
  const type = typeof input === 'object' && input !== null && 'type' in input ? input.type : undefined
  return typeof type === 'string' ? type : ''
}

/** A field of the command itself that is `undefined` counts as absent, as it does in JSON. */
function withoutUndefined(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || !hasUndefined(input)) return input
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
}

function hasUndefined(input: object): boolean {
  const fields = input as { readonly [field: string]: unknown }
  return Object.keys(fields).some((field) => fields[field] === undefined)
}

interface Issue {
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly keys?: readonly string[]
}

function unreadable(type: string, issues: readonly Issue[]): Refused {
  const problems = issues.flatMap(({ path, message, keys = [] }) =>
    keys.length === 0
      ? [{ path: path.map(String).join('.'), problem: message }]
      : keys.map((key) => ({ path: [...path, key].map(String).join('.'), problem: 'is not known here' })),
  )
  const list = problems.map(({ path, problem }) => (path === '' ? problem : `${path}: ${problem}`)).join('; ')
  return refuse('invalid-command', `${type} cannot be read. ${list}`, { problems })
}
