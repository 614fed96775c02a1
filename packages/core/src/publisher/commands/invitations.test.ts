import { defineMarketplace, publisherEvents, readingOf } from '@vitrine/core'
import { approvedPublisher, event, nothing, people, refused, scenario } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'

const { dataOf } = readingOf(publisherEvents)
const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const { ada, luc, sam, vic, rita, olaf, zoe } = people
const yan = { id: 'u-yan', name: 'Yan Lee' }
const invite = { type: 'InviteMember', email: 'zoe@home.example', role: 'lister', locale: 'fr' }
const accept = { type: 'AcceptInvitation' }
const revoke = { type: 'RevokeInvitation' }
const invited = [approvedPublisher(), { by: ada, ask: invite }]
const joined = [invited, { by: zoe, ask: accept }]
const unknownId = '0190a000-0000-7000-8000-00000000dead'
const until = '2026-01-19T09:00:00.000Z'

describe('inviting somebody to the team', () => {
  it('InviteMember holds the address sealed for the invitation alone, with a role and a language', async () => {
    const { events } = await scenario(rules, {
      given: approvedPublisher(),
      when: invite,
      by: ada,
      expect: [event('MemberInvited', { role: 'lister', locale: 'fr', until }, ada.id)],
    })
    const { invitationId, email, secret } = dataOf(events, 'MemberInvited')
    for (const sealed of [email, secret]) expect(sealed).toMatchObject({ subject: `invitation-${invitationId}` })
    expect(JSON.stringify(events)).not.toContain('zoe@')
  })

  it('the days in which it may be accepted belong to the rules, and stand in the event', () =>
    scenario(defineMarketplace({ baseUrl: 'https://market.example', invitationDays: 3 }), {
      given: approvedPublisher(),
      when: invite,
      by: ada,
      expect: [event('MemberInvited', { until: '2026-01-08T09:00:00.000Z' })],
    }))

  it('is in English when nothing else is said', () =>
    scenario(rules, {
      given: approvedPublisher(),
      when: { type: 'InviteMember', email: 'zoe@home.example', role: 'viewer' },
      by: ada,
      expect: [event('MemberInvited', { locale: 'en' })],
    }))

  it('T33 inviting twice invites twice: an invitation is an entry', async () => {
    const { publisher } = await scenario(rules, {
      given: invited,
      when: invite,
      by: ada,
      expect: [event('MemberInvited')],
    })
    expect(Object.keys(publisher.invitations)).toHaveLength(2)
  })

  it('needs an address that can be written to, a role and a language that exist', async () => {
    const wrong = [{ email: 'zoe at home' }, { email: '' }, { role: 'owner' }, { locale: 'de' }]
    for (const field of wrong) {
      const path = Object.keys(field)[0]!
      const { answer } = await scenario(rules, {
        given: approvedPublisher(),
        when: { ...invite, ...field },
        by: ada,
        expect: [refused('invalid-command')],
      })
      expect(answer).toMatchObject({ refused: { problems: [{ path }] } })
    }
  })

  it('is for administrators', async () => {
    for (const by of [luc, sam, vic])
      await scenario(rules, { given: approvedPublisher(), when: invite, by, expect: [refused('role-may-not')] })
    for (const by of [rita, olaf])
      await scenario(rules, { given: approvedPublisher(), when: invite, by, expect: [refused('not-for-staff')] })
    await scenario(rules, { given: approvedPublisher(), when: invite, by: zoe, expect: [refused('unknown-publisher')] })
  })

  it('the state says who invited whom, as what and until when', async () => {
    const { publisher } = await scenario(rules, { given: invited, when: [], expect: [] })
    expect(Object.values(publisher.invitations)).toEqual([
      {
        email: expect.objectContaining({ mark: expect.any(String) }),
        role: 'lister',
        locale: 'fr',
        until,
        invitedBy: ada,
      },
    ])
  })
})

describe('an open invitation', () => {
  it('AcceptInvitation makes who holds the secret a member, in the role and language of the invitation', async () => {
    const { events, publisher } = await scenario(rules, {
      given: invited,
      when: accept,
      by: zoe,
      expect: [event('MemberJoined', { actorId: zoe.id, name: zoe.name, role: 'lister', locale: 'fr' }, zoe.id)],
    })
    const { invitationId } = dataOf(events, 'MemberJoined')
    expect(publisher.members[zoe.id]).toEqual({
      name: zoe.name,
      role: 'lister',
      invitationId,
      email: expect.objectContaining({ subject: `invitation-${invitationId}` }),
      locale: 'fr',
    })
    expect(publisher.invitations).toEqual({})
  })

  it('is accepted in the last millisecond of the fourteenth day', () =>
    scenario(rules, {
      given: invited,
      after: { days: 14 },
      when: accept,
      by: zoe,
      expect: [event('MemberJoined')],
    }))

  it('one millisecond later it is refused, with the instant until which it was open', () =>
    scenario(rules, {
      given: invited,
      after: { days: 14, milliseconds: 1 },
      when: accept,
      by: zoe,
      expect: [refused('invitation-expired', { until })],
    }))

  it('T34 a wrong secret, an unknown invitation, one of another publisher and an unknown publisher: one answer', async () => {
    const other = '0190a000-0000-7000-8000-0000000000bb'
    const elsewhere = [
      { by: yan, ask: { type: 'Register', publisherId: other, name: 'Other' } },
      { by: yan, ask: { ...invite, publisherId: other } },
    ]
    const answers = await Promise.all(
      [
        { given: invited, when: { ...accept, secret: 'a wrong one' } },
        { given: invited, after: { days: 15 }, when: { ...accept, secret: 'a wrong one' } },
        { given: invited, when: { ...accept, invitationId: unknownId } },
        { given: approvedPublisher(), when: accept },
        { given: [invited, elsewhere], when: accept },
        { given: invited, when: { ...accept, publisherId: unknownId } },
        { when: accept },
      ].map((asked) => scenario(rules, { ...asked, by: zoe, expect: [refused('unknown-invitation')] })),
    )
    for (const { answer } of answers) expect(answer).toEqual(answers[0]?.answer)
  })

  it('T34 is nothing to visitors, and not for staff', async () => {
    await scenario(rules, { given: invited, when: accept, by: 'visitor', expect: [refused('unknown-invitation')] })
    for (const by of [rita, olaf])
      await scenario(rules, { given: invited, when: accept, by, expect: [refused('not-for-staff')] })
  })

  it('who is on the team already cannot accept it', () =>
    scenario(rules, { given: invited, when: accept, by: luc, expect: [refused('member-already')] }))
})

describe('an invitation that was accepted', () => {
  it('T33 accepting it again writes nothing', () =>
    scenario(rules, { given: joined, after: { days: 30 }, when: accept, by: zoe, expect: [nothing] }))

  it('T33 with another secret, or another invitation, it is not the one that they joined by', async () => {
    const wrong = { ...accept, secret: 'a wrong one' }
    await scenario(rules, { given: joined, when: wrong, by: zoe, expect: [refused('member-already')] })
    const again = [joined, { by: ada, ask: invite }]
    await scenario(rules, { given: again, when: accept, by: zoe, expect: [refused('member-already')] })
  })

  it('is used once: to everybody else it is an unknown one', () =>
    scenario(rules, { given: joined, when: accept, by: yan, expect: [refused('unknown-invitation')] }))

  it('cannot be revoked: who joined by it is removed instead', async () => {
    const twoInvited = [invited, { by: ada, ask: invite }, { by: zoe, ask: accept }]
    const { publisher } = await scenario(rules, {
      given: twoInvited,
      when: revoke,
      by: ada,
      expect: [refused('invitation-used')],
    })
    expect(Object.values(publisher.endedInvitations)).toEqual(['used'])
    expect(Object.keys(publisher.invitations)).toHaveLength(1)
  })

  it('who left does not come back by it', async () => {
    const gone = [joined, { by: zoe, ask: { type: 'RemoveMember', actorId: zoe.id } }]
    const { publisher } = await scenario(rules, {
      given: gone,
      when: accept,
      by: zoe,
      expect: [refused('unknown-invitation')],
    })
    expect(publisher.members).not.toHaveProperty(zoe.id)
    expect(publisher.secrets).toEqual({})
  })
})

describe('a member who leaves or is removed', () => {
  it('takes the address with them at which they were invited: the event names whose data end', async () => {
    for (const by of [ada, zoe]) {
      const { events } = await scenario(rules, {
        given: joined,
        when: { type: 'RemoveMember', actorId: zoe.id },
        by,
        expect: [event('MemberRemoved', { actorId: zoe.id })],
      })
      expect(events[0]!.data).toEqual({ actorId: zoe.id, invitationId: expect.any(String) })
    }
  })

  it('names no invitation when they joined by none', async () => {
    const { events } = await scenario(rules, {
      given: joined,
      when: { type: 'RemoveMember', actorId: luc.id },
      by: ada,
      expect: [event('MemberRemoved')],
    })
    expect(events[0]!.data).toEqual({ actorId: luc.id })
  })

  it('T33 AddMember of who joined by an invitation writes nothing when they are on the team as that', async () => {
    const add = { type: 'AddMember', actorId: zoe.id, name: zoe.name, role: 'lister' }
    await scenario(rules, { given: joined, when: add, by: ada, expect: [nothing] })
    await scenario(rules, {
      given: joined,
      when: { ...add, role: 'viewer' },
      by: ada,
      expect: [refused('member-already')],
    })
  })
})

describe('revoking an invitation', () => {
  it('RevokeInvitation ends it, also when its time is over', async () => {
    for (const after of [{ days: 0 }, { days: 20 }]) {
      const { publisher } = await scenario(rules, {
        given: invited,
        after,
        when: revoke,
        by: ada,
        expect: [event('InvitationRevoked')],
      })
      expect([publisher.invitations, publisher.secrets]).toEqual([{}, {}])
      expect(Object.values(publisher.endedInvitations)).toEqual(['revoked'])
    }
  })

  it('T33 revoking what is revoked writes nothing', () =>
    scenario(rules, { given: [invited, { by: ada, ask: revoke }], when: revoke, by: ada, expect: [nothing] }))

  it('it is unknown to its invitee from then on', () =>
    scenario(rules, {
      given: [invited, { by: ada, ask: revoke }],
      when: accept,
      by: zoe,
      expect: [refused('unknown-invitation')],
    }))

  it('is refused for an unknown one, and when none is open', async () => {
    const unknown = { ...revoke, invitationId: unknownId }
    await scenario(rules, { given: invited, when: unknown, by: ada, expect: [refused('unknown-invitation')] })
    await scenario(rules, { given: joined, when: revoke, by: ada, expect: [refused('no-invitation')] })
  })

  it('is for administrators', async () => {
    for (const by of [luc, sam, vic])
      await scenario(rules, { given: invited, when: revoke, by, expect: [refused('role-may-not')] })
    await scenario(rules, { given: invited, when: revoke, by: olaf, expect: [refused('not-for-staff')] })
    await scenario(rules, { given: invited, when: revoke, by: zoe, expect: [refused('unknown-publisher')] })
  })
})
