import { describe, expect, it } from 'vitest'
import type { EventDefinition } from '../event-definition.js'
import { publisherEvents } from './events.js'

const definitions: { readonly [type: string]: EventDefinition } = publisherEvents
const erasedBy = (type: string, data: object) =>
  definitions[type]?.erases?.({ stream: 'publisher-p-1', data: { ...data } }) ?? []

describe('whose personal data end with an event of a publisher', () => {
  it('B21 a revoked invitation: the address that it was written to', () => {
    expect(erasedBy('InvitationRevoked', { invitationId: 'i-1' })).toEqual(['invitation-i-1'])
  })

  it('B21 a member who joined by an invitation: the address that they were invited at', () => {
    expect(erasedBy('MemberRemoved', { actorId: 'u-zoe', invitationId: 'i-1' })).toEqual(['invitation-i-1'])
    expect(erasedBy('MemberRemoved', { actorId: 'u-luc' })).toEqual([])
  })

  it('B21 a notification address that is replaced or removed', () => {
    expect(erasedBy('NotificationAddressSet', { addressId: 'a-2', replaces: 'a-1' })).toEqual(['address-a-1'])
    expect(erasedBy('NotificationAddressSet', { addressId: 'a-1' })).toEqual([])
    expect(erasedBy('NotificationAddressRemoved', { addressId: 'a-1' })).toEqual(['address-a-1'])
  })

  it('B21 an endpoint that is removed: its secrets', () => {
    expect(erasedBy('EndpointRemoved', { endpointId: 'e-1' })).toEqual(['endpoint-e-1'])
  })

  it('B21 nothing else', () => {
    expect(Object.keys(definitions).filter((type) => definitions[type]?.erases)).toEqual([
      'InvitationRevoked',
      'MemberRemoved',
      'NotificationAddressSet',
      'NotificationAddressRemoved',
      'EndpointRemoved',
    ])
  })
})

describe('what is personal or secret in an event of a publisher', () => {
  it('is the address of an invitation and of the publisher itself, and the secrets of its endpoints', () => {
    expect(
      Object.entries(definitions).flatMap(([type, { personal }]) => (personal.length > 0 ? [[type, personal]] : [])),
    ).toEqual([
      ['MemberInvited', ['email']],
      ['NotificationAddressSet', ['email']],
      ['EndpointAdded', ['secret']],
      ['EndpointSecretRotated', ['secret']],
    ])
  })

  it('no answer holds what lets an invitee in', () => {
    expect(definitions.MemberInvited?.hidden).toEqual(['secretHash', 'secret'])
  })
})
