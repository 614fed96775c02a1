import { defaultKinds, defineMarketplace } from '@vitrine/core'
import {
  approval,
  approvedListing,
  draftListing,
  event,
  listingInReview,
  liveListing,
  nothing,
  people,
  refused,
  scenario,
  submittedListing,
  updatedListing,
} from '@vitrine/testing'
import { describe, expect, it } from 'vitest'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const { luc, rita, olaf } = people
const record = (check: string, verdict: string, note?: string) => ({
  type: 'RecordCheck',
  check,
  verdict,
  ...(note ? { note } : {}),
})
const reject = { type: 'Reject', reasons: [{ seen: 'A blurred icon', howToFix: 'Use a sharper one', field: 'icon' }] }
const anotherId = '0190a000-0000-7000-8000-0000000000ff'

describe('checks', () => {
  it('RecordCheck says passed, failed or waived, before and during the review', async () => {
    for (const given of [submittedListing(), listingInReview()]) {
      await scenario(rules, {
        given,
        when: record('content', 'passed', 'Read twice'),
        by: rita,
        expect: [event('CheckPassed', { check: 'content', note: 'Read twice' })],
      })
      await scenario(rules, {
        given,
        when: record('security', 'failed'),
        by: rita,
        expect: [event('CheckFailed', { check: 'security' })],
      })
      await scenario(rules, {
        given,
        when: record('demo', 'waived', 'Known product'),
        by: rita,
        expect: [event('CheckWaived', { check: 'demo' })],
      })
    }
  })

  it('a waiver needs a note', () =>
    scenario(rules, {
      given: listingInReview(),
      when: record('content', 'waived'),
      by: rita,
      expect: [refused('note-needed')],
    }))

  it('the check belongs to the kind', () =>
    scenario(rules, {
      given: listingInReview(),
      when: record('proofOfAbility', 'passed'),
      by: rita,
      expect: [refused('unknown-check')],
    }))

  it('RecordCheck is refused on a draft', () =>
    scenario(rules, {
      given: draftListing(),
      when: record('content', 'passed'),
      by: rita,
      expect: [refused('not-from-here')],
    }))

  it('T33 the same verdict with the same note writes nothing, another note does', async () => {
    const given = [listingInReview(), { by: rita, ask: record('content', 'passed', 'Read') }]
    await scenario(rules, { given, when: record('content', 'passed', 'Read'), by: rita, expect: [nothing] })
    await scenario(rules, {
      given,
      when: record('content', 'passed', 'Read twice'),
      by: rita,
      expect: [event('CheckPassed')],
    })
  })

  it('every required check must have passed or been waived before Approve', async () => {
    await scenario(rules, {
      given: listingInReview(),
      when: { type: 'Approve' },
      by: rita,
      expect: [refused('checks-open', { checks: ['content'] })],
    })
    const waived = [listingInReview(), { by: rita, ask: record('content', 'waived', 'Known') }]
    await scenario(rules, { given: waived, when: { type: 'Approve' }, by: rita, expect: [event('Approved')] })
  })

  it('T15 a required check that nobody gave a verdict on is open, whatever its name', () =>
    scenario(
      defineMarketplace({
        baseUrl: 'https://market.example',
        kinds: { app: { ...defaultKinds.app, checks: { constructor: 'required' as const } } },
      }),
      { given: submittedListing(), when: { type: 'Approve' }, by: rita, expect: [refused('checks-open')] },
    ))

  it('a service needs proof of ability', () =>
    scenario(rules, {
      given: [listingInReview({ kind: 'service' }), { by: rita, ask: record('content', 'passed') }],
      when: { type: 'Approve' },
      by: rita,
      expect: [refused('checks-open', { checks: ['proofOfAbility'] })],
    }))

  it('an optional check becomes required once it was requested or has failed, and stays so', async () => {
    const passed = [listingInReview(), { by: rita, ask: record('content', 'passed') }]
    const failed = [...passed, { by: rita, ask: record('security', 'failed') }]
    await scenario(rules, {
      given: failed,
      when: { type: 'Approve' },
      by: rita,
      expect: [refused('checks-open', { checks: ['security'] })],
    })
    const requested = [...passed, { by: rita, ask: { type: 'RequestEvidence', check: 'demo', text: 'Show it' } }]
    await scenario(rules, {
      given: requested,
      when: { type: 'Approve' },
      by: rita,
      expect: [refused('checks-open', { checks: ['demo'] })],
    })
    const twice = [
      ...failed,
      { by: rita, ask: record('security', 'failed', 'Still') },
      { by: rita, ask: record('security', 'passed') },
    ]
    await scenario(rules, { given: twice, when: { type: 'Approve' }, by: rita, expect: [event('Approved')] })
  })
})

describe('Approve', () => {
  const checked = [listingInReview(), { by: rita, ask: record('content', 'passed') }]

  it('T2 stores the deadline in the event: sixty times 24 hours after the approval', () =>
    scenario(rules, {
      given: checked,
      when: { type: 'Approve' },
      by: rita,
      expect: [
        event('Approved', {
          approvedAt: '2026-01-05T09:00:00.000Z',
          publishBy: '2026-03-06T09:00:00.000Z',
          publishMode: 'manual',
          basis: 'review',
        }),
      ],
    }))

  it('T1 the number of days belongs to the rules of the marketplace', () =>
    scenario(defineMarketplace({ baseUrl: 'https://market.example', publishWithinDays: 30 }), {
      given: checked,
      when: { type: 'Approve' },
      by: rita,
      expect: [event('Approved', { publishBy: '2026-02-04T09:00:00.000Z' })],
    }))

  it('T14 names the submission that is current', () =>
    scenario(rules, {
      given: checked,
      when: { type: 'Approve', submissionId: anotherId },
      by: rita,
      expect: [refused('submission-outdated')],
    }))

  it('T14 names the content that was read: another hash is refused', () =>
    scenario(rules, {
      given: checked,
      when: { type: 'Approve', contentHash: 'f'.repeat(64) },
      by: rita,
      expect: [refused('content-changed')],
    }))

  it('T14 the slug is part of the hash', async () => {
    const hashOf = async (slug?: string) => {
      const { listing } = await scenario(rules, { given: submittedListing(slug ? { slug } : {}), when: [], expect: [] })
      return 'submission' in listing.working && listing.working.submission.contentHash
    }
    expect(await hashOf('ledgerline')).not.toBe(await hashOf())
    expect(await hashOf()).toBe(await hashOf())
  })

  it('T33 approving again writes nothing', () =>
    scenario(rules, { given: approvedListing(), when: { type: 'Approve' }, by: rita, expect: [nothing] }))

  it('T14 approving something else than what was approved is refused', async () => {
    for (const other of [{ submissionId: anotherId }, { contentHash: 'f'.repeat(64) }]) {
      const when = { type: 'Approve', ...other }
      await scenario(rules, { given: approvedListing(), when, by: rita, expect: [refused('not-from-here')] })
    }
  })

  it('is refused on a draft', () =>
    scenario(rules, { given: draftListing(), when: { type: 'Approve' }, by: rita, expect: [refused('not-from-here')] }))

  for (const [cause, step] of [
    ['right', { by: olaf, ask: { type: 'RevokeAutoPublish' } }],
    ['publisher', { by: olaf, ask: { type: 'SuspendPublisher', reason: 'Unpaid fees' } }],
  ] as const) {
    it(`T9 without the ${cause} it approves in mode manual, says why, and the clock runs`, async () => {
      const { listing } = await scenario(rules, {
        given: [submittedListing({ publishMode: 'auto' }), { by: rita, ask: record('content', 'passed') }, step],
        when: [{ by: rita, ask: { type: 'Approve' } }, { catchUp: true }],
        expect: [event('Approved', { publishMode: 'manual', autoPublishDenied: cause })],
      })
      expect(listing.working).toMatchObject({ status: 'approved', submission: { publishMode: 'manual' } })
    })
  }

  it('T9 without the right what was handed in in mode manual is approved as it is: nothing is denied', async () => {
    const { events } = await scenario(rules, {
      given: [submittedListing(), { by: olaf, ask: { type: 'RevokeAutoPublish' } }],
      when: approval(),
      expect: [event('CheckPassed'), event('Approved', { publishMode: 'manual' })],
    })
    expect(events.at(-1)?.data).not.toHaveProperty('autoPublishDenied')
  })

  it('T9 while the listing is suspended it approves in mode manual, and says so', () =>
    scenario(rules, {
      given: [
        updatedListing(),
        { by: olaf, ask: { type: 'Suspend', reason: 'A complaint' } },
        { by: luc, ask: { type: 'Submit', publishMode: 'auto', comment: 'Better' } },
        { by: rita, ask: record('content', 'passed') },
      ],
      when: { type: 'Approve' },
      by: rita,
      expect: [event('Approved', { publishMode: 'manual', autoPublishDenied: 'listing' })],
    }))
})

describe('Reject', () => {
  it('gives every reason, and the revision may be submitted again', async () => {
    const { listing } = await scenario(rules, {
      given: listingInReview(),
      when: reject,
      by: rita,
      expect: [event('Rejected', { reasons: reject.reasons })],
    })
    expect(listing.working).toMatchObject({ status: 'rejected', rejection: { by: 'reviewer' } })
  })

  it('needs at least one reason', () =>
    scenario(rules, {
      given: listingInReview(),
      when: { ...reject, reasons: [] },
      by: rita,
      expect: [refused('invalid-command')],
    }))

  it('T13 open questions do not hinder it', () =>
    scenario(rules, {
      given: [listingInReview(), { by: rita, ask: { type: 'AskQuestion', text: 'Why?', blocking: true } }],
      when: reject,
      by: rita,
      expect: [event('Rejected')],
    }))

  it('T14 names the submission and its content', async () => {
    await scenario(rules, {
      given: listingInReview(),
      when: { ...reject, submissionId: anotherId },
      by: rita,
      expect: [refused('submission-outdated')],
    })
    await scenario(rules, {
      given: listingInReview(),
      when: { ...reject, contentHash: 'f'.repeat(64) },
      by: rita,
      expect: [refused('content-changed')],
    })
  })

  it('T33 for the same reasons again it writes nothing; for others, or of something else, it is refused', async () => {
    const given = [listingInReview(), { by: rita, ask: reject }]
    await scenario(rules, { given, when: reject, by: rita, expect: [nothing] })
    const others = [
      { reasons: [{ seen: 'x', howToFix: 'y' }] },
      { submissionId: anotherId },
      { contentHash: 'f'.repeat(64) },
    ]
    for (const other of others)
      await scenario(rules, { given, when: { ...reject, ...other }, by: rita, expect: [refused('not-from-here')] })
  })
})

describe('T15 what carries over to the next submission', () => {
  const passed = { by: rita, ask: record('content', 'passed', 'Read') }
  const failed = { by: rita, ask: record('security', 'failed', 'Weak') }
  const again = { by: luc, ask: { type: 'Submit', publishMode: 'manual', comment: 'Look again' } }
  const rejected = [submittedListing(), passed, failed, { by: rita, ask: reject }]
  const verdictsAfter = async (given: Parameters<typeof scenario>[1]['given'] = []) => {
    const { listing } = await scenario(rules, { given, when: [], expect: [] })
    return 'submission' in listing.working && listing.working.submission.verdicts
  }

  it('T15 passed checks carry over when the content is the same, failed ones do not', async () =>
    expect(await verdictsAfter([...rejected, again])).toEqual({ content: { verdict: 'passed', carried: true } }))

  it('T15 carried checks carry over once more', async () =>
    expect(
      await verdictsAfter([
        ...rejected,
        again,
        { by: rita, ask: reject },
        { by: luc, ask: { ...again.ask, comment: 'And again' } },
      ]),
    ).toEqual({
      content: { verdict: 'passed', carried: true },
    }))

  it('T15 a check that carried over may be passed anew, with the same note', async () => {
    const { listing } = await scenario(rules, {
      given: [...rejected, again],
      when: passed.ask,
      by: rita,
      expect: [event('CheckPassed', { check: 'content', note: 'Read' })],
    })
    expect(listing.working).toMatchObject({ submission: { verdicts: { content: { carried: false } } } })
  })

  it('T15 nothing carries over to other content', async () =>
    expect(
      await verdictsAfter([...rejected, { by: luc, ask: { type: 'Revise', changes: { headline: 'New' } } }, again]),
    ).toEqual({}))

  it('T15 a voided approval was a decision too: unchanged content needs a comment, and its checks carry over', async () => {
    const back = { by: luc, ask: { type: 'Revise', changes: { headline: 'Invoices that write themselves' } } }
    const voided = [approvedListing(), { by: luc, ask: { type: 'Revise', changes: { headline: 'New' } } }, back]
    const silent = { type: 'Submit', publishMode: 'manual' }
    await scenario(rules, { given: voided, when: silent, by: luc, expect: [refused('comment-needed')] })
    expect(await verdictsAfter([...voided, again])).toEqual({ content: { verdict: 'passed', carried: true } })
  })

  it('T15 nothing carries over from the submission before the last', async () => {
    const away = { by: luc, ask: { type: 'Revise', changes: { headline: 'New' } } }
    const back = { by: luc, ask: { type: 'Revise', changes: { headline: 'Invoices that write themselves' } } }
    expect(await verdictsAfter([...rejected, away, again, { by: rita, ask: reject }, back, again])).toEqual({})
  })

  it('T15 evidence stays with the listing', async () => {
    const evidence = [
      { by: rita, ask: { type: 'RequestEvidence', check: 'content', text: 'Who?' } },
      { by: luc, ask: { type: 'ProvideEvidence', check: 'content', text: 'Northwind' } },
    ]
    const { listing } = await scenario(rules, {
      given: [submittedListing(), evidence, { by: rita, ask: reject }, again],
      when: [],
      expect: [],
    })
    expect(listing.evidence).toHaveLength(1)
  })
})

it('an update is reviewed like a first revision', () =>
  scenario(rules, {
    given: [updatedListing(), { by: luc, ask: { type: 'Submit', publishMode: 'manual' } }],
    when: approval().map((step) => step),
    expect: [event('CheckPassed'), event('Approved')],
  }))

it('a decision on what was never submitted is refused', () =>
  scenario(rules, { given: liveListing(), when: reject, by: rita, expect: [refused('not-from-here')] }))
