import { draftsOf, messageRows } from '@vitrine/core'
import { type Beginning, begin, listingId, people, publisherId } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'
import { tellings } from '../../test/tellings.js'
import { type Act, approval, byItself, play, rules, submit, told, toPublisher } from '../../test/told.js'

const { ada, luc, rita, olaf } = people

describe('when the right to publish automatically is revoked', () => {
  const revoke: Act = [olaf, 'RevokeAutoPublish']
  const revoked = (from: Beginning, ...acts: readonly Act[]) =>
    told(from, ...acts).find(({ event }) => event.type === 'AutoPublishRevoked')

  it('P4 the publisher is told which submissions fall back to manual', () => {
    expect(revoked('draft', submit('auto'), revoke)).toMatchObject({
      draft: { key: 'auto-publish-revoked', kind: 'auto-publish-revoked', to: toPublisher, about: [listingId] },
      facts: {
        publisherName: 'Marsh Software',
        page: `https://market.example/publishers/${publisherId}`,
        submissions: [{ listingId, listingName: 'Ledgerline' }],
      },
    })
  })

  it('P4 those in review, and those approved that are not live yet, too', () => {
    expect(revoked('draft', submit('auto'), [rita, 'StartReview'], revoke)?.draft.about).toEqual([listingId])
    expect(revoked('draft', submit('auto'), ...approval, revoke)?.draft.about).toEqual([listingId])
  })

  it('P4 as they stood then, whatever became of them', () => {
    const recalled = revoked('draft', submit('auto'), revoke, [luc, 'RecallSubmission'])
    expect(recalled?.facts).toMatchObject({ submissions: [{ listingId, listingName: 'Ledgerline' }] })
    const later = revoked('draft', revoke, [olaf, 'GrantAutoPublish'], submit('auto'))
    expect(later?.facts).toMatchObject({ submissions: [] })
  })

  it('T34 of another publisher nothing is told, whatever is handed in', () => {
    const { listing, publisher } = [submit('auto'), revoke].reduce(play, begin(rules, 'draft'))
    const event = revoked('draft', submit('auto'), revoke)!.event
    const [own, foreign] = [listing, { ...listing, id: 'l-2', publisherId: 'p-2' }]
    expect(draftsOf(messageRows, event, { before: publisher, listings: [foreign, own] })[0]?.about).toEqual([listingId])
    expect(draftsOf(messageRows, event, { before: publisher, listings: [foreign] })[0]?.about).toBeUndefined()
  })

  it('P4 no manual ones, no drafts, and nothing that is live', () => {
    for (const from of ['draft', 'submitted', 'approved', 'live', 'update'] as const) {
      const { draft, facts } = revoked(from, revoke) ?? {}
      expect([draft?.about, facts?.submissions]).toEqual([undefined, []])
    }
    expect(revoked('draft', submit('auto'), ...approval, byItself, revoke)?.facts?.submissions).toEqual([])
  })
})

const changes: { readonly [type: string]: object } = {
  AddMember: { name: 'Nell Newly', role: 'viewer' },
  ChangeRole: { role: 'sales' },
}

describe('when somebody is invited', () => {
  const invite: Act = [ada, 'InviteMember', { publisherId, email: 'yan@home.example', role: 'viewer', locale: 'fr' }]
  const { events } = play(begin(rules, 'publisher'), invite)
  const { invitationId, until } = events.at(-1)?.data ?? {}

  it('P8 the invitee is told by whom, as what, until when, and gets the link with the secret', () => {
    const open = ({ subject }: { subject: string }) => `secret of ${subject}`
    expect(tellings({ events, rules, open })).toEqual([
      {
        event: events.at(-1),
        draft: {
          key: 'invitation',
          kind: 'invitation',
          to: { are: 'recipients', recipients: [{ is: 'invitee', publisherId, invitationId }] },
        },
        facts: {
          publisherName: 'Marsh Software',
          invitedBy: 'Ada Marsh',
          role: 'viewer',
          until,
          page: `https://market.example/publishers/${publisherId}/invitations/${invitationId as string}#secret of invitation-${invitationId as string}`,
        },
      },
    ])
  })

  it('B21 nothing is told of an invitation whose address was erased', () => {
    expect(tellings({ events, rules })).toMatchObject([{ draft: { kind: 'invitation' }, facts: undefined }])
  })

  it('P8 who joins, leaves or gets another role is told to nobody', () => {
    const silent = ['AddMember', 'ChangeRole', 'RemoveMember'].map(
      (type): Act => [ada, type, { publisherId, actorId: 'u-new', ...changes[type] }],
    )
    expect(told('publisher', ...silent)).toEqual([])
  })
})
