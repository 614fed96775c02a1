import { describe, expect, it } from 'vitest'
import { member, outsider, run, staff } from '../../test/run-view.js'
import { ada, logOf, minute, streamOf } from '../../test/stored-event.js'
import type { Sealed } from '../personal.js'
import type { Viewer } from '../viewer.js'
import { team, teamKey } from './team.js'

const one = streamOf('publisher-p-1')
const two = streamOf('publisher-p-2')
const zoe = { id: 'u-zoe', name: 'Zoe Stranger', role: 'person' }
const email: Sealed<string> = { subject: 'invitation-i-1', box: 'b', mark: 'm' }
const secret: Sealed<string> = { subject: 'invitation-i-1', box: 'SECRET', mark: 'SECRET' }
const until = '2026-03-15T00:00:00.000Z'
const begun = [
  one('Registered', { name: 'Marsh Software' }),
  one('MemberJoined', { actorId: 'u-ada', name: 'Ada Marsh', role: 'administrator' }),
]
const invited = one(
  'MemberInvited',
  { invitationId: 'i-1', email, role: 'lister', locale: 'fr', until, secretHash: 'SECRET', secret },
  ada,
)
const joined = one(
  'MemberJoined',
  { actorId: 'u-zoe', name: 'Zoe Stranger', role: 'lister', invitationId: 'i-1', locale: 'fr' },
  zoe,
)

describe('the team of a publisher', () => {
  it('has its members, with their roles, and since when', () => {
    expect(run(team, logOf(...begun)).get(teamKey('p-1', 'u-ada'), member)).toEqual({
      publisherId: 'p-1',
      status: 'member',
      actorId: 'u-ada',
      name: 'Ada Marsh',
      role: 'administrator',
      since: minute(2),
      invitationId: null,
      invitedBy: null,
      email: null,
      locale: null,
      until: null,
    })
  })

  it('has whom it invited: as what, by whom, until when; the address is personal, and nothing lets anybody in', () => {
    const ran = run(team, logOf(...begun, invited))
    expect(ran.get('i-1', member)).toEqual({
      publisherId: 'p-1',
      status: 'invited',
      actorId: null,
      name: null,
      role: 'lister',
      since: minute(3),
      invitationId: 'i-1',
      invitedBy: { id: ada.id, name: ada.name },
      email,
      locale: 'fr',
      until,
    })
    expect(JSON.stringify([...ran.documents])).not.toContain('SECRET')
  })

  it('opens addresses for administrators alone', () => {
    const who = (role?: Viewer['role']): Viewer => ({ ...member, ...(role && { role }) })
    expect(team.personal?.fields).toEqual(['email'])
    expect(team.personal?.opens(who('administrator'))).toBe(true)
    for (const viewer of [who('lister'), who('sales'), who('viewer'), who(), staff, outsider])
      expect(team.personal?.opens(viewer)).toBe(false)
  })

  it('who joins touches their own entry, and that of the invitation if there was one', () => {
    const [, alone, , invitee] = logOf(...begun, invited, joined)
    expect(team.on.MemberJoined(alone as never)).toEqual([teamKey('p-1', 'u-ada')])
    expect(team.on.MemberJoined(invitee as never)).toEqual([teamKey('p-1', 'u-zoe'), 'i-1'])
  })

  it('an invitation that is accepted becomes a member, who keeps its address and who invited them', () => {
    const ran = run(team, logOf(...begun, invited, joined))
    expect(ran.get('i-1')).toBeUndefined()
    expect(ran.get(teamKey('p-1', 'u-zoe'))).toEqual({
      publisherId: 'p-1',
      status: 'member',
      actorId: 'u-zoe',
      name: 'Zoe Stranger',
      role: 'lister',
      since: minute(4),
      invitationId: 'i-1',
      invitedBy: { id: ada.id, name: ada.name },
      email,
      locale: 'fr',
      until: null,
    })
  })

  it('an invitation that is revoked is gone, and a member who is removed', () => {
    expect(run(team, logOf(...begun, invited, one('InvitationRevoked', { invitationId: 'i-1' }))).documents.size).toBe(
      1,
    )
    const removed = one('MemberRemoved', { actorId: 'u-zoe', invitationId: 'i-1' })
    expect(run(team, logOf(...begun, invited, joined, removed)).documents.size).toBe(1)
  })

  it('a role changes with one publisher alone', () => {
    const both = two('MemberJoined', { actorId: 'u-ada', name: 'Ada Marsh', role: 'sales' })
    const ran = run(team, logOf(...begun, both, one('RoleChanged', { actorId: 'u-ada', role: 'viewer' })))
    expect(ran.get(teamKey('p-1', 'u-ada'))?.role).toBe('viewer')
    expect(ran.get(teamKey('p-2', 'u-ada'))?.role).toBe('sales')
  })

  it('is listed by publisher, with whom it invited first, and by role', () => {
    const ran = run(team, logOf(...begun, invited))
    expect(ran.index('publisherId', 'status', 'name').toSorted()).toEqual([
      'p-1 invited  i-1',
      'p-1 member Ada Marsh p-1|u-ada',
    ])
    expect(ran.index('publisherId', 'role', 'name')).toContain('p-1 administrator Ada Marsh p-1|u-ada')
  })

  it('T34 is for the publisher and for staff', () => {
    const ran = run(team, logOf(...begun))
    expect(ran.get(teamKey('p-1', 'u-ada'), staff)).toBeDefined()
    expect(ran.get(teamKey('p-1', 'u-ada'), outsider)).toBeUndefined()
  })
})
