import { defineMarketplace } from '@vitrine/core'
import {
  approvedListing,
  approvedPublisher,
  draftListing,
  event,
  listingInReview,
  liveListing,
  nothing,
  people,
  refused,
  scenario,
  submittedListing,
} from '@vitrine/testing'
import { describe, expect, it } from 'vitest'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const { luc, vic, rita, olaf } = people
const submit = { type: 'Submit', publishMode: 'manual', comment: 'Please read' }
const rejection = { type: 'Reject', reasons: [{ seen: 'A blurred icon', howToFix: 'Use a sharper one' }] }
const revoke = { by: olaf, ask: { type: 'RevokeAutoPublish' } }

describe('a draft', () => {
  it('Submit hands in the revision with the hash of its content', async () => {
    const { events } = await scenario(rules, {
      given: draftListing(),
      when: submit,
      by: luc,
      expect: [event('Submitted', { revision: 1, comment: 'Please read', publishMode: 'manual' })],
    })
    expect(events[0]?.data.contentHash).toMatch(/^[0-9a-f]{64}$/)
    expect(events[0]?.data).not.toHaveProperty('unchanged')
  })

  it('T31 Submit says everything that is missing, in a sentence and as a list', async () => {
    const given = [approvedPublisher(), { by: luc, ask: { type: 'Create', kind: 'app', name: 'Ledgerline' } }]
    const { answer } = await scenario(rules, { given, when: submit, by: luc, expect: [refused('incomplete')] })
    expect(answer).toHaveProperty('refused.missing', expect.arrayContaining(['shortDescription', 'icon']))
    const one = [draftListing(), { by: luc, ask: { type: 'Revise', changes: { icon: null } } }]
    const played = await scenario(rules, {
      given: one,
      when: submit,
      by: luc,
      expect: [refused('incomplete', { missing: ['icon'] })],
    })
    expect(played.answer).toHaveProperty('refused.message', 'Submit needs 1 more thing: an icon.')
  })

  it('a hard guideline stands in the way of Submit, and the finding names field and guideline', async () => {
    const long = (field: string, value: unknown) => [
      draftListing(),
      { by: luc, ask: { type: 'Revise', changes: { [field]: value } } },
    ]
    const { answer } = await scenario(rules, {
      given: long('name', 'x'.repeat(81)),
      when: submit,
      by: luc,
      expect: [refused('guidelines')],
    })
    expect(answer).toHaveProperty('refused.findings.0', expect.objectContaining({ field: 'name', level: 'hard' }))
    const two = [long('name', 'x'.repeat(81)), { by: luc, ask: { type: 'Revise', changes: { headline: 'a\nb\nc' } } }]
    const played = await scenario(rules, { given: two.flat(), when: submit, by: luc, expect: [refused('guidelines')] })
    expect(played.answer).toHaveProperty(
      'refused.message',
      '2 guidelines are not met. ' +
        'name: Name has 81 characters. Shorten it to 80 at most. headline: Headline has 3 lines. Bring it down to 2.',
    )
  })

  it('an editorial guideline is advice: it does not hinder Submit', () =>
    scenario(rules, {
      given: [draftListing(), { by: luc, ask: { type: 'Revise', changes: { name: 'x'.repeat(40) } } }],
      when: submit,
      by: luc,
      expect: [event('Submitted')],
    }))

  it('T9 Submit in mode auto is refused without the right to it', () =>
    scenario(rules, {
      given: [draftListing(), revoke],
      when: { ...submit, publishMode: 'auto' },
      by: luc,
      expect: [refused('auto-publish-not-granted')],
    }))

  it('T9 Submit in mode manual needs no right', () =>
    scenario(rules, {
      given: [draftListing(), revoke],
      when: submit,
      by: luc,
      expect: [event('Submitted', { publishMode: 'manual' })],
    }))

  it('T22 Submit is refused while the publisher is suspended; drafts stay', async () => {
    const { listing } = await scenario(rules, {
      given: [draftListing(), { by: olaf, ask: { type: 'SuspendPublisher', reason: 'Unpaid fees' } }],
      when: submit,
      by: luc,
      expect: [refused('publisher-suspended')],
    })
    expect(listing.working.status).toBe('draft')
  })

  it('Submit is not for a role that only reads', () =>
    scenario(rules, { given: draftListing(), when: submit, by: vic, expect: [refused('role-may-not')] }))

  it('RecallSubmission is refused while nothing is submitted', () =>
    scenario(rules, {
      given: draftListing(),
      when: { type: 'RecallSubmission' },
      by: luc,
      expect: [refused('not-from-here')],
    }))
})

describe('after a submission', () => {
  it('T33 submitting again as it is writes nothing', () =>
    scenario(rules, { given: [draftListing(), { by: luc, ask: submit }], when: submit, by: luc, expect: [nothing] }))

  it('T33 Submit in another mode, or with another comment, is refused while it is submitted', async () => {
    const given = [draftListing(), { by: luc, ask: submit }]
    for (const other of [{ publishMode: 'auto' }, { comment: 'Read it again' }])
      await scenario(rules, { given, when: { ...submit, ...other }, by: luc, expect: [refused('not-from-here')] })
  })

  it('RecallSubmission takes it back, before and during the review, and names it', async () => {
    for (const given of [submittedListing(), listingInReview()]) {
      const { listing, events } = await scenario(rules, {
        given,
        when: { type: 'RecallSubmission' },
        by: luc,
        expect: [event('SubmissionRecalled')],
      })
      expect(listing.working.status).toBe('draft')
      expect(events[0]?.data).toEqual({ submissionId: listing.lastSubmission?.id })
    }
  })

  it('a recalled submission may be handed in again unchanged without a comment: nothing was decided', () =>
    scenario(rules, {
      given: [submittedListing(), { by: luc, ask: { type: 'RecallSubmission' } }],
      when: { type: 'Submit', publishMode: 'manual' },
      by: luc,
      expect: [event('Submitted', { comment: '' })],
    }))

  it('T15 resubmitting unchanged after a decision needs a comment, and is flagged', async () => {
    const rejected = [submittedListing(), { by: rita, ask: rejection }]
    await scenario(rules, {
      given: rejected,
      when: { ...submit, comment: ' ' },
      by: luc,
      expect: [
        refused('comment-needed', {
          message: 'Nothing has changed since the last decision. Say in the comment why it should be looked at again.',
        }),
      ],
    })
    await scenario(rules, { given: rejected, when: submit, by: luc, expect: [event('Submitted', { unchanged: true })] })
  })

  it('T15 a recall in between decides nothing: what is unchanged since the decision still needs a comment', async () => {
    const recalled = [
      submittedListing(),
      { by: rita, ask: rejection },
      { by: luc, ask: submit },
      { by: luc, ask: { type: 'RecallSubmission' } },
    ]
    await scenario(rules, {
      given: recalled,
      when: { type: 'Submit', publishMode: 'manual' },
      by: luc,
      expect: [refused('comment-needed')],
    })
    await scenario(rules, { given: recalled, when: submit, by: luc, expect: [event('Submitted', { unchanged: true })] })
  })

  it('T15 resubmitting something else needs no comment and is not flagged', async () => {
    const { events } = await scenario(rules, {
      given: [
        submittedListing(),
        { by: rita, ask: rejection },
        { by: luc, ask: { type: 'Revise', changes: { headline: 'New' } } },
      ],
      when: { type: 'Submit', publishMode: 'manual' },
      by: luc,
      expect: [event('Submitted')],
    })
    expect(events[0]?.data).not.toHaveProperty('unchanged')
  })

  it('T10 a right granted after a manual submission changes nothing by itself', () =>
    scenario(rules, {
      given: [draftListing(), revoke, { by: luc, ask: submit }, { by: olaf, ask: { type: 'GrantAutoPublish' } }],
      when: [{ catchUp: true }],
      expect: [],
    }))
})

describe('ChangePublishMode', () => {
  const change = (mode: string) => ({ type: 'ChangePublishMode', mode })

  it('changes the mode while submitted and in review', async () => {
    for (const given of [submittedListing(), listingInReview()]) {
      await scenario(rules, {
        given,
        when: change('auto'),
        by: luc,
        expect: [event('PublishModeChanged', { mode: 'auto' })],
      })
    }
  })

  it('T33 to the mode that it has writes nothing', () =>
    scenario(rules, { given: submittedListing(), when: change('manual'), by: luc, expect: [nothing] }))

  it('T13 the mode ends with the submission: once rejected it is refused, also when it is the one that it had', () =>
    scenario(rules, {
      given: [submittedListing(), { by: rita, ask: rejection }],
      when: { type: 'ChangePublishMode', mode: 'manual' },
      by: luc,
      expect: [refused('not-from-here')],
    }))

  it('T9 to auto is refused without the right to it', () =>
    scenario(rules, {
      given: [submittedListing(), revoke],
      when: change('auto'),
      by: luc,
      expect: [refused('auto-publish-not-granted')],
    }))

  it('to auto on an approved revision publishes in the same append', async () => {
    await scenario(rules, {
      given: approvedListing(),
      when: [{ by: luc, ask: change('auto') }, { catchUp: true }],
      expect: [
        event('PublishModeChanged', { mode: 'auto' }),
        event('Published', { revision: 1, visibility: 'public' }, 'u-luc'),
      ],
    })
  })

  it('to auto on an approved revision is refused where Publish would be', () =>
    scenario(rules, {
      given: [approvedListing(), { by: olaf, ask: { type: 'SuspendPublisher', reason: 'Unpaid fees' } }],
      when: change('auto'),
      by: luc,
      expect: [refused('publisher-suspended')],
    }))

  it('to manual on an approved revision keeps it from being published by itself', () =>
    scenario(rules, {
      given: approvedListing({ publishMode: 'auto' }),
      when: [{ by: luc, ask: change('manual') }, { catchUp: true }],
      expect: [event('PublishModeChanged', { mode: 'manual' })],
    }))

  it('to auto on an approved update of a private listing keeps it private', async () => {
    const check = { by: rita, ask: { type: 'RecordCheck', check: 'content', verdict: 'passed' } }
    const given = [
      liveListing({ visibility: 'private' }),
      { by: luc, ask: { type: 'StartRevision' } },
      { by: luc, ask: { type: 'Revise', changes: { headline: 'New' } } },
      { by: luc, ask: submit },
      check,
      { by: rita, ask: { type: 'Approve' } },
    ]
    const expected = [
      event('PublishModeChanged'),
      event('Published', { visibility: 'private' }),
      event('Superseded', { revision: 1 }),
    ]
    await scenario(rules, { given, when: change('auto'), by: luc, expect: expected })
  })

  it('is refused on a draft', () =>
    scenario(rules, { given: draftListing(), when: change('auto'), by: luc, expect: [refused('not-from-here')] }))
})
