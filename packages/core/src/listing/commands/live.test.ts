import { defineMarketplace } from '@vitrine/core'
import {
  approvedListing,
  approvedUpdate,
  draftListing,
  event,
  listingLiveTwice,
  liveListing,
  nothing,
  people,
  refused,
  scenario,
  updatedListing,
} from '@vitrine/testing'
import { describe, expect, it } from 'vitest'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const { luc, vic, rita, olaf } = people
const withdraw = { type: 'Withdraw', reason: 'No longer sold' }
const suspend = { type: 'Suspend', reason: 'A complaint' }
const suspended = [liveListing(), { by: olaf, ask: suspend }]
const suspendPublisher = { by: olaf, ask: { type: 'SuspendPublisher', reason: 'Unpaid fees' } }
const republish = (revision: number, more = {}) => ({ type: 'Republish', revision, ...more })
const token = (data: object | undefined) => (data && 'token' in data ? data.token : undefined)

describe('Withdraw', () => {
  it('takes what is live down, by the publisher or by an operator', async () => {
    const { listing } = await scenario(rules, {
      given: liveListing(),
      when: withdraw,
      by: luc,
      expect: [event('Withdrawn', { by: 'publisher' })],
    })
    expect(listing.live).toEqual({
      status: 'none',
      withdrawn: { revision: 1, reason: 'No longer sold', by: 'publisher' },
    })
    await scenario(rules, {
      given: liveListing(),
      when: withdraw,
      by: olaf,
      expect: [event('Withdrawn', { by: 'operator' })],
    })
  })

  it('is refused when nothing is live', () =>
    scenario(rules, { given: approvedListing(), when: withdraw, by: luc, expect: [refused('not-from-here')] }))

  it('T33 withdrawing again for the same reason writes nothing; for another one, or by the other side, it is refused', async () => {
    const given = [liveListing(), { by: luc, ask: withdraw }]
    await scenario(rules, { given, when: withdraw, by: luc, expect: [nothing] })
    const otherReason = { ...withdraw, reason: 'A new product' }
    await scenario(rules, { given, when: otherReason, by: luc, expect: [refused('not-from-here')] })
    await scenario(rules, { given, when: withdraw, by: olaf, expect: [refused('not-from-here')] })
  })

  it('T27 an operator who is on the team withdraws as the publisher, and marks nothing', async () => {
    const member = { by: people.ada, ask: { type: 'AddMember', actorId: olaf.id, name: olaf.name, role: 'lister' } }
    const { listing } = await scenario(rules, {
      given: [liveListing(), member],
      when: withdraw,
      by: olaf,
      expect: [event('Withdrawn', { by: 'publisher' }, 'lister')],
    })
    expect(listing.operatorWithdrew).toEqual([])
  })

  it('is not for reviewers, nor for those who only read', async () => {
    await scenario(rules, { given: liveListing(), when: withdraw, by: rita, expect: [refused('not-for-staff')] })
    await scenario(rules, { given: liveListing(), when: withdraw, by: vic, expect: [refused('role-may-not')] })
  })

  it('T20 with a manual submission in flight the mode stays as it is', () =>
    scenario(rules, { given: approvedUpdate(), when: withdraw, by: luc, expect: [event('Withdrawn')] }))

  it('T20 while an update is in review the review goes on', () =>
    scenario(rules, {
      given: [updatedListing(), { by: luc, ask: { type: 'Submit', publishMode: 'auto', comment: 'Better' } }],
      when: [
        { by: luc, ask: withdraw },
        { by: rita, ask: { type: 'RecordCheck', check: 'content', verdict: 'passed' } },
        { by: rita, ask: { type: 'Approve' } },
        { catchUp: true },
      ],
      expect: [
        event('Withdrawn'),
        event('PublishModeChanged', { mode: 'manual', cause: 'withdrawn' }),
        event('CheckPassed'),
        event('Approved', { publishMode: 'manual' }),
      ],
    }))

  it('T22 of a suspended listing is for an operator alone', async () => {
    await scenario(rules, { given: suspended, when: withdraw, by: luc, expect: [refused('listing-suspended')] })
    await scenario(rules, { given: suspended, when: withdraw, by: olaf, expect: [event('Withdrawn')] })
  })
})

describe('Republish', () => {
  it('T21 of an archived revision while another is live supersedes it: the rollback', async () => {
    const { listing } = await scenario(rules, {
      given: listingLiveTwice(),
      when: republish(1),
      by: luc,
      expect: [
        event('Republished', { revision: 1, content: { headline: 'Invoices that write themselves' } }),
        event('Superseded', { revision: 2 }),
      ],
    })
    expect(listing.live).toMatchObject({ status: 'public', revision: 1 })
  })

  it('T21 the sixty days do not touch it', () =>
    scenario(rules, {
      given: [liveListing(), { by: luc, ask: withdraw }],
      after: { days: 400 },
      when: republish(1),
      by: luc,
      expect: [event('Republished', { revision: 1 })],
    }))

  it('T17 brings back the vanity URL of the revision', () =>
    scenario(rules, {
      given: [liveListing({ slug: 'ledgerline' }), { by: luc, ask: withdraw }],
      when: republish(1),
      by: luc,
      expect: [event('Republished', { path: '/ledgerline' })],
    }))

  it('T33 of what is live writes nothing, whether it says how it is shown or not', async () => {
    for (const visibility of ['public', 'private'] as const) {
      const given = liveListing({ visibility })
      await scenario(rules, { given, when: republish(1, { visibility }), by: luc, expect: [nothing] })
      await scenario(rules, { given, when: republish(1), by: luc, expect: [nothing] })
    }
  })

  it('T33 shown otherwise, the live revision replaces none: it is not superseded by itself', async () => {
    const { listing } = await scenario(rules, {
      given: liveListing({ visibility: 'private' }),
      when: republish(1, { visibility: 'public' }),
      by: luc,
      expect: [event('Republished', { revision: 1, visibility: 'public' })],
    })
    expect(listing.live).toMatchObject({ status: 'public', revision: 1 })
  })

  it('is refused for a revision that was never live', async () => {
    const neverLive = refused('never-live', {
      message: 'Republish needs a revision that is or was live; there is none yet.',
    })
    await scenario(rules, { given: draftListing(), when: republish(1), by: luc, expect: [neverLive] })
    const unknown = refused('unknown-revision', { message: 'Revision 9 was never live; 1 was.', revisions: [1] })
    await scenario(rules, { given: liveListing(), when: republish(9), by: luc, expect: [unknown] })
  })

  it('T22 is refused while the publisher is suspended', () =>
    scenario(rules, {
      given: [liveListing(), { by: luc, ask: withdraw }, suspendPublisher],
      when: republish(1),
      by: luc,
      expect: [refused('publisher-suspended')],
    }))

  it('T19 in private gets a new link when it was not live, and keeps it when it was', async () => {
    const first = await scenario(rules, {
      given: approvedListing(),
      when: { type: 'Publish', visibility: 'private' },
      by: luc,
      expect: [event('Published')],
    })
    expect(token(first.events[0]?.data)).toBeTruthy()
    const back = await scenario(rules, {
      given: [liveListing({ visibility: 'private' })],
      when: [
        { by: luc, ask: withdraw },
        { by: luc, ask: republish(1) },
      ],
      expect: [event('Withdrawn'), event('Republished', { visibility: 'private' })],
    })
    expect(token(back.events[1]?.data)).toBeTruthy()
    const rollback = await scenario(rules, {
      given: [listingLiveTwice({ visibility: 'private' })],
      when: [
        { by: luc, ask: { type: 'RenewPrivateLink' } },
        { by: luc, ask: republish(1) },
      ],
      expect: [event('PrivateLinkRenewed'), event('Republished', { visibility: 'private' }), event('Superseded')],
    })
    expect(token(rollback.events[1]?.data)).toBe(token(rollback.events[0]?.data))
  })

  it('T21 what an operator withdrew only an operator may republish', async () => {
    const down = [liveListing(), { by: olaf, ask: withdraw }]
    const kept = refused('operator-withdrew', {
      message: 'An operator withdrew it; only an operator can republish it (T21).',
    })
    await scenario(rules, { given: down, when: republish(1), by: luc, expect: [kept] })
    await scenario(rules, {
      given: down,
      when: republish(1),
      by: olaf,
      expect: [event('Republished', undefined, 'operator')],
    })
  })

  it('T21 while nothing has been live since, the publisher republishes no other revision either', async () => {
    const down = [listingLiveTwice(), { by: olaf, ask: withdraw }]
    await scenario(rules, { given: down, when: republish(1), by: luc, expect: [refused('operator-withdrew')] })
    await scenario(rules, { given: down, when: republish(1), by: olaf, expect: [event('Republished')] })
  })

  it('T21 the mark stays on that revision when another one is live, until an operator republishes it', async () => {
    const another = [listingLiveTwice(), { by: olaf, ask: withdraw }, { by: olaf, ask: republish(1) }]
    await scenario(rules, { given: another, when: republish(2), by: luc, expect: [refused('operator-withdrew')] })
    const cleared = [...another, { by: olaf, ask: republish(2) }]
    await scenario(rules, {
      given: [...cleared, { by: luc, ask: republish(1) }],
      when: republish(2),
      by: luc,
      expect: [event('Republished'), event('Superseded')],
    })
  })

  it('T21 an operator who withdraws the same revision twice marks it once', async () => {
    const twice = [liveListing(), { by: olaf, ask: withdraw }, { by: luc, ask: { type: 'StartRevision' } }]
    const { listing } = await scenario(rules, { given: twice, when: [], expect: [] })
    expect(listing.operatorWithdrew).toEqual([1])
  })

  it('T21 a newly approved revision is published as usual', () =>
    scenario(rules, {
      given: [approvedUpdate(), { by: olaf, ask: withdraw }],
      when: [
        { by: luc, ask: { type: 'Publish' } },
        { by: luc, ask: republish(1) },
      ],
      expect: [event('Published', { revision: 2 }), refused('operator-withdrew')],
    }))

  it('T21 an operator republishes nothing else', async () => {
    const forThePublisher = refused('publisher-may', {
      message: 'No operator withdrew it: republishing it is for the publisher.',
    })
    // Whatever the revision: that none is for an operator is known before which one is asked for.
    for (const revision of [1, 9])
      await scenario(rules, {
        given: [liveListing(), { by: luc, ask: withdraw }],
        when: republish(revision),
        by: olaf,
        expect: [forThePublisher],
      })
    const another = [listingLiveTwice(), { by: olaf, ask: withdraw }, { by: olaf, ask: republish(1) }]
    await scenario(rules, {
      given: [...another, { by: luc, ask: withdraw }],
      when: republish(1),
      by: olaf,
      expect: [refused('publisher-may')],
    })
  })
})

describe('private listings', () => {
  const isPrivate = liveListing({ visibility: 'private' })

  it('T19 MakePrivate and RenewPrivateLink each make a new link', async () => {
    const { events } = await scenario(rules, {
      given: liveListing(),
      when: [
        { by: luc, ask: { type: 'MakePrivate' } },
        { by: luc, ask: { type: 'RenewPrivateLink' } },
        { by: luc, ask: { type: 'MakePublic' } },
        { by: luc, ask: { type: 'MakePrivate' } },
      ],
      expect: [event('MadePrivate'), event('PrivateLinkRenewed'), event('MadePublic'), event('MadePrivate')],
    })
    const tokens = events.map(({ data }) => token(data)).filter((one) => one !== undefined)
    expect(new Set(tokens).size).toBe(3)
  })

  it('T19 a new link changes nothing else: it is private since when it was', async () => {
    const before = await scenario(rules, { given: isPrivate, when: [], expect: [] })
    const { listing } = await scenario(rules, {
      given: isPrivate,
      after: { days: 3 },
      when: { type: 'RenewPrivateLink' },
      by: luc,
      expect: [event('PrivateLinkRenewed')],
    })
    expect({ ...listing.live, token: '' }).toEqual({ ...before.listing.live, token: '' })
  })

  it('T33 making private what is private, or public what is public, writes nothing', async () => {
    await scenario(rules, { given: isPrivate, when: { type: 'MakePrivate' }, by: luc, expect: [nothing] })
    await scenario(rules, { given: liveListing(), when: { type: 'MakePublic' }, by: luc, expect: [nothing] })
  })

  it('need something live', async () => {
    for (const type of ['MakePrivate', 'MakePublic', 'RenewPrivateLink']) {
      await scenario(rules, { given: approvedListing(), when: { type }, by: luc, expect: [refused('not-from-here')] })
    }
    await scenario(rules, {
      given: liveListing(),
      when: { type: 'RenewPrivateLink' },
      by: luc,
      expect: [refused('not-from-here')],
    })
  })

  it('T22 MakePublic is refused while the publisher is suspended; MakePrivate is not', async () => {
    await scenario(rules, {
      given: [isPrivate, suspendPublisher],
      when: { type: 'MakePublic' },
      by: luc,
      expect: [refused('publisher-suspended')],
    })
    await scenario(rules, {
      given: [liveListing(), suspendPublisher],
      when: { type: 'MakePrivate' },
      by: luc,
      expect: [event('MadePrivate')],
    })
  })
})

describe('suspension', () => {
  it('Suspend hides the listing, Reinstate brings back the visibility and link from before', async () => {
    for (const given of [liveListing(), liveListing({ visibility: 'private' })]) {
      const before = await scenario(rules, { given, when: [], expect: [] })
      expect(before.listing.live.status).not.toBe('none')
      const { listing } = await scenario(rules, {
        given,
        when: [
          { by: olaf, ask: suspend },
          { by: olaf, ask: { type: 'Reinstate' } },
        ],
        expect: [event('Suspended', { reason: 'A complaint' }), event('Reinstated')],
      })
      expect(listing.live.status).toBe(before.listing.live.status)
    }
  })

  it('T33 suspending for the same reason, or reinstating what is live, writes nothing', async () => {
    await scenario(rules, { given: suspended, when: suspend, by: olaf, expect: [nothing] })
    await scenario(rules, {
      given: suspended,
      when: { ...suspend, reason: 'Another' },
      by: olaf,
      expect: [refused('not-from-here')],
    })
    for (const visibility of ['public', 'private'] as const)
      await scenario(rules, {
        given: liveListing({ visibility }),
        when: { type: 'Reinstate' },
        by: olaf,
        expect: [nothing],
      })
  })

  it('is for operators, and for what is live', async () => {
    await scenario(rules, { given: liveListing(), when: suspend, by: rita, expect: [refused('not-for-staff')] })
    await scenario(rules, { given: draftListing(), when: suspend, by: olaf, expect: [refused('not-from-here')] })
    await scenario(rules, {
      given: draftListing(),
      when: { type: 'Reinstate' },
      by: olaf,
      expect: [refused('not-from-here')],
    })
  })

  for (const type of ['Publish', 'Republish', 'MakePrivate', 'MakePublic', 'RenewPrivateLink', 'Withdraw']) {
    it(`T22 while the listing is suspended ${type} is refused listing-suspended`, () =>
      scenario(rules, {
        given: [approvedUpdate(), { by: olaf, ask: suspend }],
        when: {
          type,
          ...(type === 'Republish' ? { revision: 1 } : {}),
          ...(type === 'Withdraw' ? { reason: 'x' } : {}),
        },
        by: luc,
        expect: [refused('listing-suspended')],
      }))
  }

  it('T22 while the listing is suspended Publish is refused listing-suspended, also when nothing is approved', () =>
    scenario(rules, {
      given: suspended,
      when: { type: 'Publish', revision: 1 },
      by: luc,
      expect: [refused('listing-suspended')],
    }))

  it('T22 while the listing is suspended, revising, submitting and review go on', () =>
    scenario(rules, {
      given: suspended,
      when: [
        { by: luc, ask: { type: 'StartRevision' } },
        { by: luc, ask: { type: 'Revise', changes: { headline: 'New' } } },
        { by: luc, ask: { type: 'Submit', publishMode: 'manual' } },
        { by: rita, ask: { type: 'StartReview' } },
      ],
      expect: [event('RevisionStarted'), event('Revised'), event('Submitted'), event('ReviewStarted')],
    }))

  it('T22 live listings of a suspended publisher stay live', async () => {
    const { listing } = await scenario(rules, {
      given: [liveListing(), suspendPublisher],
      when: [{ catchUp: true }],
      expect: [],
    })
    expect(listing.live.status).toBe('public')
  })
})
