import { type AnyCommand, defineMarketplace, isRefused, publisherAggregate, type StoredEvent } from '@vitrine/core'
import { answerOf, ask, type By, begin, people, publisherId, secretOf, type World, wait } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'
import { noPublisher } from './state.js'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const { ada, luc, sam, olaf, zoe } = people
const team = begin(rules, 'publisher')
const alone = of(begin(rules, 'nothing'), ada, 'Register', { name: 'Marsh Software' })
const invited = of(team, ada, 'InviteMember', { email: 'zoe@home.example', role: 'sales' })
const [invitationId = ''] = Object.keys(invited.publisher.invitations)
const { until = '' } = invited.publisher.invitations[invitationId] ?? {}
const invitation = { invitationId, secret: secretOf(invitationId) }
const alsoInvited = of(invited, ada, 'InviteMember', { email: 'yan@home.example', role: 'viewer' })
const joined = of(alsoInvited, zoe, 'AcceptInvitation', invitation)

function of(world: World, by: By, type: string, payload: object = {}): World {
  return ask(world, by, { type, publisherId, ...payload })
}

function refusalOf(world: World): object {
  const answer = answerOf(world)
  if (!isRefused(answer)) throw new Error('Nothing was refused.')
  return answer.refused
}

describe('a refusal of a publisher', () => {
  it.each([
    [
      'member-already',
      of(team, ada, 'AddMember', { actorId: sam.id, name: 'Sam', role: 'viewer' }),
      'Sam Ortiz is on the team already, as sales.',
      {},
    ],
    ['unknown-member', of(team, ada, 'RemoveMember', { actorId: zoe.id }), 'Nobody with this id is on the team.', {}],
    [
      'unknown-member',
      of(team, ada, 'ChangeRole', { actorId: zoe.id, role: 'sales' }),
      'Nobody with this id is on the team.',
      {},
    ],
    [
      'last-administrator',
      of(team, ada, 'RemoveMember', { actorId: ada.id }),
      'The last administrator can neither leave nor step down. Make somebody else one first.',
      {},
    ],
    [
      'role-may-not',
      of(team, luc, 'RemoveMember', { actorId: sam.id }),
      'Only administrators remove others from the team; everybody may leave.',
      {},
    ],
    ['no-invitation', of(alone, ada, 'RevokeInvitation', { invitationId }), 'No invitation is open.', {}],
    [
      'invitation-expired',
      of({ ...invited, now: wait({ ...invited, now: until }, 1).now }, zoe, 'AcceptInvitation', invitation),
      `The invitation was open until ${until}.`,
      { until },
    ],
    [
      'invitation-used',
      of(joined, ada, 'RevokeInvitation', { invitationId }),
      'Somebody joined by this invitation. Remove them from the team instead.',
      {},
    ],
    [
      'no-endpoint',
      of(team, ada, 'EnableEndpoint', { endpointId: invitationId }),
      'The publisher has no endpoint.',
      {},
    ],
    [
      'publisher-suspended',
      create(of(team, olaf, 'SuspendPublisher', { reason: 'Unpaid fees' })),
      'The publisher is suspended by the marketplace.',
      {},
    ],
    ['publisher-not-approved', create(alone), 'The marketplace has not approved the publisher.', {}],
  ])('%s says why', (code, world, message, facts) => {
    expect(refusalOf(world)).toMatchObject({ code, message, ...facts })
  })

  it('an invitation is open until its instant, that one included', () => {
    expect(answerOf(of({ ...invited, now: until }, zoe, 'AcceptInvitation', invitation))).toMatchObject([
      { type: 'MemberJoined' },
    ])
  })
})

describe('a history that the rows cannot have decided', () => {
  it.each([
    ['RoleChanged', { actorId: 'u-nobody', role: 'sales' }, 'u-nobody is no member here'],
    ['InvitationRevoked', { invitationId: 'i-1' }, 'there is no open invitation i-1'],
    ['EndpointEnabled', { endpointId: 'e-1' }, 'there is no endpoint e-1'],
  ])('%s names what is not there', (type, data, why) => {
    const event = { type, data: data as object, stream: '', metadata: {} } as StoredEvent
    const message = `The history of publisher ${publisherId} does not fit: ${why}.`
    const fault = { code: 'impossible-history', message, stream: `publisher-${publisherId}` }
    expect(() => publisherAggregate.decider.evolve(structuredClone(team.publisher), event)).toThrow(
      expect.objectContaining(fault),
    )
  })
})

describe('time', () => {
  it('decides nothing on a publisher', () => {
    expect(publisherAggregate.overdue(team.publisher, '2030-01-01T00:00:00.000Z')).toEqual([])
  })
})

describe('a publisher before its first event', () => {
  it('has no name, no rights and nobody', () => {
    expect(noPublisher()).toEqual({
      id: '',
      status: 'none',
      profile: { name: '' },
      rights: { autoPublish: false, autoApproval: false },
      members: {},
      invitations: {},
      endedInvitations: {},
      endpoints: {},
      secrets: {},
    })
  })
})

describe('what a publisher holds', () => {
  it('is personal in the team, the invitations, the address and the endpoints', () => {
    expect(publisherAggregate.personal?.fields).toEqual(['members', 'invitations', 'notificationAddress', 'endpoints'])
  })

  it('T30 is hidden where it is a secret', () => {
    expect(publisherAggregate.hidden).toEqual(['secrets'])
  })

  it('has no blanks around it', () => {
    const { Register, AddEndpoint } = publisherAggregate.rows
    expect(Register!.command.parse({ type: 'Register', publisherId, name: ' Marsh ' })).toMatchObject({ name: 'Marsh' })
    const url = ' https://hooks.marsh.example '
    expect(AddEndpoint!.command.parse({ type: 'AddEndpoint', publisherId, url })).toMatchObject({ url: url.trim() })
  })

  it.each<[AnyCommand, string]>([
    [
      { type: 'AddEndpoint', publisherId, url: 'http://hooks.marsh.example' },
      'an https URL is expected, without a name and password in it; http for localhost alone',
    ],
    ...['system', 'visitor', 'marketplace', 'publisher', '__proto__'].map((actorId): [AnyCommand, string] => [
      { type: 'AddMember', publisherId, actorId, name: 'Sam', role: 'viewer' },
      'the id is one under which no person can act',
    ]),
  ])('says what is expected in the place of what cannot be held: %j', (command, message) => {
    const { error } = publisherAggregate.rows[command.type]!.command.safeParse(command)
    expect(error?.issues).toMatchObject([{ message }])
  })
})

function create(world: World): World {
  const listingId = '0190a000-0000-7000-8000-000000000077'
  return ask(world, ada, { type: 'Create', listingId, publisherId, kind: 'app', name: 'Ledgerline' })
}
