import { type Asker, roleOf, type StaffRole } from './actor.js'
import { type From, type Refused, refuse } from './refusal.js'
import type { Facts, Row, Who } from './row.js'

/** What the rows of one aggregate share. */
export interface Subject<State> {
  /** What it is called in a refusal: `listing`. */
  readonly noun: string
  /** The statuses of a state, by axis; `undefined` when nothing of that id exists. */
  standing(state: State): { readonly [axis: string]: string } | undefined
}

/** A command of any aggregate: the type names its row. */
export interface AnyCommand {
  readonly type: string
  readonly [field: string]: unknown
}

/** What is decided: a parsed command on a state, given the facts. */
export interface Question<State, F> {
  readonly command: AnyCommand
  readonly state: State
  readonly facts: F
}

/**
 * Decides by a row: who asks, whether the effect holds already, from where, what forbids it, what it does.
 * Pure. Gives the events, none when the effect already holds, or why not.
 */
export function decideBy<State, F extends Facts, Event>(
  subject: Subject<State>,
  row: Row<State, F, AnyCommand, Event>,
  { command, state, facts }: Question<State, F>,
): readonly Event[] | Refused {
  const stranger = forbidsAsker(subject, row, facts.asker) ?? forbidsExistence(subject, row, state)
  if (stranger) return stranger
  if (row.already?.(command, state, facts)) return []
  return forbidsStatus(subject, row, state, facts) ?? row.may?.(state, facts) ?? row.does(command, state, facts)
}

/** The command as it is decided: read by what only the state can explain. A stranger's command is left as it is. */
export function prepareBy<State, F extends Facts, Event>(
  subject: Subject<State>,
  row: Row<State, F, AnyCommand, Event>,
  { command, state, facts }: Question<State, F>,
): AnyCommand | Refused {
  if (!row.prepare || forbidsAsker(subject, row, facts.asker) || forbidsExistence(subject, row, state)) return command
  return row.prepare(command, state, facts)
}

/** Why a row refuses whatever the payload, or `undefined` when some payload gets through. */
export function forbids<State, F extends Facts, Event>(
  subject: Subject<State>,
  row: Row<State, F, AnyCommand, Event>,
  state: State,
  facts: F,
): Refused | undefined {
  return (
    forbidsAsker(subject, row, facts.asker) ??
    forbidsExistence(subject, row, state) ??
    forbidsStatus(subject, row, state, facts) ??
    row.may?.(state, facts)
  )
}

/** The answer for an unknown id, and for one of another publisher: nobody learns which (T34). */
export function unknown(noun: string): Refused {
  return refuse(`unknown-${noun}`, `There is no ${noun} with this id.`)
}

/** The answer to who would begin what is there. */
export function idTaken(noun: string): Refused {
  return refuse('id-taken', `There is a ${noun} with this id already.`)
}

type AnyRow<State> = Pick<Row<State, never, never, never>, 'type' | 'who' | 'from' | 'begins' | 'strangersSee'>

function forbidsAsker<State>(subject: Subject<State>, row: AnyRow<State>, asker: Asker): Refused | undefined {
  const { who } = row
  if (asker.system)
    return who.system ? undefined : refuse('not-for-the-system', `${row.type} is not for the system to do.`)
  if (asker.visitor) return who.visitor ? undefined : unknown(row.strangersSee ?? subject.noun)
  if (asker.member) return forbidsMember(row, asker)
  if (asker.staff) return allowsStaff(who, asker.staff) ? undefined : refuse('not-for-staff', staffSentence(row, asker))
  return who.person ? undefined : unknown(row.strangersSee ?? subject.noun)
}

function forbidsMember<State>({ who, type }: AnyRow<State>, asker: Asker): Refused | undefined {
  if (who.members?.some((role) => role === asker.member)) return undefined
  if (asker.staff && allowsStaff(who, asker.staff)) {
    return refuse(
      'conflict-of-interest',
      `${type} is for staff who are not on the publisher's team; ${asker.name} is (T27).`,
    )
  }
  return refuse('role-may-not', `${type} is for ${namesOf(who)}; ${asker.name} is ${article(roleOf(asker))}.`)
}

function allowsStaff(who: Who, role: StaffRole): boolean {
  return who.staff !== undefined && (who.staff.includes(role) || role === 'operator')
}

function staffSentence<State>({ who, type }: AnyRow<State>, asker: Asker): string {
  return `${type} is for ${namesOf(who)}; ${asker.name} is ${article(roleOf(asker))}.`
}

function namesOf(who: Who): string {
  const names = [
    ...(who.members ? [`${who.members.map(plural).join(' and ')} of the publisher`] : []),
    ...(who.staff ?? []).map(plural),
    ...(who.person ? ['any person who is not staff'] : []),
    ...(who.visitor ? ['visitors'] : []),
    ...(who.system ? ['the system'] : []),
  ]
  return names.join(', ')
}

function plural(role: string): string {
  return role === 'sales' ? 'sales people' : `${role}s`
}

function article(role: string): string {
  return `${/^[aeio]/.test(role) ? 'an' : 'a'} ${role}`
}

function forbidsExistence<State>(subject: Subject<State>, row: AnyRow<State>, state: State): Refused | undefined {
  const exists = subject.standing(state) !== undefined
  if (row.begins) return exists ? idTaken(subject.noun) : undefined
  return exists ? undefined : unknown(row.strangersSee ?? subject.noun)
}

function forbidsStatus<State, F extends Facts, Event>(
  subject: Subject<State>,
  row: Row<State, F, AnyCommand, Event>,
  state: State,
  facts: F,
): Refused | undefined {
  const standing = subject.standing(state) ?? {}
  const { from = {} } = row
  const axis = Object.keys(from).find((one) => !from[one]!.some((status) => status === standing[one]))
  if (axis === undefined) return undefined
  return row.whyNot?.(state, facts) ?? notFromHere(row, standing, [axis, from[axis]!])
}

function notFromHere<State>(
  row: AnyRow<State>,
  standing: { readonly [axis: string]: string },
  [axis, allowed]: readonly [string, readonly string[]],
): Refused {
  const sentence = `${row.type} needs ${axisName(axis)} to be ${allowed.join(' or ')}; it is ${standing[axis]}.`
  return refuse('not-from-here', sentence, { allowedFrom: row.from satisfies From | undefined, standing })
}

function axisName(axis: string): string {
  return axis === 'status' ? 'the status' : `the ${axis} revision`
}
