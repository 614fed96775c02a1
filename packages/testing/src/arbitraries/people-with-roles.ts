import { type MemberRole, memberRoles, type Person, type StaffRole } from '@vitrine/core'
import * as fc from 'fast-check'
import { people } from '../people.js'

/** What somebody is to a publisher: on its team, of the marketplace's staff, known and nothing of both, or not known. */
export type RoleOfSomebody = MemberRole | StaffRole | 'person' | 'visitor'

/** Somebody on a team. */
export interface TeamMember extends Person {
  readonly role: MemberRole
}

/** A publisher with its team. The first member registers it, and is an administrator. */
export interface PublisherTeam {
  readonly publisherId: string
  readonly name: string
  readonly members: readonly TeamMember[]
}

/** Somebody with the role in which they act on things of a publisher, and that publisher with its team. */
export interface PersonWithRole {
  readonly team: PublisherTeam
  readonly role: RoleOfSomebody
  /** For `execute(command, { by })`. */
  readonly by: Person | 'visitor'
}

/** A command by whom it is to be asked. */
export interface TeamStep {
  readonly by: Person
  readonly command: { readonly type: string; readonly publisherId: string; readonly [field: string]: unknown }
}

/** Publishers with teams of one to six, of every role. They shrink to one administrator with a short name. */
export function teams(): fc.Arbitrary<PublisherTeam> {
  const others = fc.uniqueArray(fc.record({ id: memberIds, name: names, role: fc.constantFrom(...memberRoles) }), {
    selector: ({ id }) => id,
    maxLength: 5,
  })
  const first = fc.record({ id: fc.constant('u-first'), name: names, role: fc.constant(memberRoles[0]) })
  return fc
    .tuple(fc.uuid({ version: 7 }), names, first, others)
    .map(([publisherId, name, head, rest]) => ({ publisherId, name, members: [head, ...rest] }))
}

/**
 * People with roles, each with a publisher and its team: its members, the marketplace's staff as `staffOf` knows it,
 * somebody who is neither, and visitors. They shrink to the only member of a team. The system is among `anybody()`.
 */
export function peopleWithRoles(): fc.Arbitrary<PersonWithRole> {
  return teams().chain((team) => {
    const members = fc.constantFrom(...team.members).map(({ id, name, role }) => ({ team, role, by: { id, name } }))
    const { rita, olaf } = people
    const others = fc.constantFrom<Omit<PersonWithRole, 'team'>>(
      { role: 'person', by: { id: 'u-nobody', name: 'Nobody Known' } },
      { role: 'visitor', by: 'visitor' },
      { role: 'reviewer', by: rita },
      { role: 'operator', by: olaf },
    )
    const outside = others.map(({ role, by }) => ({ team, role: roleIn(team, by) ?? role, by }))
    return fc.oneof({ weight: 3, arbitrary: members }, { weight: 2, arbitrary: outside })
  })
}

/** The commands by which a team comes to be: it is registered, approved by staff, and its members are added. */
export function stepsToTeam({ publisherId, name, members }: PublisherTeam): readonly TeamStep[] {
  const [first, ...others] = members
  if (!first) throw new Error('A team has one member at least.')
  const by = { id: first.id, name: first.name }
  return [
    { by, command: { type: 'Register', publisherId, name } },
    { by: people.olaf, command: { type: 'ApprovePublisher', publisherId } },
    ...others.map((member) => ({ by, command: { type: 'AddMember', publisherId, ...memberOf(member) } })),
  ]
}

/** Staff may be on a team: there they act as members. */
function roleIn({ members }: PublisherTeam, by: Person | 'visitor'): MemberRole | undefined {
  return by === 'visitor' ? undefined : members.find(({ id }) => id === by.id)?.role
}

function memberOf({ id, name, role }: TeamMember): object {
  return { actorId: id, name, role }
}

const names = fc.stringMatching(/^[A-Z][a-zé]{1,8}( [A-Z][a-z]{1,8})?$/)

/** Now and then one of the staff. */
const memberIds = fc.oneof(
  { weight: 6, arbitrary: fc.nat(99).map((number) => `u-${number}`) },
  { weight: 1, arbitrary: fc.constantFrom(people.rita.id, people.olaf.id) },
)
