import { messageRowOf, type StoredEvent } from '@vitrine/core'
import { type Beginning, begin, listingId, people, type World, wait } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'
import { type Telling, tellings } from '../../test/tellings.js'
import {
  type Act,
  about,
  approval,
  beside,
  byItself,
  claim,
  current,
  deadlineOf,
  kindsOf,
  play,
  publish,
  publishBy,
  revise,
  rules,
  said,
  submit,
  told,
  toPublisher,
} from '../../test/told.js'

const { luc, olaf } = people
const day = 24 * 60 * 60 * 1000

describe('when it was approved in mode auto', () => {
  const link = `https://market.example/listings/${listingId}`
  const privateLink = expect.stringMatching(/^https:\/\/market\.example\/private\/token-/)
  const inFlight = [submit('auto'), ...approval] as const

  it('P8 T18 one message says approved and live, with the live link', () => {
    expect(told('draft', ...inFlight, byItself).slice(1)).toMatchObject([
      {
        event: { type: 'Published' },
        draft: { key: 'approved-and-live', kind: 'approved-and-live', to: toPublisher },
        facts: { ...about, link, visibility: 'public' },
      },
    ])
  })

  it('T18 with the vanity URL, when there is one', () => {
    expect(said('draft', claim, ...inFlight, byItself).slice(1)).toEqual([
      ['approved-and-live', { link: 'https://market.example/ledgerline', visibility: 'public' }],
    ])
  })

  it('T18 a private update: always the private link, also when there is a vanity URL', () => {
    const tellings = said('live', [luc, 'MakePrivate'], [luc, 'StartRevision'], claim, ...inFlight, byItself).slice(1)
    expect(tellings).toEqual([['approved-and-live', { link: privateLink, visibility: 'private' }]])
  })

  it('P8 whoever clicks before it is published by itself: one message, approved and live', () => {
    expect(said('draft', ...inFlight, publish()).slice(1)).toEqual([
      ['approved-and-live', { link, visibility: 'public' }],
    ])
    expect(said('draft', ...inFlight, publish({ visibility: 'private' })).slice(1)).toEqual([
      ['approved-and-live', { link: privateLink, visibility: 'private' }],
    ])
  })

  it('P8 nothing is said before that', () => expect(said('draft', ...inFlight)).toHaveLength(1))

  it('T9 the right is revoked after it: publish before, and why; then published, no longer by itself', () => {
    const byHand = told('draft', ...inFlight, [olaf, 'RevokeAutoPublish'], byItself, publish()).slice(2)
    expect(byHand.map(({ event, draft, facts }) => [event.type, draft.kind, beside(facts)])).toEqual([
      ['PublishModeChanged', 'publish-before', { publishBy: deadlineOf('draft', ...inFlight), because: 'right' }],
      ['Published', 'published', { link, visibility: 'public' }],
    ])
  })

  it('T9 the publisher is suspended after it: publish before, and why', () => {
    expect(said('draft', ...inFlight, [olaf, 'SuspendPublisher', { reason: 'Fees' }], byItself).slice(1)).toMatchObject(
      [['publish-before', { because: 'publisher' }]],
    )
  })

  it('T9 T20 the listing is suspended or withdrawn after it: publish before, and why', () => {
    const update = (act: Act) => said('update', ...inFlight, act).slice(1)
    expect(update([olaf, 'Suspend', { reason: 'A complaint' }])).toMatchObject([
      ['publish-before', { because: 'listing' }],
    ])
    expect(update([luc, 'Withdraw', { reason: 'Retired' }])).toMatchObject([
      ['publish-before', { because: 'withdrawn' }],
    ])
  })

  it('P8 the publisher changes to manual itself: publish before, and no reason is needed', () => {
    expect(said('draft', ...inFlight, [luc, 'ChangePublishMode', { mode: 'manual' }]).slice(1)).toEqual([
      ['publish-before', { publishBy: deadlineOf('draft', ...inFlight) }],
    ])
  })

  it('P8 to manual and to auto again: it is published, as it was told already that it is approved', () => {
    const modes = ['manual', 'auto'].map((mode): Act => [luc, 'ChangePublishMode', { mode }])
    expect(kindsOf(told('draft', ...inFlight, ...modes))).toEqual(['listing-submitted', 'publish-before', 'published'])
  })

  it('T12 it is revised instead: nothing was said, and the next approval stands for itself', () => {
    const again = [revise, submit('auto'), ...approval, byItself] as const
    expect(kindsOf(told('draft', ...inFlight, ...again))).toEqual([
      'listing-submitted',
      'listing-submitted',
      'approved-and-live',
    ])
  })
})

describe('when it was approved in mode manual', () => {
  const link = `https://market.example/listings/${listingId}`

  it('P8 T18 until when it is to be published, and no link', () => {
    expect(told('submitted', ...approval)).toMatchObject([
      {
        event: { type: 'Approved' },
        draft: { key: 'publish-before', kind: 'publish-before', to: toPublisher },
        facts: { ...about, publishBy: deadlineOf('submitted', ...approval) },
      },
    ])
    expect(Object.keys(told('submitted', ...approval)[0]?.facts ?? {})).toEqual([...Object.keys(about), 'publishBy'])
  })

  it('T18 with a vanity URL, no link either', () => {
    const [, { facts }] = told('draft', claim, submit('manual'), ...approval) as [Telling, Telling]
    expect(JSON.stringify(facts)).not.toContain('market.example/ledgerline')
  })

  it('T9 although auto was asked for: why not by itself, for each cause', () => {
    const denied = (from: Beginning, ...acts: readonly Act[]) => said(from, ...acts, ...approval).slice(1)
    expect(denied('draft', submit('auto'), [olaf, 'RevokeAutoPublish']).at(-1)).toMatchObject([
      'publish-before',
      { because: 'right' },
    ])
    expect(denied('draft', submit('auto'), [olaf, 'SuspendPublisher', { reason: 'Fees' }])).toMatchObject([
      ['publish-before', { because: 'publisher' }],
    ])
    expect(denied('update', [olaf, 'Suspend', { reason: 'A complaint' }], submit('auto'))).toMatchObject([
      ['publish-before', { because: 'listing' }],
    ])
  })

  it('T9 the mode falls back before it is approved: nothing is said until the approval, which says why', () => {
    const withdrawn: Act = [luc, 'Withdraw', { reason: 'Retired' }]
    const suspended: Act = [olaf, 'Suspend', { reason: 'A complaint' }]
    for (const [act, because] of [
      [withdrawn, 'withdrawn'],
      [suspended, 'listing'],
    ] as const) {
      expect(kindsOf(told('update', submit('auto'), act))).toEqual(['listing-submitted'])
      expect(said('update', submit('auto'), act, ...approval).at(-1)).toEqual([
        'publish-before',
        { publishBy: deadlineOf('update', submit('auto'), act, ...approval), because },
      ])
    }
  })

  it('T9 who changes the mode themselves is not told why', () => {
    const byHand: Act = [luc, 'ChangePublishMode', { mode: 'manual' }]
    const again: Act = [luc, 'ChangePublishMode', { mode: 'auto' }]
    const reinstated: Act = [olaf, 'Reinstate']
    const acts = [
      submit('auto'),
      [olaf, 'Suspend', { reason: 'A complaint' }] as Act,
      reinstated,
      again,
      byHand,
      ...approval,
    ]
    expect(said('update', ...acts).at(-1)).toEqual(['publish-before', { publishBy: deadlineOf('update', ...acts) }])
    const changed: Act = [luc, 'ChangePublishMode', { mode: 'manual' }]
    expect(kindsOf(told('draft', submit('auto'), changed))).toEqual(['listing-submitted'])
  })

  it('P8 T18 published: the link, or the vanity URL, or the private link', () => {
    const published = (...acts: readonly Act[]) => said('draft', ...acts).slice(2)
    const first = [submit('manual'), ...approval] as const
    expect(published(...first, publish())).toEqual([['published', { link, visibility: 'public' }]])
    expect(published(claim, ...first, publish())).toEqual([
      ['published', { link: 'https://market.example/ledgerline', visibility: 'public' }],
    ])
    expect(published(claim, ...first, publish({ visibility: 'private' }))).toEqual([
      ['published', { link: expect.stringMatching(/\/private\/token-/), visibility: 'private' }],
    ])
  })

  it('P8 the mode is changed to auto: it is published at once, and told as published', () => {
    expect(said('approved', [luc, 'ChangePublishMode', { mode: 'auto' }])).toEqual([
      ['published', { link, visibility: 'public' }],
    ])
  })

  it('T23 a trusted update is told of like any approval, and by itself only when it is', () => {
    expect(said('trustedUpdate', (world) => ['system', 'Approve', current(world)])).toMatchObject([
      ['publish-before', { publishBy: expect.any(String) }],
    ])
    const auto = [submit('auto'), (world: World) => ['system', 'Approve', current(world)] as const, byItself]
    const trusted: Act = [olaf, 'GrantAutoApproval']
    expect(kindsOf(told('update', trusted, ...auto))).toEqual(['listing-submitted', 'approved-and-live'])
  })

  it('T29 C22 a reminder is one message for each threshold, with the days that are left', () => {
    const remind = (threshold: number) => (world: World) =>
      [
        'system',
        'RemindPublication',
        { submissionId: current(world).submissionId, threshold, publishBy: publishBy(world) },
      ] as const
    const start = begin(rules, 'approved')
    const one = play(wait(start, 31 * day), remind(30))
    const two = play(wait(one, 16 * day), remind(14))
    const reminded = tellings(two).slice(tellings(start).length)
    expect(reminded.map(({ draft, facts }) => [draft.kind, beside(facts)])).toEqual([
      ['publication-reminder', { publishBy: publishBy(start), daysLeft: 29 }],
      ['publication-reminder', { publishBy: publishBy(start), daysLeft: 13 }],
    ])
    expect(new Set(reminded.map(({ event }) => event.id)).size).toBe(2)
  })

  it('T29 a reminder is settled once it is published, revised, expired or extended', () => {
    const start = begin(rules, 'approved')
    const { submissionId } = current(start)
    const remind: Act = ['system', 'RemindPublication', { submissionId, threshold: 30, publishBy: publishBy(start) }]
    const reminded = play(wait(start, 31 * day), remind)
    const event = reminded.events.findLast(({ type }) => type === 'PublicationReminded')
    const settled = ({ listing }: World) =>
      messageRowOf('PublicationReminded', 'publication-reminder')?.settled?.(event as StoredEvent, { listing } as never)
    const expire: Act = ['system', 'ExpireApproval', { submissionId, publishBy: publishBy(start) }]
    const later = new Date(Date.parse(publishBy(start)) + day).toISOString()
    expect(settled(reminded)).toBe(false)
    expect([
      settled(play(reminded, publish())),
      settled(play(reminded, revise)),
      settled(play(wait(reminded, 61 * day), expire)),
      settled(play(reminded, [olaf, 'ExtendDeadline', { until: later, reason: 'They asked' }])),
    ]).toEqual([true, true, true, true])
  })

  it('P8 expired: when it was approved, and by when it was to be published', () => {
    const start = begin(rules, 'approved')
    const { working } = start.listing
    const { submissionId } = current(start)
    const expire: Act = ['system', 'ExpireApproval', { submissionId, publishBy: publishBy(start) }]
    const [expired] = tellings(play(wait(start, 61 * day), expire)).slice(-1)
    expect(expired).toMatchObject({ draft: { kind: 'auto-rejected', to: toPublisher } })
    expect(beside(expired?.facts)).toEqual({
      approvedAt: 'approval' in working && working.approval.approvedAt,
      publishBy: publishBy(start),
    })
  })

  it('P8 what is extended by an operator is told to nobody', () => {
    const until = (world: World) => new Date(Date.parse(publishBy(world)) + day).toISOString()
    expect(told('approved', (world) => [olaf, 'ExtendDeadline', { until: until(world), reason: 'A fair' }])).toEqual([])
  })
})
