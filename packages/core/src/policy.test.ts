import {
  approveTrustedUpdates,
  definePolicy,
  deliveryId,
  message,
  messageId,
  publishOnApproval,
  reactionId,
  settleSlugs,
  unassignLeadsOfRemovedMembers,
} from '@vitrine/core'
import { describe, expect, it } from 'vitest'

describe('a policy of one’s own', () => {
  it('gives commands and messages, from events that are typed by their name', () => {
    const tellLegal = definePolicy({
      name: 'tell-the-legal-team',
      on: {
        Suspended: ({ data: { reason } }) => [
          message({
            key: 'legal',
            kind: 'listing-suspended',
            to: { address: 'legal@market.example' },
            facts: { reason },
          }),
        ],
      },
    })
    const suspended = { type: 'Suspended', data: { reason: 'A complaint' } }
    expect(tellLegal.on.Suspended?.(suspended as never)).toEqual([
      {
        key: 'legal',
        message: {
          kind: 'listing-suspended',
          to: { address: 'legal@market.example' },
          facts: { reason: 'A complaint' },
        },
      },
    ])
  })
})

describe('the policies that there are', () => {
  it('keep their names, under which stores hold their progress, and the events that they answer', () => {
    const policies = [publishOnApproval, approveTrustedUpdates, unassignLeadsOfRemovedMembers, settleSlugs]
    expect(policies.map(({ name, on, forEach = {} }) => [name, Object.keys(on), Object.keys(forEach)])).toEqual([
      ['publish-on-approval', ['Approved'], []],
      ['approve-trusted-updates', ['Submitted'], []],
      ['unassign-leads-of-removed-members', [], ['MemberRemoved']],
      ['settle-slugs', [], ['VanityUrlClaimed', 'VanityUrlReleased', 'RevisionDiscarded', 'Deleted', 'ClaimLapsed']],
    ])
  })
})

describe('the id of a message', () => {
  it('is the same for the same event, policy and key, and another for anything else', () => {
    const ids = [
      messageId('e-1', 'notify', 'rejected'),
      messageId('e-2', 'notify', 'rejected'),
      messageId('e-1', 'other', 'rejected'),
      messageId('e-1', 'notify', 'published'),
      reactionId('e-1', 'notify', 'rejected'),
    ]
    expect(new Set(ids).size).toBe(ids.length)
    expect(messageId('e-1', 'notify', 'rejected')).toBe(ids[0])
  })

  it('C1 is another one for each recipient, the same at every attempt', () => {
    const ids = [deliveryId('m-1', 0), deliveryId('m-1', 1), deliveryId('m-2', 0), 'm-1']
    expect(new Set(ids).size).toBe(ids.length)
    expect(deliveryId('m-1', 0)).toBe(ids[0])
  })
})
