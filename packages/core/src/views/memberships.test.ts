import { describe, expect, it } from 'vitest'
import { member, run, staff } from '../../test/run-view.js'
import { logOf, streamOf } from '../../test/stored-event.js'
import { memberships } from './memberships.js'

const one = streamOf('publisher-p-1')
const two = streamOf('publisher-p-2')
const joined = [
  one('Registered', { name: 'Marsh Software' }),
  one('MemberJoined', { actorId: 'u-ada', name: 'Ada Marsh', role: 'administrator' }),
  one('MemberJoined', { actorId: 'u-luc', name: 'Luc Moreau', role: 'viewer' }),
  two('MemberJoined', { actorId: 'u-ada', name: 'Ada Marsh', role: 'sales' }),
]

describe('memberships', () => {
  it('a person has a role with each publisher', () => {
    expect(run(memberships, logOf(...joined)).get('u-ada', staff)).toEqual({
      actorId: 'u-ada',
      name: 'Ada Marsh',
      publisherIds: ['p-1', 'p-2'],
      roles: { 'p-1': 'administrator', 'p-2': 'sales' },
    })
  })

  it('a publisher has a team, by name', () => {
    const ran = run(memberships, logOf(...joined))
    expect(ran.index('publisherIds', 'name')).toEqual([
      'p-1 Ada Marsh u-ada',
      'p-2 Ada Marsh u-ada',
      'p-1 Luc Moreau u-luc',
    ])
  })

  it('roles change, and end when a member is removed', () => {
    const ran = run(
      memberships,
      logOf(
        ...joined,
        one('RoleChanged', { actorId: 'u-luc', role: 'lister' }),
        one('MemberRemoved', { actorId: 'u-ada' }),
      ),
    )
    expect(ran.get('u-luc')).toMatchObject({ roles: { 'p-1': 'lister' } })
    expect(ran.get('u-ada')).toMatchObject({ publisherIds: ['p-2'], roles: { 'p-2': 'sales' } })
  })

  it('nothing is left of who is on no team', () => {
    const ran = run(memberships, logOf(...joined, one('MemberRemoved', { actorId: 'u-luc' })))
    expect(ran.documents.has('u-luc')).toBe(false)
  })

  it('T34 it is for the operator alone', () => {
    expect(run(memberships, logOf(...joined)).get('u-ada', member)).toBeUndefined()
  })
})
