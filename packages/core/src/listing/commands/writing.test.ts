import { defineMarketplace, listingAggregate } from '@vitrine/core'
import {
  approvedListing,
  approvedPublisher,
  approvedUpdate,
  draftListing,
  event,
  listingInReview,
  listingLiveTwice,
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
const { ada, luc, sam, vic, rita, olaf, zoe } = people
const create = { type: 'Create', kind: 'app', name: 'Ledgerline' }

describe('when there is no listing', () => {
  it('T31 Create takes publisher, kind and name, and begins revision 1', async () => {
    const { listing } = await scenario(rules, {
      given: approvedPublisher(),
      when: create,
      by: luc,
      expect: [event('Created', { kind: 'app', name: 'Ledgerline' }, 'u-luc')],
    })
    expect(listing.working).toMatchObject({ status: 'draft', revision: 1, content: { name: 'Ledgerline' } })
  })

  it('T31 Create takes no other content', () =>
    scenario(rules, {
      given: approvedPublisher(),
      when: { ...create, headline: 'Invoices' },
      by: luc,
      expect: [refused('invalid-command')],
    }))

  it('Create is refused while the publisher waits for approval', () =>
    scenario(rules, {
      given: [{ by: ada, ask: { type: 'Register', name: 'Marsh Software' } }],
      when: create,
      by: ada,
      expect: [refused('publisher-not-approved')],
    }))

  it('T22 Create is refused while the publisher is suspended', () =>
    scenario(rules, {
      given: [approvedPublisher(), { by: olaf, ask: { type: 'SuspendPublisher', reason: 'Unpaid fees' } }],
      when: create,
      by: luc,
      expect: [refused('publisher-suspended')],
    }))

  it('Create names a kind of the marketplace', () =>
    scenario(rules, {
      given: approvedPublisher(),
      when: { ...create, kind: `data${'s'.repeat(100)}` },
      by: luc,
      expect: [
        refused('unknown-kind', {
          message: `There is no kind "data${'s'.repeat(76)}"; the marketplace has app, service.`,
          kinds: ['app', 'service'],
        }),
      ],
    }))

  it('Create is refused when the name does not fit the schema of the kind', async () => {
    const { app, service } = rules.kinds
    const shouting = { ...app, content: app.content.extend({ name: app.content.shape.name.regex(/^[A-Z]+$/) }) }
    await scenario(defineMarketplace({ baseUrl: 'https://market.example', kinds: { app: shouting, service } }), {
      given: approvedPublisher(),
      when: create,
      by: luc,
      expect: [refused('content-invalid')],
    })
  })

  it('a role that only reads may not create', () =>
    scenario(rules, { given: approvedPublisher(), when: create, by: vic, expect: [refused('role-may-not')] }))

  it('T34 strangers learn nothing of the publisher', () =>
    scenario(rules, { given: approvedPublisher(), when: create, by: zoe, expect: [refused('unknown-publisher')] }))

  it('an id that is in use begins nothing', () =>
    scenario(rules, { given: draftListing(), when: create, by: luc, expect: [refused('id-taken')] }))

  it('every other command is refused as for an unknown id', () =>
    scenario(rules, {
      given: approvedPublisher(),
      when: { type: 'Revise', changes: {} },
      by: luc,
      expect: [refused('unknown-listing')],
    }))
})

describe('while it is written', () => {
  it('Revise replaces fields whole, and null removes one', async () => {
    const { listing } = await scenario(rules, {
      given: draftListing(),
      when: { type: 'Revise', changes: { headline: 'New', shortDescription: null } },
      by: luc,
      expect: [event('Revised', { changes: { headline: 'New', shortDescription: null } })],
    })
    expect(listing.working).toMatchObject({ content: { headline: 'New' } })
    expect(listing.working).not.toHaveProperty('content.shortDescription')
  })

  it('Revise refuses what does not fit the kind, and says each problem, in a sentence and as a list', () => {
    const headline = 'Expected a text, found the number 3'
    const keywords = 'Expected a list, found the text "books"'
    return scenario(rules, {
      given: draftListing(),
      when: { type: 'Revise', changes: { headline: 3, keywords: 'books' } },
      by: luc,
      expect: [
        refused('content-invalid', {
          message: `The content does not fit the kind app. headline: ${headline}; keywords: ${keywords}`,
          problems: [
            { path: 'headline', problem: headline },
            { path: 'keywords', problem: keywords },
          ],
        }),
      ],
    })
  })

  it('Revise refuses a field that the kind does not have, and says which', () =>
    scenario(rules, {
      given: draftListing(),
      when: { type: 'Revise', changes: { geography: ['Europe'] } },
      by: luc,
      expect: [refused('content-invalid')],
    }))

  it.each([[['headline']], [null], ['headline']])('Revise refuses changes that are no object: %j', (changes) => {
    const command = { type: 'Revise', listingId: '0190a000-0000-7000-8000-000000000001', changes }
    const issues = [{ path: ['changes'], message: 'an object of fields is expected' }]
    expect(listingAggregate.rows.Revise!.command.safeParse(command)).toMatchObject({ error: { issues } })
  })

  it('T33 revising to what it says already writes nothing', () =>
    scenario(rules, {
      given: draftListing(),
      when: { type: 'Revise', changes: { name: 'Ledgerline' } },
      by: luc,
      expect: [nothing],
    }))

  it('the sales role reads listings and changes none', () =>
    scenario(rules, {
      given: draftListing(),
      when: { type: 'Revise', changes: { headline: 'New' } },
      by: sam,
      expect: [refused('role-may-not')],
    }))

  it('staff does not write listings', () =>
    scenario(rules, {
      given: draftListing(),
      when: { type: 'Revise', changes: { headline: 'New' } },
      by: olaf,
      expect: [refused('not-for-staff')],
    }))

  it('Delete makes the id an unknown one', () =>
    scenario(rules, {
      given: [draftListing(), { by: luc, ask: { type: 'Delete' } }],
      when: { type: 'Revise', changes: {} },
      by: luc,
      expect: [refused('unknown-listing')],
    }))

  it('T34 the id of a deleted draft begins anew for its publisher; to any other it is taken, like a foreign one', async () => {
    const other = { publisherId: '0190a000-0000-7000-8000-0000000000bb' }
    const twoPublishers = [
      draftListing(),
      { by: zoe, ask: { type: 'Register', name: 'Fen Software', ...other } },
      { by: olaf, ask: { type: 'ApprovePublisher', ...other } },
    ]
    const deleted = [twoPublishers, { by: luc, ask: { type: 'Delete' } }]
    const theirs = { ...create, ...other }
    const foreign = await scenario(rules, {
      given: twoPublishers,
      when: theirs,
      by: zoe,
      expect: [refused('id-taken')],
    })
    const gone = await scenario(rules, { given: deleted, when: theirs, by: zoe, expect: [refused('id-taken')] })
    expect(gone.answer).toMatchObject({ refused: { message: 'There is a listing with this id already.' } })
    expect(foreign.answer).toMatchObject({ refused: { message: 'There is a listing with this id already.' } })
    await scenario(rules, { given: deleted, when: create, by: luc, expect: [event('Created')] })
  })

  it('Delete writes Deleted when it was never submitted', () =>
    scenario(rules, { given: draftListing(), when: { type: 'Delete' }, by: luc, expect: [event('Deleted')] }))

  it('T32 once submitted, a listing cannot be deleted', () =>
    scenario(rules, {
      given: [submittedListing(), { by: luc, ask: { type: 'RecallSubmission' } }],
      when: { type: 'Delete' },
      by: luc,
      expect: [
        refused('once-submitted', {
          message: 'A listing that was submitted cannot be deleted: discard the revision, or withdraw.',
        }),
      ],
    }))

  it('T32 while it is submitted, it cannot be deleted either', () =>
    scenario(rules, {
      given: submittedListing(),
      when: { type: 'Delete' },
      by: luc,
      expect: [refused('not-from-here', { allowedFrom: { working: ['draft'] } })],
    }))

  it('DiscardRevision is refused while nothing was ever live', () =>
    scenario(rules, {
      given: draftListing(),
      when: { type: 'DiscardRevision' },
      by: luc,
      expect: [
        refused('never-live', {
          message: 'DiscardRevision needs a revision that is or was live; there is none yet.',
        }),
      ],
    }))

  it('StartRevision is refused while there is a working revision', () =>
    scenario(rules, {
      given: draftListing(),
      when: { type: 'StartRevision' },
      by: luc,
      expect: [refused('not-from-here')],
    }))
})

describe('while it is with the reviewers', () => {
  for (const [state, given] of [
    ['submitted', submittedListing()],
    ['in review', listingInReview()],
  ] as const) {
    it(`${state}: Revise, ClaimVanityUrl and ReleaseVanityUrl are refused, and say from where they are possible`, async () => {
      for (const when of [
        { type: 'Revise', changes: { headline: 'New' } },
        { type: 'ClaimVanityUrl', slug: 'ledgerline' },
      ]) {
        const allowedFrom = { working: ['draft', 'rejected', 'approved'] }
        await scenario(rules, { given: [given], when, by: luc, expect: [refused('not-from-here', { allowedFrom })] })
      }
      const slugged = [
        draftListing({ slug: 'ledgerline' }),
        { by: luc, ask: { type: 'Submit', publishMode: 'manual' } },
      ]
      await scenario(rules, {
        given: slugged,
        when: { type: 'ReleaseVanityUrl' },
        by: luc,
        expect: [refused('not-from-here')],
      })
    })
  }
})

describe('when approved', () => {
  it('T12 revising voids the approval and stops the clock', async () => {
    const { listing } = await scenario(rules, {
      given: approvedListing(),
      when: { type: 'Revise', changes: { headline: 'New' } },
      by: luc,
      expect: [event('Revised')],
    })
    expect(listing.working.status).toBe('draft')
    await scenario(rules, {
      given: [approvedListing(), { by: luc, ask: { type: 'Revise', changes: { headline: 'New' } } }],
      after: { days: 61 },
      when: [{ catchUp: true }],
      expect: [],
    })
  })

  it('T12 claiming a vanity URL voids the approval too: the slug is part of what was approved', async () => {
    const { listing } = await scenario(rules, {
      given: approvedListing(),
      when: { type: 'ClaimVanityUrl', slug: 'ledgerline' },
      by: luc,
      expect: [event('VanityUrlClaimed', { slug: 'ledgerline' })],
    })
    expect(listing.working).toMatchObject({ status: 'draft', slug: 'ledgerline' })
  })
})

describe('vanity URLs', () => {
  const claim = (slug: string) => ({ type: 'ClaimVanityUrl', slug })

  it('T17 three to sixty of a-z, 0-9 and - are a slug; anything else is refused', async () => {
    for (const slug of ['abc', 'a-1', 'x'.repeat(60)]) {
      await scenario(rules, {
        given: draftListing(),
        when: claim(slug),
        by: luc,
        expect: [event('VanityUrlClaimed', { slug })],
      })
    }
    for (const slug of ['ab', 'x'.repeat(61), 'Ledger', 'led ger', 'lédger', '']) {
      await scenario(rules, { given: draftListing(), when: claim(slug), by: luc, expect: [refused('slug-invalid')] })
    }
  })

  it('T17 what is no slug is repeated, as far as a sentence bears it', () =>
    scenario(rules, {
      given: draftListing(),
      when: claim('X'.repeat(100)),
      by: luc,
      expect: [
        refused('slug-invalid', {
          message: `"${'X'.repeat(80)}" cannot be a vanity URL: 3 to 60 of a-z, 0-9 and - are expected.`,
        }),
      ],
    }))

  it('T17 reserved words are refused', () =>
    scenario(rules, {
      given: draftListing(),
      when: claim('admin'),
      by: luc,
      expect: [refused('slug-reserved', { message: '"admin" is reserved by the marketplace.' })],
    }))

  it('T17 a slug that another listing holds is taken', () =>
    scenario(rules, {
      given: [
        draftListing({ slug: 'ledgerline' }),
        { by: luc, ask: { ...create, listingId: '0190a000-0000-7000-8000-000000000002' } },
      ],
      when: { ...claim('ledgerline'), listingId: '0190a000-0000-7000-8000-000000000002' },
      by: luc,
      expect: [refused('slug-taken', { message: '"ledgerline" is taken by another listing.' })],
    }))

  it('T17 a slug that is released is named', () =>
    scenario(rules, {
      given: draftListing({ slug: 'ledgerline' }),
      when: { type: 'ReleaseVanityUrl' },
      by: luc,
      expect: [event('VanityUrlReleased', { slug: 'ledgerline' })],
    }))

  it('T17 while nothing is worked on, no slug is released', () =>
    scenario(rules, {
      given: liveListing({ slug: 'ledgerline' }),
      when: { type: 'ReleaseVanityUrl' },
      by: luc,
      expect: [refused('not-from-here')],
    }))

  it('T33 claiming the slug that it has, or releasing none, writes nothing', async () => {
    await scenario(rules, {
      given: draftListing({ slug: 'ledgerline' }),
      when: claim('ledgerline'),
      by: luc,
      expect: [nothing],
    })
    for (const given of [draftListing(), submittedListing()]) {
      await scenario(rules, { given, when: { type: 'ReleaseVanityUrl' }, by: luc, expect: [nothing] })
    }
  })

  it('T17 the listing itself claims again what it once was live under', () =>
    scenario(rules, {
      given: [
        liveListing({ slug: 'ledgerline' }),
        { by: luc, ask: { type: 'StartRevision' } },
        { by: luc, ask: { type: 'ReleaseVanityUrl' } },
      ],
      when: claim('ledgerline'),
      by: luc,
      expect: [event('VanityUrlClaimed', { slug: 'ledgerline' })],
    }))

  for (const [how, step] of [
    ['another is claimed', { by: luc, ask: claim('ledger-two') }],
    ['it is released', { by: luc, ask: { type: 'ReleaseVanityUrl' } }],
    ['the draft is deleted', { by: luc, ask: { type: 'Delete' } }],
  ] as const) {
    it(`T17 a slug that was never live is free again when ${how}`, () =>
      scenario(rules, {
        given: [
          draftListing({ slug: 'ledgerline' }),
          step,
          { by: luc, ask: { ...create, listingId: '0190a000-0000-7000-8000-000000000002' } },
        ],
        when: { ...claim('ledgerline'), listingId: '0190a000-0000-7000-8000-000000000002' },
        by: luc,
        expect: [event('VanityUrlClaimed')],
      }))
  }

  it('T17 a slug that was ever live stays the listing’s for good, also after a withdrawal', async () => {
    await scenario(rules, {
      given: [
        liveListing({ slug: 'ledgerline' }),
        { by: luc, ask: { type: 'Withdraw', reason: 'Pause' } },
        { by: luc, ask: { type: 'StartRevision' } },
        { by: luc, ask: { type: 'ReleaseVanityUrl' } },
        { by: luc, ask: { ...create, listingId: '0190a000-0000-7000-8000-000000000002' } },
      ],
      when: { ...claim('ledgerline'), listingId: '0190a000-0000-7000-8000-000000000002' },
      by: luc,
      expect: [refused('slug-taken')],
    })
  })

  it('T17 claiming another slug for an update frees none that was ever live', () =>
    scenario(rules, {
      given: [
        updatedListing({ slug: 'ledgerline' }),
        { by: luc, ask: claim('ledger-two') },
        { by: luc, ask: { ...create, listingId: '0190a000-0000-7000-8000-000000000002' } },
      ],
      when: { ...claim('ledgerline'), listingId: '0190a000-0000-7000-8000-000000000002' },
      by: luc,
      expect: [refused('slug-taken')],
    }))

  it('T17 a slug that two revisions were live under is kept once', async () => {
    const { listing } = await scenario(rules, { given: listingLiveTwice({ slug: 'ledgerline' }), when: [], expect: [] })
    expect(listing.slugsEverLive).toEqual(['ledgerline'])
  })

  it('T17 the live link changes only with Published: a slug claimed for an update waits for it', async () => {
    const claimed = [updatedListing(), { by: luc, ask: claim('ledgerline') }]
    const draft = await scenario(rules, { given: claimed, when: [{ catchUp: true }], expect: [] })
    expect(draft.listing.live).toMatchObject({ status: 'public', path: `/listings/${draft.listing.id}` })
    const submit = { by: luc, ask: { type: 'Submit', publishMode: 'manual' } }
    const check = { by: rita, ask: { type: 'RecordCheck', check: 'content', verdict: 'passed' } }
    await scenario(rules, {
      given: [claimed, submit, check, { by: rita, ask: { type: 'Approve' } }],
      when: { type: 'Publish' },
      by: luc,
      expect: [event('Published', { revision: 2, path: '/ledgerline' }), event('Superseded', { revision: 1 })],
    })
  })
})

describe('when a revision is or was live', () => {
  it('StartRevision begins the next revision from the live one', async () => {
    const { listing } = await scenario(rules, {
      given: liveListing(),
      when: { type: 'StartRevision' },
      by: luc,
      expect: [event('RevisionStarted', { revision: 2, from: 1 })],
    })
    expect(listing.live).toMatchObject({ status: 'public', revision: 1 })
  })

  it('StartRevision begins from an archived one that is named, else from the newest when nothing is live', async () => {
    await scenario(rules, {
      given: listingLiveTwice(),
      when: { type: 'StartRevision', from: 1 },
      by: luc,
      expect: [event('RevisionStarted', { revision: 3, from: 1 })],
    })
    await scenario(rules, {
      given: [listingLiveTwice(), { by: luc, ask: { type: 'Withdraw', reason: 'Pause' } }],
      when: { type: 'StartRevision' },
      by: luc,
      expect: [event('RevisionStarted', { revision: 3, from: 2 })],
    })
  })

  it('T21 StartRevision begins from the live revision after a rollback, not from the newest', () =>
    scenario(rules, {
      given: [listingLiveTwice(), { by: luc, ask: { type: 'Republish', revision: 1 } }],
      when: { type: 'StartRevision' },
      by: luc,
      expect: [event('RevisionStarted', { revision: 3, from: 1 })],
    }))

  it('StartRevision refuses a revision that was never live', async () => {
    await scenario(rules, {
      given: liveListing(),
      when: { type: 'StartRevision', from: 7 },
      by: luc,
      expect: [refused('unknown-revision', { message: 'Revision 7 was never live; 1 was.', revisions: [1] })],
    })
    await scenario(rules, {
      given: listingLiveTwice(),
      when: { type: 'StartRevision', from: 7 },
      by: luc,
      expect: [refused('unknown-revision', { message: 'Revision 7 was never live; 1, 2 were.', revisions: [1, 2] })],
    })
  })

  it('DiscardRevision gives up the update, and the live revision stays', async () => {
    const { listing } = await scenario(rules, {
      given: updatedListing(),
      when: { type: 'DiscardRevision' },
      by: luc,
      expect: [event('RevisionDiscarded', { revision: 2 })],
    })
    expect(listing.working.status).toBe('none')
    expect(listing.live).toMatchObject({ status: 'public', revision: 1 })
  })

  it('DiscardRevision gives up an update that was rejected, too', () =>
    scenario(rules, {
      given: [
        updatedListing(),
        { by: luc, ask: { type: 'Submit', publishMode: 'manual' } },
        { by: rita, ask: { type: 'Reject', reasons: [{ seen: 'x', howToFix: 'y' }] } },
      ],
      when: { type: 'DiscardRevision' },
      by: luc,
      expect: [event('RevisionDiscarded', { revision: 2 })],
    }))

  it('T17 DiscardRevision frees a slug that was never live', () =>
    scenario(rules, {
      given: [
        updatedListing(),
        { by: luc, ask: { type: 'ClaimVanityUrl', slug: 'ledgerline' } },
        { by: luc, ask: { type: 'DiscardRevision' } },
        { by: luc, ask: { ...create, listingId: '0190a000-0000-7000-8000-000000000002' } },
      ],
      when: { type: 'ClaimVanityUrl', slug: 'ledgerline', listingId: '0190a000-0000-7000-8000-000000000002' },
      by: luc,
      expect: [event('VanityUrlClaimed')],
    }))

  it('DiscardRevision is refused once the update is approved', () =>
    scenario(rules, {
      given: approvedUpdate(),
      when: { type: 'DiscardRevision' },
      by: luc,
      expect: [refused('not-from-here')],
    }))
})
