import {
  alwaysReviewed,
  appContent,
  decideBy,
  defaultKinds,
  defineMarketplace,
  isRefused,
  type JsonObject,
  type Kind,
  type Kinds,
  listingAggregate,
  nextActions,
  type Rules,
  sameJson,
} from '@vitrine/core'
import {
  answerOf,
  approval,
  ask,
  type Beginning,
  begin,
  event,
  factsFor,
  likelyMoves,
  listingId,
  livedWorlds,
  people,
  publisherId,
  refused,
  scenario,
  updatedListing,
  type World,
  wait,
} from '@vitrine/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'

const baseUrl = 'https://market.example'
const rules = defineMarketplace({ baseUrl })
const { ada, luc, rita, olaf, vic } = people

type Ask = readonly [by: Parameters<typeof ask>[1], type: string, payload?: object]

/** A world after somebody asked for this, each of which is done. */
function after(world: World, ...asked: readonly Ask[]): World {
  return asked.reduce((before, [by, type, payload = {}]) => {
    const ids = type in listingAggregate.rows ? { listingId } : { publisherId }
    const next = ask(wait(before, 60_000), by, { type, ...ids, ...payload })
    const answer = answerOf(next)
    if (isRefused(answer)) throw new Error(`${type} was refused: ${answer.refused.message}`)
    return next
  }, world)
}

function world(from: Beginning, given: Rules = rules): World {
  return begin(given, from)
}

/** An update with these changes, handed in by a publisher that is trusted. */
function update(changes: JsonObject, given: Rules = rules, kind?: string): World {
  const submit: Ask = [ada, 'Submit', { publishMode: 'manual', comment: 'Please' }]
  return after(begin(given, 'update', kind), [olaf, 'GrantAutoApproval'], [ada, 'Revise', { changes }], submit)
}

function submissionIn({ listing: { working } }: World): { submissionId: string; contentHash: string } {
  if (!('submission' in working)) return { submissionId: listingId, contentHash: '' }
  return { submissionId: working.submission.id, contentHash: working.submission.contentHash }
}

function reviewed(there: World): readonly Ask[] {
  return [
    [rita, 'RecordCheck', { check: 'content', verdict: 'passed' }],
    [rita, 'Approve', submissionIn(there)],
  ]
}

/** What the system is told that asks for the approval: the events, or why not. */
function decided(there: World, named: object = {}): unknown {
  const answer = answerOf(ask(there, 'system', { type: 'Approve', listingId, ...submissionIn(there), ...named }))
  return isRefused(answer) ? answer.refused : answer.map(({ type, data, metadata }) => ({ type, data, metadata }))
}

describe('an update of a trusted publisher that touches nothing sensitive', () => {
  it('T23 is approved by the system without a review, on the basis of trust; the clock runs as ever', () => {
    const there = { ...world('trustedUpdate'), now: '2026-03-01T00:00:00.000Z' }
    expect(decided(there)).toEqual([
      {
        type: 'Approved',
        data: {
          submissionId: expect.any(String),
          contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
          approvedAt: '2026-03-01T00:00:00.000Z',
          publishBy: '2026-04-30T00:00:00.000Z',
          publishMode: 'manual',
          basis: 'trusted-update',
        },
        metadata: expect.objectContaining({ actor: { id: 'system', name: 'Vitrine', role: 'system' } }),
      },
    ])
  })

  it('T23 needs no check, whatever the rules require of a review', () => {
    expect(decided(update({ headline: 'New' }, rules, 'service'))).toMatchObject([{ type: 'Approved' }])
  })

  it('T23 while a private revision is live, too', () => {
    expect(decided(after(world('trustedUpdate'), [ada, 'MakePrivate']))).toMatchObject([{ type: 'Approved' }])
  })

  it('T23 a question that was answered, and advice, do not hinder it', () => {
    const asked = after(
      world('trustedUpdate'),
      [rita, 'SuggestChanges', { field: 'headline', text: 'Shorter' }],
      [rita, 'AskQuestion', { text: 'Since when?' }],
    )
    const questionId = asked.listing.questionsAsked.at(-1)
    expect(decided(after(asked, [ada, 'AnswerQuestion', { questionId, text: 'May' }]))).toMatchObject([
      { type: 'Approved' },
    ])
  })

  it('T15 T23 a verdict that carried over from the submission before does not hinder it: nobody has begun on this one', () => {
    const again = after(
      world('trustedUpdate'),
      [rita, 'RecordCheck', { check: 'content', verdict: 'passed' }],
      [ada, 'RecallSubmission'],
      [ada, 'Submit', { publishMode: 'manual' }],
    )
    expect(again.listing.working).toMatchObject({ submission: { verdicts: { content: { carried: true } } } })
    expect(decided(again)).toMatchObject([{ type: 'Approved' }])
  })

  it('T9 T23 in mode auto without the right to it, it is approved in mode manual, and says so', () => {
    const auto = after(world('trustedUpdate'), [ada, 'ChangePublishMode', { mode: 'auto' }])
    expect(decided(auto)).toMatchObject([{ data: { publishMode: 'auto' } }])
    expect(decided(after(auto, [olaf, 'RevokeAutoPublish']))).toMatchObject([
      { data: { basis: 'trusted-update', publishMode: 'manual', autoPublishDenied: 'right' } },
    ])
  })

  it('T33 T23 asked again when it is approved, by whomever, writes nothing', () => {
    expect(decided(world('trustedApproval'))).toEqual([])
    const handedIn = world('trustedUpdate')
    expect(decided(after(handedIn, ...reviewed(handedIn)))).toEqual([])
  })

  it('T23 an approval by the system may be revised, expires and is published like any other', () => {
    const approved = world('trustedApproval')
    expect(after(approved, [ada, 'Publish', { revision: 2 }]).listing.live).toMatchObject({ revision: 2 })
    expect(after(approved, [ada, 'Revise', { changes: { headline: 'Again' } }]).listing.working.status).toBe('draft')
    const late = ask(wait(approved, 61 * 24 * 60 * 60 * 1000), ada, { type: 'Publish', listingId, revision: 2 })
    expect(late.events.at(-1)).toMatchObject({ type: 'AutoRejected' })
  })

  it('T15 T23 no check carries over from it: none was passed', () => {
    const revised = after(
      world('trustedApproval'),
      [ada, 'Revise', { changes: { headline: 'Elsewhere' } }],
      [ada, 'Revise', { changes: { headline: 'Better than before' } }],
      [ada, 'Submit', { publishMode: 'manual', comment: 'As it was' }],
    )
    expect(revised.listing.working).toMatchObject({ submission: { unchanged: true, verdicts: {} } })
    expect(decided(revised)).toMatchObject([{ type: 'Approved' }])
  })
})

describe('the system approves nothing else', () => {
  const submitted = world('trustedUpdate')
  const question: Ask = [rita, 'AskQuestion', { text: 'Since when?', blocking: false }]
  const again: Ask = [ada, 'Submit', { publishMode: 'manual', comment: 'Look again' }]
  const reasons = [{ seen: 'A boast', howToFix: 'Prove it' }]
  const reject: Ask = [rita, 'Reject', { ...submissionIn(submitted), reasons }]

  it.each<[string, World, object]>([
    [
      'once a review has started',
      after(submitted, [rita, 'StartReview']),
      {
        code: 'review-started',
        message: 'A reviewer has begun to review it; only a reviewer decides on it now.',
      },
    ],
    [
      'while the review is held',
      after(submitted, [rita, 'StartReview'], [rita, 'HoldReview', { reason: 'Legal' }]),
      { code: 'review-started' },
    ],
    [
      'once a check has passed',
      after(submitted, [rita, 'RecordCheck', { check: 'content', verdict: 'passed' }]),
      { code: 'review-started' },
    ],
    [
      'once a reviewer gave a verdict',
      after(submitted, [rita, 'RecordCheck', { check: 'security', verdict: 'failed' }]),
      { code: 'review-started' },
    ],
    [
      'once a reviewer requested evidence',
      after(submitted, [rita, 'RequestEvidence', { check: 'security', text: 'A report' }]),
      { code: 'review-started' },
    ],
    [
      'while a question is open',
      after(submitted, question),
      {
        code: 'question-open',
        message: 'A reviewer has asked something that is open.',
        questions: [expect.any(String)],
      },
    ],
    ['when nothing is live any more', after(submitted, [ada, 'Withdraw', { reason: 'Retired' }]), { code: 'not-live' }],
    ['when nothing was ever live', after(world('draft'), [olaf, 'GrantAutoApproval'], again), { code: 'not-live' }],
    [
      'while the listing is suspended',
      after(submitted, [olaf, 'Suspend', { reason: 'A complaint' }]),
      { code: 'listing-suspended' },
    ],
    [
      'while the publisher is suspended',
      after(submitted, [olaf, 'SuspendPublisher', { reason: 'Unpaid' }]),
      { code: 'publisher-suspended' },
    ],
    [
      'without the right to it',
      after(world('update'), again),
      {
        code: 'auto-approval-not-granted',
        message: 'The marketplace has not granted this publisher the right to updates without a review.',
      },
    ],
    [
      'when the right was revoked',
      after(submitted, [olaf, 'RevokeAutoApproval']),
      { code: 'auto-approval-not-granted' },
    ],
    [
      'when the other right alone is held',
      after(submitted, [olaf, 'RevokeAutoApproval'], [olaf, 'RevokeAutoPublish'], [olaf, 'GrantAutoPublish']),
      { code: 'auto-approval-not-granted' },
    ],
    [
      'what a reviewer rejected and was handed in again as it was',
      after(submitted, reject, again),
      {
        code: 'rejected-before',
        message: 'A reviewer has rejected the very same content; only a reviewer approves it.',
      },
    ],
    ['of a draft', after(submitted, [ada, 'RecallSubmission']), { code: 'not-from-here' }],
  ])('T23 %s', (_, there, refusal) => {
    expect(decided(there)).toMatchObject(refusal)
    const next = nextActions(listingAggregate, there.listing, factsFor(there, 'system'))
    expect(next.find(({ command }) => command === 'Approve')?.refused).toMatchObject(refusal)
  })

  it('T23 what differs from what a reviewer rejected is approved again', () => {
    const other = after(submitted, reject, [ada, 'Revise', { changes: { headline: 'Modest' } }], again)
    expect(decided(other)).toMatchObject([{ type: 'Approved' }])
  })

  it('T21 T23 what an operator withdrew does not go live again by trust, only what differs from it', () => {
    const withdrawn = after(begin(rules, 'live'), [olaf, 'GrantAutoApproval'], [olaf, 'Withdraw', { reason: 'A lie' }])
    const second = after(withdrawn, [ada, 'StartRevision'], [ada, 'Revise', { changes: { headline: 'Honest' } }], again)
    const live = after(second, ...reviewed(second), [ada, 'Publish', { revision: 2 }])
    const third = after(live, [ada, 'StartRevision', { from: 1 }])
    expect(decided(after(third, again))).toMatchObject({
      code: 'withdrawn-before',
      revision: 1,
      message: 'An operator withdrew the very same content, revision 1; only a reviewer approves it.',
    })
    const moved = after(third, [ada, 'ClaimVanityUrl', { slug: 'honest' }], again)
    expect(decided(moved)).toMatchObject({ code: 'review-needed', fields: ['slug'] })
    const other = after(third, [ada, 'Revise', { changes: { headline: 'Modest' } }], again)
    expect(decided(other)).toMatchObject([{ type: 'Approved' }])
  })

  it('T14 T23 the submission and the hash are those that it names', () => {
    expect(decided(submitted, { submissionId: '0190a000-0000-7000-8000-0000000000ff' })).toMatchObject({
      code: 'submission-outdated',
    })
    expect(decided(submitted, { contentHash: 'f'.repeat(64) })).toMatchObject({ code: 'content-changed' })
  })

  it('T23 a slug that was claimed needs a review', () => {
    const claimed = after(
      world('update'),
      [olaf, 'GrantAutoApproval'],
      [ada, 'ClaimVanityUrl', { slug: 'ledger' }],
      again,
    )
    expect(decided(claimed)).toMatchObject({ code: 'review-needed', fields: ['slug'] })
  })

  it('T23 what differs is told by the revision that is live at that moment, also after a rollback', () => {
    const pricing = { model: 'free' }
    const handedIn = update({ pricing })
    expect(decided(handedIn)).toMatchObject({ code: 'review-needed', fields: ['pricing'] })
    const cheap = after(
      handedIn,
      ...reviewed(handedIn),
      [ada, 'Publish', { revision: 2 }],
      [ada, 'StartRevision'],
      [ada, 'Revise', { changes: { headline: 'Free at last' } }],
      again,
    )
    expect(decided(cheap)).toMatchObject([{ type: 'Approved' }])
    const rolledBack = after(cheap, [ada, 'Republish', { revision: 1 }])
    expect(decided(rolledBack)).toMatchObject({ code: 'review-needed', fields: ['pricing'] })
  })

  it('T23 people never approve in its place: a reviewer approves what was reviewed, others nothing', async () => {
    const given = [
      updatedListing(),
      { by: olaf, ask: { type: 'GrantAutoApproval' } },
      { by: luc, ask: { type: 'Submit', publishMode: 'manual' } },
    ]
    const when = { type: 'Approve' }
    await scenario(rules, { given, when, by: rita, expect: [refused('checks-open', { checks: ['content'] })] })
    await scenario(rules, { given, when, by: luc, expect: [refused('role-may-not')] })
    await scenario(rules, { given, when, by: vic, expect: [refused('role-may-not')] })
    await scenario(rules, {
      given,
      when: approval(),
      expect: [event('CheckPassed'), event('Approved', { basis: 'review' })],
    })
  })
})

describe('which fields always need a review', () => {
  const image = { url: 'https://files.example/i.png', mediaType: 'image/png', bytes: 1, sha256: '0'.repeat(64) }
  const sensitive: readonly [string, string, JsonObject[string]][] = [
    ['name', 'app', 'Another name'],
    ['pricing', 'app', { model: 'paid', terms: '30 EUR a month' }],
    ['termsOfUse', 'app', 'All yours'],
    ['demoUrl', 'app', 'https://demo.example'],
    ['supportLinks', 'app', [{ label: 'Help', url: 'https://help.example' }]],
    ['supportContacts', 'app', [{ email: 'other@publisher.example' }]],
    ['documents', 'app', [{ ...image, mediaType: 'application/pdf', category: 'dataSheet', caption: 'Figures' }]],
    ['productVersion', 'app', { number: '2' }],
    ['offered', 'service', [{ service: 'consulting' }]],
    ['trainedPeople', 'service', [{ training: 'Bookkeeping', people: 3 }]],
  ]
  const ordinary: readonly [string, string, JsonObject[string]][] = [
    ['headline', 'app', 'Other words'],
    ['longDescription', 'app', 'Many other words'],
    ['icon', 'app', { ...image, alt: 'An icon' }],
    ['screenshots', 'app', [{ ...image, caption: 'One' }]],
    ['categories', 'app', ['Accounting']],
    ['markets', 'app', ['FR']],
    ['systemRequirements', 'app', 'A browser'],
    ['keywords', 'service', ['books']],
    ['geography', 'service', ['Everywhere']],
  ]

  it.each(sensitive)('T23 %s of a built-in kind does (%s)', (field, kind, value) => {
    expect(decided(update({ [field]: value }, rules, kind))).toMatchObject({ code: 'review-needed', fields: [field] })
  })

  it.each(ordinary)('T23 %s of a built-in kind does not (%s)', (field, kind, value) => {
    expect(decided(update({ [field]: value }, rules, kind))).toMatchObject([{ type: 'Approved' }])
  })

  it('T23 one that is removed is one that differs, and all that differ are named', () => {
    const withDemo = update({ demoUrl: 'https://demo.example', termsOfUse: 'Ours' })
    expect(decided(withDemo)).toMatchObject({
      message: 'What differs from the live revision always needs a review: demoUrl, termsOfUse.',
      fields: ['demoUrl', 'termsOfUse'],
    })
    const without = after(
      withDemo,
      ...reviewed(withDemo),
      [ada, 'Publish', { revision: 2 }],
      [ada, 'StartRevision'],
      [ada, 'Revise', { changes: { demoUrl: null, headline: 'Shorter' } }],
      [ada, 'Submit', { publishMode: 'manual' }],
    )
    expect(decided(without)).toMatchObject({ fields: ['demoUrl'] })
  })

  it('T23 of the built-in kinds these do', () => {
    expect(alwaysReviewed(rules.kinds.app)).toEqual([
      'name',
      'documents',
      'supportContacts',
      'supportLinks',
      'productVersion',
      'demoUrl',
      'pricing',
      'termsOfUse',
    ])
    expect(alwaysReviewed(rules.kinds.service)).toEqual([
      'name',
      'documents',
      'offered',
      'trainedPeople',
      'supportContacts',
      'supportLinks',
      'pricing',
      'termsOfUse',
    ])
  })

  it('T23 what a marketplace adds to a built-in schema does, though it spreads the kind', () => {
    const content = appContent.extend({ region: z.string().optional() })
    const own = defineMarketplace({ baseUrl, kinds: { app: { ...defaultKinds.app, content } } })
    expect(alwaysReviewed(own.kinds.app)).toEqual([...alwaysReviewed(rules.kinds.app), 'region'])
    expect(decided(update({ region: 'eu' }, own))).toMatchObject({ code: 'review-needed', fields: ['region'] })
    expect(decided(update({ headline: 'New' }, own))).toMatchObject([{ type: 'Approved' }])
  })

  it('T23 in a kind of a marketplace’s own that names none, all do but those that are ordinary in a built-in kind', () => {
    const content = z.object({ name: z.string(), headline: z.string(), rows: z.int(), pricing: z.string() })
    expect(alwaysReviewed({ content, checks: {} })).toEqual(['name', 'rows', 'pricing'])
  })

  it('T23 what a kind names does, nothing else, and the name whatever it says', () => {
    const reviewing = (reviewAlways: NonNullable<Kind['reviewAlways']>) =>
      defineMarketplace<Kinds>({ baseUrl, kinds: { app: { ...defaultKinds.app, reviewAlways } } })
    expect(decided(update({}, reviewing(['headline'])))).toMatchObject({ fields: ['headline'] })
    expect(decided(update({ pricing: { model: 'free' } }, reviewing(['keywords'])))).toMatchObject([
      { type: 'Approved' },
    ])
    expect(decided(update({ name: 'New' }, reviewing([])))).toMatchObject({ fields: ['name'] })
  })

  it('T23 a field that the kind no longer has does', () => {
    const there = world('trustedUpdate')
    const { headline: _, ...shape } = appContent.shape
    const content = z.object(shape)
    const facts = factsFor(there, 'system')
    const kinds = { app: { ...defaultKinds.app, content, reviewAlways: [] } }
    const answer = decideBy(listingAggregate, listingAggregate.rows.Approve!, {
      command: { type: 'Approve', listingId, ...submissionIn(there) },
      state: there.listing,
      facts: { ...facts, rules: { ...rules, kinds } },
    })
    expect(answer).toMatchObject({ refused: { code: 'review-needed', fields: ['headline'] } })
  })
})

describe('over random histories', { timeout: 120_000 }, () => {
  const worlds = livedWorlds(rules)

  it('T23 whatever the system approved was a trusted update, and nothing that a reviewer approved says so', () => {
    let approvals = 0
    fc.assert(
      fc.property(worlds, ({ asked }) => {
        for (const { before, facts, answer } of asked) {
          const approved = isRefused(answer) ? undefined : answer.find(({ type }) => type === 'Approved')
          if (!approved) continue
          expect(approved.data.basis).toBe(facts.asker.system ? 'trusted-update' : 'review')
          if (!facts.asker.system || !('working' in before)) continue
          approvals += 1
          expect(isTrusted({ listing: before, publisher: facts.publisher })).toBe(true)
        }
      }),
      { numRuns: 150 },
    )
    expect(approvals).toBeGreaterThan(0)
  })

  it('T23 every trusted update is approved when the system asks, and nothing else is', () => {
    const met = { trusted: 0, refused: 0 }
    const near = fc
      .record({
        world: fc.constantFrom(world('trustedUpdate'), world('update')),
        picks: fc.array(fc.nat(), { maxLength: 4 }),
      })
      .map(({ world, picks }) => picks.reduce(likelyStep, world))
    fc.assert(
      fc.property(near, (there) => {
        if (!('submission' in there.listing.working) || there.listing.working.status === 'approved') return
        const trusted = isTrusted(there)
        met[trusted ? 'trusted' : 'refused'] += 1
        expect(decided(there)).toMatchObject(trusted ? [{ type: 'Approved' }] : { code: expect.any(String) })
      }),
      { numRuns: 400 },
    )
    expect(Math.min(met.trusted, met.refused)).toBeGreaterThan(0)
  })
})

function likelyStep(there: World, pick: number): World {
  const moves = likelyMoves(there)
  const { by, command } = moves[pick % moves.length]!
  return ask(wait(there, 1), by, command)
}

/** The rule as the domain page has it, written apart from the code. The generated stories change no other fields. */
function isTrusted({ listing, publisher }: Pick<World, 'listing' | 'publisher'>): boolean {
  const { working, live, archive } = listing
  if (working.status !== 'submitted' || (live.status !== 'public' && live.status !== 'private')) return false
  if (!publisher.rights.autoApproval || publisher.status !== 'approved') return false
  const { questions, verdicts, madeRequired, contentHash } = working.submission
  if (Object.values(questions).some(({ status }) => status === 'open')) return false
  if (madeRequired.length > 0 || Object.values(verdicts).some(({ carried }) => !carried)) return false
  if (listing.rejectedHash === contentHash) return false
  const before = archive[live.revision]!
  const same = (field: string) => sameJson(before.content[field] ?? null, working.content[field] ?? null)
  return before.slug === working.slug && ['name', 'pricing', 'offered', 'supportContacts'].every(same)
}
