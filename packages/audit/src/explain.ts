import {
  type Asker,
  type Facts,
  type Listing,
  memberRoles,
  type NextAction,
  nextActions,
  type Publisher,
  type Refusal,
  settle,
  staffRoles,
  standingOf,
} from '@vitrine/core'
import { type StreamState, streamKinds } from '@vitrine/runtime'
import { AuditError } from './audit-error.js'
import type { Audited } from './audited.js'
import { type Found, findStream } from './find-stream.js'
import { type MustAct, mustAct } from './must-act.js'
import { type PendingDeadline, pendingDeadlines } from './pending-deadlines.js'
import { stateOf } from './stream-story.js'

/** Somebody of whom it is asked what they may do: by their role alone. */
export type RoleAsked = (typeof rolesAsked)[number]

/** Every role, those of the team first. */
export const rolesAsked = [...memberRoles, ...staffRoles] as const

/** One command, and what each role is told that asks for it now. */
export interface ExplainedCommand {
  readonly command: string
  /** The roles that have a right to it, whether or not it is possible now. */
  readonly rightOf: readonly RoleAsked[]
  readonly allowedFor: readonly RoleAsked[]
  /** Each reason once, with the roles that hear it. */
  readonly refusedFor: readonly {
    readonly roles: readonly RoleAsked[]
    readonly code: string
    readonly message: string
  }[]
}

/** Where something stands, who must act, and what may be done. */
export interface Explanation extends Omit<Found, 'host'> {
  readonly asOf: string
  /** By axis: `{ working: 'approved', live: 'public' }`. */
  readonly standing: object
  readonly mustAct: readonly MustAct[]
  readonly deadlines: readonly PendingDeadline[]
  readonly commands: readonly ExplainedCommand[]
}

/**
 * Where a listing, a publisher or a lead stands at an instant, after what has fallen due by then; who must act next; and which
 * commands are possible for whom, with the reason for every one that is not.
 * @throws AuditError `not-found`
 */
export async function explain(
  audited: Audited,
  id: string,
  now: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<Explanation> {
  const { host, ...found } = await findStream(audited, id)
  const options = { until: now, ...(signal && { signal }) }
  const at = await stateOf(audited, host.aggregate, found.stream, options)
  if (!at) throw new AuditError('not-found', `The ${found.is} ${found.id} had not begun at ${now}.`)
  const leansOn = await Promise.all(
    host.leansOn(at.state, undefined).map((stream) => otherStream(audited, stream, options)),
  )
  const team = teamOf([at.state, ...leansOn.map(({ state }) => state)])
  const factsFor = (asker: Asker): Facts => host.facts({ now, asker, made: { id: found.id, token: '' } }, leansOn)
  const answers = rolesAsked.map(
    (role) => [role, nextActions(host.aggregate, at.state, factsFor(askerAs(role, team)))] as const,
  )
  const state = settle(host.aggregate, at.state, factsFor(askerAs('operator', team)))
  return {
    ...found,
    asOf: now,
    standing: found.is === 'listing' ? (standingOf(state as Listing) ?? { working: 'deleted' }) : statusOf(state),
    mustAct: mustAct(found.is, state, audited.rules),
    deadlines: pendingDeadlines(found.is, state, audited.rules),
    commands: Object.keys(host.aggregate.rows).map((command) => explained(command, answers)),
  }
}

type Answers = readonly (readonly [RoleAsked, readonly NextAction[]])[]

function explained(command: string, answers: Answers): ExplainedCommand {
  const told = answers.map(
    ([role, actions]) => [role, actions.find((one) => one.command === command)?.refused] as const,
  )
  return {
    command,
    rightOf: told.flatMap(([role, refused]) => (refused && notTheirs.includes(refused.code) ? [] : [role])),
    allowedFor: told.flatMap(([role, refused]) => (refused ? [] : [role])),
    refusedFor: byReason(told),
  }
}

/** The codes by which somebody hears that a command is never for who they are. */
const notTheirs: readonly string[] = ['role-may-not', 'not-for-staff', 'unknown-lead']

/** Somebody on the team who has the role, where there is one: what is possible may depend on who asks. */
function askerAs(role: RoleAsked, team: Publisher['members']): Asker {
  if (role === 'reviewer' || role === 'operator') return { id: role, name: 'who asks', staff: role }
  const [id = role] = Object.keys(team).filter((actorId) => team[actorId]?.role === role)
  return { id, name: 'who asks', member: role }
}

/** The team that something belongs to: its own, or that of the publisher that it leans on. */
function teamOf(states: readonly object[]): Publisher['members'] {
  const publisher = states.find((state): state is Publisher => 'members' in state)
  return publisher?.members ?? {}
}

/** What a decision leans on, as it stood. */
async function otherStream(audited: Audited, stream: string, options: object): Promise<StreamState> {
  const kind = streamKinds.find(({ prefix }) => stream.startsWith(prefix))
  if (!kind) throw new AuditError('not-found', `Nothing here knows how to fold ${stream}.`)
  const found = await stateOf(audited, kind, stream, options)
  return { stream, state: found?.state ?? kind.decider.initial(), version: found?.last.version ?? 'none' }
}

function statusOf(state: object): object {
  return 'status' in state ? { status: state.status } : {}
}

function byReason(told: readonly (readonly [RoleAsked, Refusal | undefined])[]): ExplainedCommand['refusedFor'] {
  const refused = told.flatMap(([role, refusal]) => (refusal ? [{ role, ...refusal }] : []))
  return [...Map.groupBy(refused, ({ code, message }) => `${code} ${message}`).values()].map((same) => {
    const { code, message } = same[0]!
    return { roles: same.map(({ role }) => role), code, message }
  })
}
