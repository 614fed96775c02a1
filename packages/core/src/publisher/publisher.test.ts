import { defineMarketplace, publisherAggregate } from '@vitrine/core'
import { approvedPublisher, event, nothing, people, publisherId, refused, scenario } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const { ada, luc, sam, vic, rita, olaf, zoe } = people
const register = { type: 'Register', name: 'Marsh Software' }
const registered = [{ by: ada, ask: register }]
const reason = { reason: 'Unpaid fees' }

describe('registration', () => {
  it('Register is for any person who is not staff, and makes them the first administrator', async () => {
    const { publisher } = await scenario(rules, {
      when: { ...register, website: 'https://marsh.example' },
      by: ada,
      expect: [
        event('Registered', { name: 'Marsh Software', website: 'https://marsh.example' }),
        event('MemberJoined', { actorId: 'u-ada', role: 'administrator' }),
      ],
    })
    expect(publisher.status).toBe('pending')
    await scenario(rules, { when: register, by: rita, expect: [refused('not-for-staff')] })
    await scenario(rules, { when: register, by: 'visitor', expect: [refused('unknown-publisher')] })
  })

  it('an id that is in use begins nothing', () =>
    scenario(rules, { given: registered, when: register, by: zoe, expect: [refused('id-taken')] }))

  it('an operator approves or refuses it, and may approve what was refused', async () => {
    await scenario(rules, {
      given: registered,
      when: { type: 'ApprovePublisher' },
      by: olaf,
      expect: [event('PublisherApproved')],
    })
    await scenario(rules, {
      given: registered,
      when: [
        { by: olaf, ask: { type: 'RefusePublisher', ...reason } },
        { by: olaf, ask: { type: 'ApprovePublisher' } },
      ],
      expect: [event('PublisherRefused', reason), event('PublisherApproved')],
    })
  })

  it('ApprovePublisher is for the pending and the refused: who is suspended is reinstated', () =>
    scenario(rules, {
      given: [approvedPublisher(), { by: olaf, ask: { type: 'SuspendPublisher', ...reason } }],
      when: { type: 'ApprovePublisher' },
      by: olaf,
      expect: [refused('not-from-here')],
    }))

  it.each(['https://marsh.example', 'http://marsh.example'])('the website may be %s', async (website) => {
    await scenario(rules, {
      when: { ...register, website },
      by: ada,
      expect: [event('Registered', { website }), event('MemberJoined')],
    })
  })

  it.each(['ftp://marsh.example', 'httpx://marsh.example', 'xhttp://marsh.example', 'marsh'])(
    'the website cannot be %s',
    (website) => {
      const { success, error } = publisherAggregate.rows.Register!.command.safeParse({
        ...register,
        publisherId,
        website,
      })
      expect([success, error?.issues.map(({ path }) => path)]).toEqual([false, [['website']]])
    },
  )

  it('a reviewer does not administer publishers, nor does the publisher itself', async () => {
    await scenario(rules, {
      given: registered,
      when: { type: 'ApprovePublisher' },
      by: rita,
      expect: [refused('not-for-staff')],
    })
    await scenario(rules, {
      given: registered,
      when: { type: 'ApprovePublisher' },
      by: ada,
      expect: [refused('role-may-not')],
    })
  })

  it('RefusePublisher is refused once it is approved', () =>
    scenario(rules, {
      given: approvedPublisher(),
      when: { type: 'RefusePublisher', ...reason },
      by: olaf,
      expect: [refused('not-from-here')],
    }))

  it('T33 approving what is approved writes nothing', () =>
    scenario(rules, { given: approvedPublisher(), when: { type: 'ApprovePublisher' }, by: olaf, expect: [nothing] }))

  it('T34 an unknown publisher and a foreign one get the same answer', async () => {
    const profile = { type: 'UpdateProfile', name: 'Mine now' }
    const foreign = await scenario(rules, {
      given: registered,
      when: profile,
      by: zoe,
      expect: [refused('unknown-publisher')],
    })
    const unknown = await scenario(rules, { when: profile, by: zoe, expect: [refused('unknown-publisher')] })
    expect(foreign.answer).toEqual(unknown.answer)
  })
})

describe('standing', () => {
  it('SuspendPublisher and ReinstatePublisher', async () => {
    await scenario(rules, {
      given: approvedPublisher(),
      when: [
        { by: olaf, ask: { type: 'SuspendPublisher', ...reason } },
        { by: olaf, ask: { type: 'ReinstatePublisher' } },
      ],
      expect: [event('PublisherSuspended', reason), event('PublisherReinstated')],
    })
  })

  it('only what is approved can be suspended, only what is suspended reinstated', async () => {
    await scenario(rules, {
      given: registered,
      when: { type: 'SuspendPublisher', ...reason },
      by: olaf,
      expect: [refused('not-from-here')],
    })
    await scenario(rules, {
      given: registered,
      when: { type: 'ReinstatePublisher' },
      by: olaf,
      expect: [refused('not-from-here')],
    })
    await scenario(rules, {
      given: approvedPublisher(),
      when: { type: 'ReinstatePublisher' },
      by: olaf,
      expect: [nothing],
    })
  })

  it('T33 refusing or suspending for the same reason again writes nothing, for another one it is refused', async () => {
    for (const [given, type] of [
      [registered, 'RefusePublisher'],
      [approvedPublisher(), 'SuspendPublisher'],
    ] as const) {
      const once = [given, { by: olaf, ask: { type, ...reason } }]
      await scenario(rules, { given: once, when: { type, ...reason }, by: olaf, expect: [nothing] })
      const other = { type, reason: 'Something else' }
      await scenario(rules, { given: once, when: other, by: olaf, expect: [refused('not-from-here')] })
    }
    for (const [given, first, then] of [
      [approvedPublisher(), 'SuspendPublisher', 'RefusePublisher'],
      [registered, 'RefusePublisher', 'SuspendPublisher'],
    ] as const) {
      const once = [given, { by: olaf, ask: { type: first, ...reason } }]
      await scenario(rules, {
        given: once,
        when: { type: then, ...reason },
        by: olaf,
        expect: [refused('not-from-here')],
      })
    }
  })

  it('the reason goes with the standing that it explains', async () => {
    const { publisher } = await scenario(rules, {
      given: [approvedPublisher(), { by: olaf, ask: { type: 'SuspendPublisher', ...reason } }],
      when: { type: 'ReinstatePublisher' },
      by: olaf,
      expect: [event('PublisherReinstated')],
    })
    expect(publisher).not.toHaveProperty('reason')
  })

  it('T27 an operator on its team does not administer it', () =>
    scenario(rules, {
      given: [
        approvedPublisher(),
        { by: ada, ask: { type: 'AddMember', actorId: olaf.id, name: olaf.name, role: 'viewer' } },
      ],
      when: { type: 'SuspendPublisher', ...reason },
      by: olaf,
      expect: [refused('conflict-of-interest')],
    }))
})

describe('rights', () => {
  it('are granted and revoked, each apart from the other', async () => {
    const { publisher } = await scenario(rules, {
      given: approvedPublisher(),
      when: [
        { by: olaf, ask: { type: 'RevokeAutoPublish' } },
        { by: olaf, ask: { type: 'GrantAutoApproval' } },
      ],
      expect: [event('AutoPublishRevoked'), event('AutoApprovalGranted')],
    })
    expect(publisher.rights).toEqual({ autoPublish: false, autoApproval: true })
    await scenario(rules, {
      given: approvedPublisher(),
      when: [
        { by: olaf, ask: { type: 'GrantAutoApproval' } },
        { by: olaf, ask: { type: 'RevokeAutoApproval' } },
      ],
      expect: [event('AutoApprovalGranted'), event('AutoApprovalRevoked')],
    })
  })

  it('T33 granting what is granted, or revoking what is not, writes nothing', async () => {
    await scenario(rules, {
      given: approvedPublisher(),
      when: { type: 'GrantAutoPublish' },
      by: olaf,
      expect: [nothing],
    })
    const revoked = [approvedPublisher(), { by: olaf, ask: { type: 'RevokeAutoPublish' } }]
    const granted = [approvedPublisher(), { by: olaf, ask: { type: 'GrantAutoApproval' } }]
    for (const [given, type] of [
      [granted, 'GrantAutoApproval'],
      [approvedPublisher(), 'RevokeAutoApproval'],
      [revoked, 'RevokeAutoPublish'],
    ] as const) {
      await scenario(rules, { given, when: { type }, by: olaf, expect: [nothing] })
    }
  })

  it('are given by operators, to publishers that were approved', async () => {
    for (const type of ['GrantAutoPublish', 'RevokeAutoPublish', 'GrantAutoApproval', 'RevokeAutoApproval']) {
      await scenario(rules, { given: approvedPublisher(), when: { type }, by: ada, expect: [refused('role-may-not')] })
    }
    await scenario(rules, {
      given: registered,
      when: { type: 'GrantAutoPublish' },
      by: olaf,
      expect: [refused('not-from-here')],
    })
  })
})

describe('the team', () => {
  const add = { type: 'AddMember', actorId: 'u-new', name: 'Nina New', role: 'lister' }

  it('AddMember brings in somebody whom the service knows', () =>
    scenario(rules, {
      given: approvedPublisher(),
      when: add,
      by: ada,
      expect: [event('MemberJoined', { actorId: 'u-new', name: 'Nina New', role: 'lister' })],
    }))

  it('AddMember is for administrators', () =>
    scenario(rules, { given: approvedPublisher(), when: add, by: luc, expect: [refused('role-may-not')] }))

  it('T33 adding a member as they are writes nothing; otherwise they are on the team already', async () => {
    const luk = { ...add, actorId: luc.id, name: luc.name }
    await scenario(rules, { given: approvedPublisher(), when: luk, by: ada, expect: [nothing] })
    await scenario(rules, {
      given: approvedPublisher(),
      when: { ...luk, role: 'viewer' },
      by: ada,
      expect: [refused('member-already')],
    })
  })

  it('ChangeRole gives another role', async () => {
    await scenario(rules, {
      given: approvedPublisher(),
      when: { type: 'ChangeRole', actorId: luc.id, role: 'sales' },
      by: ada,
      expect: [event('RoleChanged', { role: 'sales' })],
    })
    await scenario(rules, {
      given: approvedPublisher(),
      when: { type: 'ChangeRole', actorId: luc.id, role: 'lister' },
      by: ada,
      expect: [nothing],
    })
    await scenario(rules, {
      given: approvedPublisher(),
      when: { type: 'ChangeRole', actorId: 'u-nobody', role: 'sales' },
      by: ada,
      expect: [refused('unknown-member')],
    })
    await scenario(rules, {
      given: approvedPublisher(),
      when: { type: 'ChangeRole', actorId: luc.id, role: 'sales' },
      by: luc,
      expect: [refused('role-may-not')],
    })
  })

  it('T34 nobody is a member by the name of what every object has', async () => {
    for (const actorId of ['constructor', 'toString']) {
      const given = approvedPublisher()
      for (const command of [{ type: 'ChangeRole', role: 'viewer' }, { type: 'RemoveMember' }]) {
        await scenario(rules, { given, when: { ...command, actorId }, by: ada, expect: [refused('unknown-member')] })
      }
      const { publisher } = await scenario(rules, {
        given: [given, { by: ada, ask: { type: 'AddMember', actorId, name: 'Proto Type', role: 'viewer' } }],
        when: { type: 'ChangeRole', actorId, role: 'lister' },
        by: ada,
        expect: [event('RoleChanged', { actorId, role: 'lister' })],
      })
      expect(Object.keys(publisher.members)).toContain(actorId)
      expect(Object).not.toHaveProperty('role')
    }
  })

  it('nobody is a member under an id that no object keeps as a key', async () => {
    const refusals = {
      AddMember: 'invalid-command',
      ChangeRole: 'unknown-member',
      RemoveMember: 'unknown-member',
    } as const
    for (const [type, code] of Object.entries(refusals)) {
      const payload = { AddMember: { name: 'Proto Type', role: 'viewer' }, ChangeRole: { role: 'viewer' } }[type]
      await scenario(rules, {
        given: approvedPublisher(),
        when: { type, actorId: '__proto__', ...payload },
        by: ada,
        expect: [refused(code)],
      })
    }
    expect({}).not.toHaveProperty('role')
  })

  it('RemoveMember is for administrators; everybody may leave', async () => {
    await scenario(rules, {
      given: approvedPublisher(),
      when: { type: 'RemoveMember', actorId: vic.id },
      by: ada,
      expect: [event('MemberRemoved', { actorId: 'u-vic' })],
    })
    await scenario(rules, {
      given: approvedPublisher(),
      when: { type: 'RemoveMember', actorId: vic.id },
      by: vic,
      expect: [event('MemberRemoved')],
    })
    await scenario(rules, {
      given: approvedPublisher(),
      when: { type: 'RemoveMember', actorId: vic.id },
      by: sam,
      expect: [refused('role-may-not')],
    })
    await scenario(rules, {
      given: approvedPublisher(),
      when: { type: 'RemoveMember', actorId: 'u-nobody' },
      by: ada,
      expect: [refused('unknown-member')],
    })
  })

  it('the last administrator can neither leave nor step down', async () => {
    await scenario(rules, {
      given: approvedPublisher(),
      when: { type: 'RemoveMember', actorId: ada.id },
      by: ada,
      expect: [refused('last-administrator')],
    })
    await scenario(rules, {
      given: approvedPublisher(),
      when: { type: 'ChangeRole', actorId: ada.id, role: 'viewer' },
      by: ada,
      expect: [refused('last-administrator')],
    })
    const two = [approvedPublisher(), { by: ada, ask: { type: 'ChangeRole', actorId: luc.id, role: 'administrator' } }]
    await scenario(rules, {
      given: two,
      when: { type: 'RemoveMember', actorId: ada.id },
      by: ada,
      expect: [event('MemberRemoved')],
    })
  })

  it('who is alone on the team removes nobody and changes no role: there is only the last administrator', async () => {
    for (const command of [{ type: 'RemoveMember' }, { type: 'ChangeRole', role: 'viewer' }]) {
      await scenario(rules, {
        given: registered,
        when: { ...command, actorId: 'u-nobody' },
        by: ada,
        expect: [refused('last-administrator')],
      })
    }
  })

  it('a removed member may no longer ask, and their name stays in history', async () => {
    const gone = [approvedPublisher(), { by: ada, ask: { type: 'RemoveMember', actorId: luc.id } }]
    await scenario(rules, {
      given: gone,
      when: { type: 'Create', kind: 'app', name: 'Ledgerline' },
      by: luc,
      expect: [refused('unknown-publisher')],
    })
    const { publisher } = await scenario(rules, { given: gone, when: [], expect: [] })
    expect(publisher.members).not.toHaveProperty('u-luc')
  })

  it('UpdateProfile is for administrators', async () => {
    const update = { type: 'UpdateProfile', name: 'Marsh and Daughters' }
    const { publisher } = await scenario(rules, {
      given: approvedPublisher(),
      when: update,
      by: ada,
      expect: [event('ProfileUpdated', { name: 'Marsh and Daughters' })],
    })
    expect(publisher.profile).toEqual({ name: 'Marsh and Daughters' })
    await scenario(rules, {
      given: approvedPublisher(),
      when: { ...update, name: 'Marsh Software' },
      by: ada,
      expect: [nothing],
    })
    await scenario(rules, {
      given: approvedPublisher(),
      when: { ...update, name: 'Marsh Software', website: 'https://marsh.example' },
      by: ada,
      expect: [event('ProfileUpdated', { website: 'https://marsh.example' })],
    })
    await scenario(rules, { given: approvedPublisher(), when: update, by: luc, expect: [refused('role-may-not')] })
  })
})
