import { defineMarketplace, isRefused, type Listing, listingAggregate } from '@vitrine/core'
import {
  approvedListing,
  approvedUpdate,
  ask,
  begin,
  draftListing,
  event,
  listingId,
  listingInReview,
  listingLiveTwice,
  liveListing,
  nothing,
  people,
  refused,
  scenario,
  submittedListing,
  type World,
} from '@vitrine/testing'
import { describe, expect, it } from 'vitest'
import { approvalOf, submissionOf } from '../parts.js'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const { luc, sam, rita, olaf } = people
const publish = { type: 'Publish' }
const publishBy = '2026-03-06T09:00:00.000Z'
const anotherId = '0190a000-0000-7000-8000-0000000000ff'
const suspendPublisher = { by: olaf, ask: { type: 'SuspendPublisher', reason: 'Unpaid fees' } }

describe('when approved', () => {
  it('Publish makes the revision live at once, under the path of the listing', async () => {
    const { listing } = await scenario(rules, {
      given: approvedListing(),
      when: publish,
      by: luc,
      expect: [event('Published', { revision: 1, visibility: 'public', content: { name: 'Ledgerline' } })],
    })
    expect(listing.live).toMatchObject({ status: 'public', path: `/listings/${listing.id}` })
    expect(listing.working.status).toBe('none')
  })

  it('T17 Publish makes it live under its vanity URL', () =>
    scenario(rules, {
      given: approvedListing({ slug: 'ledgerline' }),
      when: publish,
      by: luc,
      expect: [event('Published', { path: '/ledgerline' })],
    }))

  it('Publish names the revision', async () => {
    await scenario(rules, {
      given: approvedListing(),
      when: { ...publish, revision: 2 },
      by: luc,
      expect: [refused('another-revision', { revision: 1 })],
    })
    await scenario(rules, {
      given: approvedListing(),
      when: { ...publish, revision: undefined },
      by: luc,
      expect: [refused('revision-needed')],
    })
    await scenario(rules, {
      given: approvedListing(),
      when: { ...publish, submissionId: anotherId },
      by: luc,
      expect: [refused('submission-outdated')],
    })
  })

  it('Publish is not for a role that may not publish', () =>
    scenario(rules, { given: approvedListing(), when: publish, by: sam, expect: [refused('role-may-not')] }))

  it('Publish is refused before the approval', () =>
    scenario(rules, { given: listingInReview(), when: publish, by: luc, expect: [refused('not-from-here')] }))

  it('T33 publishing what is live writes nothing', async () => {
    await scenario(rules, { given: liveListing(), when: publish, by: luc, expect: [nothing] })
    const publicly = { ...publish, visibility: 'public' }
    await scenario(rules, { given: liveListing(), when: publicly, by: luc, expect: [nothing] })
  })

  it('T16 Publish of what a reviewer rejected is not told of a deadline: there was none', () =>
    scenario(rules, {
      given: [listingInReview(), { by: rita, ask: { type: 'Reject', reasons: [{ seen: 'x', howToFix: 'y' }] } }],
      when: publish,
      by: luc,
      expect: [refused('not-from-here')],
    }))

  it('T33 publishing what is live in private writes nothing; asked for otherwise it is no publication', async () => {
    const given = liveListing({ visibility: 'private' })
    await scenario(rules, { given, when: { ...publish, revision: 1 }, by: luc, expect: [nothing] })
    const publicly = { ...publish, revision: 1, visibility: 'public' }
    await scenario(rules, { given, when: publicly, by: luc, expect: [refused('not-from-here')] })
  })

  it('T22 Publish is refused while the publisher is suspended', () =>
    scenario(rules, {
      given: [approvedListing(), suspendPublisher],
      when: publish,
      by: luc,
      expect: [refused('publisher-suspended')],
    }))

  it('T19 a first publication may be private at once, with a link of its own', async () => {
    const { events } = await scenario(rules, {
      given: approvedListing(),
      when: { ...publish, visibility: 'private' },
      by: luc,
      expect: [event('Published', { visibility: 'private' })],
    })
    expect(events[0]?.data.token).toMatch(/^[\w-]{32,}$/)
  })

  it('T19 an update of a private listing stays private, with the same token', async () => {
    for (const [given, type, made] of [
      [approvedUpdate({ visibility: 'private' }), 'RenewPrivateLink', 'PrivateLinkRenewed'],
      [approvedUpdate(), 'MakePrivate', 'MadePrivate'],
    ] as const) {
      const { events } = await scenario(rules, {
        given,
        when: [
          { by: luc, ask: { type } },
          { by: luc, ask: publish },
        ],
        expect: [event(made), event('Published', { visibility: 'private' }), event('Superseded', { revision: 1 })],
      })
      expect(events[0]?.data.token).toBeTruthy()
      expect(events[1]?.data.token).toBe(events[0]?.data.token)
    }
  })

  it('an update of a listing that was made public meanwhile is public', () =>
    scenario(rules, {
      given: [approvedUpdate({ visibility: 'private' }), { by: luc, ask: { type: 'MakePublic' } }],
      when: publish,
      by: luc,
      expect: [event('Published', { visibility: 'public' }), event('Superseded', { revision: 1 })],
    }))

  it('an update cannot change the visibility by itself', async () => {
    const asPrivate = { ...publish, visibility: 'private' }
    await scenario(rules, { given: approvedUpdate(), when: asPrivate, by: luc, expect: [refused('visibility-stays')] })
    const asPublic = { ...publish, visibility: 'public' }
    await scenario(rules, {
      given: approvedUpdate({ visibility: 'private' }),
      when: asPublic,
      by: luc,
      expect: [
        refused('visibility-stays', {
          message: 'An update stays private, as the listing was; use MakePublic afterwards.',
        }),
      ],
    })
  })
})

describe('the deadline', () => {
  it('T1 Publish is accepted in the last millisecond of the sixtieth day', () =>
    scenario(rules, {
      given: approvedListing(),
      after: { days: 60 },
      when: publish,
      by: luc,
      expect: [event('Published')],
    }))

  it('T1 T4 one millisecond later the approval is void before Publish is decided', () =>
    scenario(rules, {
      given: approvedListing(),
      after: { days: 60, milliseconds: 1 },
      when: publish,
      by: luc,
      expect: [
        event('AutoRejected', { approvedAt: '2026-01-05T09:00:00.000Z', publishBy }, 'system'),
        refused('approval-expired', { until: publishBy }),
      ],
    }))

  it('T1 at the deadline itself the sweep writes nothing, one millisecond later it rejects', async () => {
    const reminded = [approvedListing(), { after: { days: 59, hours: 1 } }, { catchUp: true as const }]
    await scenario(rules, { given: reminded, after: { hours: 23 }, when: [{ catchUp: true }], expect: [] })
    await scenario(rules, {
      given: reminded,
      after: { hours: 23, milliseconds: 1 },
      when: [{ catchUp: true }],
      expect: [event('AutoRejected')],
    })
  })

  it('T4 Publish after the deadline says so also while the listing is suspended', () =>
    scenario(rules, {
      given: [approvedUpdate(), { by: olaf, ask: { type: 'Suspend', reason: 'A complaint' } }],
      after: { days: 61 },
      when: publish,
      by: luc,
      expect: [event('AutoRejected'), refused('approval-expired')],
    }))

  it('T4 Revise after the deadline first voids the approval, then revises', () =>
    scenario(rules, {
      given: approvedListing(),
      after: { days: 61 },
      when: { type: 'Revise', changes: { headline: 'New' } },
      by: luc,
      expect: [event('AutoRejected', undefined, 'system'), event('Revised', undefined, 'u-luc')],
    }))

  it('T4 the sweep is idempotent: whoever comes first, it is rejected once', () =>
    scenario(rules, {
      given: approvedListing(),
      after: { days: 61 },
      when: [{ catchUp: true }, { by: luc, ask: publish }, { catchUp: true }],
      expect: [event('AutoRejected'), refused('approval-expired')],
    }))

  it('T16 an auto-rejected revision has the status of a rejected one, and may be submitted again', async () => {
    const { listing } = await scenario(rules, {
      given: [approvedListing(), { after: { days: 61 } }, { catchUp: true }],
      when: { type: 'Submit', publishMode: 'manual', comment: 'We were away' },
      by: luc,
      expect: [event('Submitted', { unchanged: true })],
    })
    expect(listing.working.status).toBe('submitted')
  })

  it('T2 a later change of the rules does not rewrite a deadline: it is in the event', () =>
    scenario(defineMarketplace({ baseUrl: 'https://market.example', publishWithinDays: 90, remindDaysBefore: [] }), {
      given: approvedListing(),
      after: { days: 89 },
      when: publish,
      by: luc,
      expect: [event('Published')],
    }))

  it('T3 the clock restarts only with a new approval', () =>
    scenario(rules, {
      given: [
        approvedListing(),
        { after: { days: 50 } },
        { by: luc, ask: { type: 'Revise', changes: { headline: 'New' } } },
        { by: luc, ask: { type: 'Submit', publishMode: 'manual' } },
        { by: rita, ask: { type: 'RecordCheck', check: 'content', verdict: 'passed' } },
      ],
      when: { type: 'Approve' },
      by: rita,
      expect: [event('Approved', { approvedAt: '2026-02-24T09:00:00.000Z', publishBy: '2026-04-25T09:00:00.000Z' })],
    }))

  it('T22 the clock keeps running while the publisher is suspended', () =>
    scenario(rules, {
      given: [approvedListing(), suspendPublisher],
      after: { days: 61 },
      when: [{ catchUp: true }],
      expect: [event('AutoRejected')],
    }))

  it('C14 an extension moves the deadline: the old timer is a no-op', () =>
    scenario(rules, {
      given: [
        approvedListing(),
        { by: olaf, ask: { type: 'ExtendDeadline', until: '2026-06-01T00:00:00Z', reason: 'Trade fair' } },
      ],
      after: { days: 61 },
      when: [{ catchUp: true }],
      expect: [],
    }))

  it('C13 a deadline that passed while nobody ran fires once, late', () =>
    scenario(rules, {
      given: approvedListing(),
      after: { days: 63 },
      when: [{ catchUp: true }, { catchUp: true }],
      expect: [event('AutoRejected')],
    }))
})

describe('ExtendDeadline', () => {
  const extend = { type: 'ExtendDeadline', until: '2026-04-01T02:00:00+02:00', reason: 'Trade fair' }

  it('T3 only an extension moves the deadline; instants are kept in UTC', () =>
    scenario(rules, {
      given: approvedListing(),
      when: extend,
      by: olaf,
      expect: [event('PublicationDeadlineExtended', { until: '2026-04-01T00:00:00.000Z' })],
    }))

  it('T33 the same extension again writes nothing', () =>
    scenario(rules, {
      given: [approvedListing(), { by: olaf, ask: extend }],
      when: extend,
      by: olaf,
      expect: [nothing],
    }))

  it('T33 to another instant for the same reason is another extension', () =>
    scenario(rules, {
      given: [approvedListing(), { by: olaf, ask: extend }],
      when: { ...extend, until: '2026-05-01T00:00:00Z' },
      by: olaf,
      expect: [event('PublicationDeadlineExtended', { until: '2026-05-01T00:00:00.000Z' })],
    }))

  it('is later than the deadline', () =>
    scenario(rules, {
      given: approvedListing(),
      when: { ...extend, until: publishBy },
      by: olaf,
      expect: [refused('deadline-not-later', { until: publishBy })],
    }))

  it('is refused past the deadline, also when the sweep was there first', async () => {
    await scenario(rules, {
      given: approvedListing(),
      after: { days: 61 },
      when: extend,
      by: olaf,
      expect: [event('AutoRejected'), refused('approval-expired')],
    })
  })

  it('is for operators', () =>
    scenario(rules, { given: approvedListing(), when: extend, by: rita, expect: [refused('not-for-staff')] }))

  it('is refused while nothing waits for publication', () =>
    scenario(rules, { given: submittedListing(), when: extend, by: olaf, expect: [refused('not-from-here')] }))
})

describe('reminders', () => {
  const reminder = (threshold: number, daysLeft: number) =>
    event('PublicationReminded', { threshold, daysLeft, publishBy }, 'system')

  it('T29 each threshold is reminded of once', () =>
    scenario(rules, {
      given: approvedListing(),
      when: [30, 16, 7, 6].flatMap((days) => [
        { after: { days } },
        { catchUp: true as const },
        { catchUp: true as const },
      ]),
      expect: [reminder(30, 30), reminder(14, 14), reminder(7, 7), reminder(1, 1)],
    }))

  it('T29 when several are reached, only the smallest is sent and the larger count as done', () =>
    scenario(rules, {
      given: approvedListing(),
      when: [{ after: { days: 54 } }, { catchUp: true }, { catchUp: true }],
      expect: [reminder(7, 6)],
    }))

  it('T29 a threshold counts only if it lies after the approval', () =>
    scenario(
      defineMarketplace({ baseUrl: 'https://market.example', publishWithinDays: 10, remindDaysBefore: [7, 1] }),
      {
        given: approvedListing(),
        when: [{ catchUp: true }, { after: { days: 2 } }, { catchUp: true }],
        expect: [],
      },
    ))

  it('T29 after an extension the thresholds count anew, those before it do not', () =>
    scenario(rules, {
      given: [
        approvedListing(),
        { after: { days: 54 } },
        { catchUp: true },
        { by: olaf, ask: { type: 'ExtendDeadline', until: '2026-03-10T09:00:00Z', reason: 'Trade fair' } },
      ],
      when: [{ catchUp: true }, { after: { days: 3 } }, { catchUp: true }],
      expect: [event('PublicationReminded', { threshold: 7, daysLeft: 7 })],
    }))

  it('T29 at the approval itself none is due yet', () => {
    const approved = begin(rules, 'approved')
    const named = { submissionId: submissionOf(approved.listing).id, publishBy: approvalOf(approved.listing).publishBy }
    const { asked } = ask(approved, 'system', { type: 'RemindPublication', listingId, ...named, threshold: 30 })
    const answer = { refused: { code: 'not-due', message: 'A reminder is not due yet.' } }
    expect(asked.at(-1)).toMatchObject({ answer })
  })

  it('T29 nobody is reminded after a decision', () =>
    scenario(rules, {
      given: [approvedListing(), { by: luc, ask: publish }],
      after: { days: 55 },
      when: [{ catchUp: true }],
      expect: [],
    }))
})

describe('automatic publication', () => {
  const auto = approvedListing({ publishMode: 'auto' })

  it('P1 what was approved in mode auto is published by the system', () =>
    scenario(rules, {
      given: auto,
      when: [{ catchUp: true }],
      expect: [event('Published', { revision: 1 }, 'system')],
    }))

  for (const [cause, step] of [
    ['right', { by: olaf, ask: { type: 'RevokeAutoPublish' } }],
    ['publisher', suspendPublisher],
  ] as const) {
    it(`T9 without the ${cause} it falls back to manual, is not published and not rejected`, async () => {
      const { listing } = await scenario(rules, {
        given: [auto, step],
        when: [{ catchUp: true }],
        expect: [event('PublishModeChanged', { mode: 'manual', cause }, 'system')],
      })
      expect(listing.working.status).toBe('approved')
    })
  }

  it('T9 suspending or withdrawing a listing with an automatic submission in flight falls back to manual, in the same append', async () => {
    const update = approvedUpdate({ publishMode: 'auto' })
    await scenario(rules, {
      given: update,
      when: [{ by: olaf, ask: { type: 'Suspend', reason: 'A complaint' } }, { catchUp: true }],
      expect: [event('Suspended'), event('PublishModeChanged', { mode: 'manual', cause: 'listing' }, 'u-olaf')],
    })
    await scenario(rules, {
      given: update,
      when: [{ by: luc, ask: { type: 'Withdraw', reason: 'Pause' } }, { catchUp: true }],
      expect: [event('Withdrawn'), event('PublishModeChanged', { mode: 'manual', cause: 'withdrawn' }, 'u-luc')],
    })
  })

  it('T9 publishing by hand needs no right to automatic publication', () =>
    scenario(rules, {
      given: [approvedListing(), { by: olaf, ask: { type: 'RevokeAutoPublish' } }],
      when: publish,
      by: luc,
      expect: [event('Published', { revision: 1 })],
    }))

  it('C17 the automatic Publish of a mode that was changed meanwhile is refused and not tried for ever', () =>
    scenario(rules, {
      given: auto,
      when: [{ by: luc, ask: { type: 'ChangePublishMode', mode: 'manual' } }, { catchUp: true }, { catchUp: true }],
      expect: [event('PublishModeChanged', { mode: 'manual' })],
    }))

  it('P1 answers Approved alone: a manual approval is not published by itself', () =>
    scenario(rules, { given: approvedListing(), when: [{ catchUp: true }], expect: [] }))
})

describe('updates to a live listing', () => {
  it('T6 T7 while an update is reviewed, rejected or auto-rejected the live revision stays as it is', async () => {
    const before = await scenario(rules, { given: liveListing({ slug: 'ledgerline' }), when: [], expect: [] })
    const rejected = [
      liveListing({ slug: 'ledgerline' }),
      { by: luc, ask: { type: 'StartRevision' } },
      { by: luc, ask: { type: 'Revise', changes: { headline: 'New' } } },
      { by: luc, ask: { type: 'Submit', publishMode: 'manual' } },
      { by: rita, ask: { type: 'Reject', reasons: [{ seen: 'x', howToFix: 'y' }] } },
    ]
    const after = await scenario(rules, { given: rejected, when: [], expect: [] })
    expect(after.listing.live).toEqual(before.listing.live)
    const expired = [approvedUpdate({ slug: 'ledgerline' }), { after: { days: 61 } }, { catchUp: true as const }]
    const later = await scenario(rules, { given: expired, when: [], expect: [] })
    expect(later.listing.working.status).toBe('rejected')
    expect(later.listing.live).toEqual(before.listing.live)
  })

  it('T8 old and new swap in one append', async () => {
    const { events } = await scenario(rules, {
      given: approvedUpdate(),
      when: publish,
      by: luc,
      expect: [event('Published', { revision: 2 }), event('Superseded', { revision: 1 })],
    })
    expect(events.map(({ metadata }) => metadata.command)).toEqual([
      expect.objectContaining({ index: 0, of: 2 }),
      expect.objectContaining({ index: 1, of: 2 }),
    ])
  })

  it('the revision that was replaced is archived with its content', async () => {
    const { listing } = await scenario(rules, { given: listingLiveTwice(), when: [], expect: [] })
    expect(listing.archive[1]).toHaveProperty('content.headline', 'Invoices that write themselves')
    expect(listing.live).toMatchObject({ revision: 2 })
  })
})

describe('D26 what was made for a publication is its private link', () => {
  const { ada } = people
  const of = (world: World, type: string, payload: object = {}) => ask(world, ada, { type, listingId, ...payload })
  const approved = begin(rules, 'approved')
  const live = begin(rules, 'live')
  const update = begin(rules, 'trustedApproval')
  const down = of(of(update, 'MakePrivate'), 'Withdraw', { reason: 'A pause' })

  it.each<[string, World]>([
    ['Publish', of(approved, 'Publish', { revision: 1, visibility: 'private' })],
    ['Republish', of(live, 'Republish', { revision: 1, visibility: 'private' })],
    ['ChangePublishMode', of(down, 'ChangePublishMode', { mode: 'auto' })],
  ])('%s in private names it', (_, world) => {
    expect(madeIn(world)).toStrictEqual({ token: world.asked.at(-1)?.facts.made.token })
  })

  it.each<[string, World]>([
    ['Publish', of(approved, 'Publish', { revision: 1 })],
    ['Republish', of(of(live, 'MakePrivate'), 'Republish', { revision: 1, visibility: 'public' })],
    ['ChangePublishMode', of(update, 'ChangePublishMode', { mode: 'auto' })],
  ])('%s in public names nothing', (_, world) => {
    expect(madeIn(world)).toStrictEqual({})
  })
})

it('Publish of a draft says from where it is possible', () =>
  scenario(rules, {
    given: draftListing(),
    when: publish,
    by: luc,
    expect: [refused('not-from-here', { allowedFrom: { working: ['approved'] } })],
  }))

/** What the row of the last command finds made, in the events that it wrote. */
function madeIn(world: World): object {
  const { command, before, answer } = world.asked.at(-1)!
  if (isRefused(answer)) throw new Error(`${command.type} was refused: ${answer.refused.message}`)
  return listingAggregate.rows[command.type]!.commandOf(answer as never, before as Listing).made
}
