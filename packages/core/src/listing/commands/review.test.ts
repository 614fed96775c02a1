import {
  defineMarketplace,
  type Listing,
  listingAggregate,
  nextActions,
  type Person,
  type Refusal,
  sealPersonal,
} from '@vitrine/core'
import {
  approval,
  approvedListing,
  ask,
  type By,
  begin,
  draftListing,
  event,
  factsFor,
  listingId,
  listingInReview,
  nothing,
  people,
  refused,
  scenario,
  submittedListing,
  type World,
} from '@vitrine/testing'
import { describe, expect, it } from 'vitest'
import { evidenceReaders } from '../evidence-readers.js'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const { ada, luc, sam, rita, olaf, zoe } = people
const question = (blocking: boolean) => ({ type: 'AskQuestion', text: 'Which banks?', blocking })
const answer = { type: 'AnswerQuestion', text: 'All of them.' }
const anotherId = '0190a000-0000-7000-8000-0000000000ff'

describe('when submitted', () => {
  it('StartReview puts it under review, by the reviewer who asks', () =>
    scenario(rules, {
      given: submittedListing(),
      when: { type: 'StartReview' },
      by: rita,
      expect: [event('ReviewStarted', { reviewer: 'u-rita' })],
    }))

  it('T33 StartReview by the reviewer of a submission that was recalled or rejected is refused, for it holds no more', async () => {
    for (const ended of [
      { by: luc, ask: { type: 'RecallSubmission' } },
      { by: rita, ask: { type: 'Reject', reasons: [{ seen: 'x', howToFix: 'y' }] } },
    ]) {
      const given = [listingInReview(), ended]
      await scenario(rules, { given, when: { type: 'StartReview' }, by: rita, expect: [refused('not-from-here')] })
    }
  })

  it('an operator may do all that a reviewer may', () =>
    scenario(rules, {
      given: submittedListing(),
      when: { type: 'StartReview' },
      by: olaf,
      expect: [event('ReviewStarted')],
    }))

  it('T33 StartReview again by the same reviewer writes nothing; by another it is refused', async () => {
    await scenario(rules, { given: listingInReview(), when: { type: 'StartReview' }, by: rita, expect: [nothing] })
    await scenario(rules, {
      given: listingInReview(),
      when: { type: 'StartReview' },
      by: olaf,
      expect: [refused('not-from-here')],
    })
  })

  it('the publisher does not review', () =>
    scenario(rules, {
      given: submittedListing(),
      when: { type: 'StartReview' },
      by: luc,
      expect: [refused('role-may-not')],
    }))

  it('T27 staff who are on the publisher’s team give no staff command on its listings', () =>
    scenario(rules, {
      given: [
        submittedListing(),
        { by: ada, ask: { type: 'AddMember', actorId: rita.id, name: rita.name, role: 'viewer' } },
      ],
      when: { type: 'StartReview' },
      by: rita,
      expect: [refused('conflict-of-interest')],
    }))

  it('T34 a stranger gets the answer of an unknown id', () =>
    scenario(rules, {
      given: submittedListing(),
      when: { type: 'StartReview' },
      by: zoe,
      expect: [refused('unknown-listing')],
    }))
})

describe('questions', () => {
  it('AskQuestion asks, AnswerQuestion answers, and nobody is hindered any more', async () => {
    const { listing } = await scenario(rules, {
      given: listingInReview(),
      when: [
        { by: rita, ask: question(true) },
        { by: luc, ask: answer },
      ],
      expect: [
        event('QuestionAsked', { blocking: true }, 'u-rita'),
        event('QuestionAnswered', { text: 'All of them.' }, 'u-luc'),
      ],
    })
    expect(Object.values('submission' in listing.working ? listing.working.submission.questions : {})).toEqual([
      { text: 'Which banks?', blocking: true, status: 'answered', answer: 'All of them.' },
    ])
  })

  it('AskQuestion blocks nothing unless it says so', () =>
    scenario(rules, {
      given: listingInReview(),
      when: { type: 'AskQuestion', text: 'Which banks?' },
      by: rita,
      expect: [event('QuestionAsked', { blocking: false })],
    }))

  it('a question is what is written without the blanks around it, and blanks alone ask nothing', async () => {
    const asks = (text: string) => ({ type: 'AskQuestion', text })
    const given = listingInReview()
    const expected = [event('QuestionAsked', { text: 'Which banks?' })]
    await scenario(rules, { given, when: asks(' Which banks?\n'), by: rita, expect: expected })
    await scenario(rules, { given, when: asks(' \n'), by: rita, expect: [refused('invalid-command')] })
  })

  it('what may be done next says that nothing can be answered or closed, once every question was', () => {
    const none = reviewed()
    const open = reviewed([rita, 'AskQuestion', { text: 'Which banks?' }])
    const [questionId] = open.listing.questionsAsked
    const answered = after(open, [luc, 'AnswerQuestion', { questionId, text: 'All of them.' }])
    expect([none, open, answered].map((world) => hindrance(world, luc, 'AnswerQuestion')?.code)).toEqual([
      'question-closed',
      undefined,
      'question-closed',
    ])
    expect([none, open, answered].map((world) => hindrance(world, rita, 'CloseQuestion')?.code)).toEqual([
      'question-closed',
      undefined,
      'question-closed',
    ])
  })

  it('AskQuestion is refused on a draft', () =>
    scenario(rules, { given: draftListing(), when: question(false), by: rita, expect: [refused('not-from-here')] }))

  it('T33 asking twice asks twice: a question is an entry', () =>
    scenario(rules, {
      given: listingInReview(),
      when: [
        { by: rita, ask: question(false) },
        { by: rita, ask: question(false) },
      ],
      expect: [event('QuestionAsked'), event('QuestionAsked')],
    }))

  it('T33 the same answer again writes nothing, another one is refused', async () => {
    const given = [listingInReview(), { by: rita, ask: question(false) }, { by: luc, ask: answer }]
    await scenario(rules, { given, when: answer, by: luc, expect: [nothing] })
    await scenario(rules, { given, when: { ...answer, text: 'Some.' }, by: luc, expect: [refused('question-closed')] })
  })

  it('CloseQuestion closes one that is open, once', async () => {
    const given = [listingInReview(), { by: rita, ask: question(true) }]
    await scenario(rules, { given, when: { type: 'CloseQuestion' }, by: rita, expect: [event('QuestionClosed')] })
    await scenario(rules, {
      given: [...given, { by: rita, ask: { type: 'CloseQuestion' } }],
      when: { type: 'CloseQuestion' },
      by: rita,
      expect: [nothing],
    })
    await scenario(rules, {
      given: listingInReview(),
      when: { type: 'CloseQuestion' },
      by: rita,
      expect: [refused('question-closed')],
    })
  })

  it('T13 CloseQuestion of an unknown question is refused as such while another is open', () =>
    scenario(rules, {
      given: [listingInReview(), { by: rita, ask: question(true) }],
      when: { type: 'CloseQuestion', questionId: anotherId },
      by: rita,
      expect: [refused('unknown-question')],
    }))

  it('T13 a blocking open question blocks Approve, a second one is counted', async () => {
    const checked = [listingInReview(), { by: rita, ask: { type: 'RecordCheck', check: 'content', verdict: 'passed' } }]
    const one = [...checked, { by: rita, ask: question(true) }]
    await scenario(rules, { given: one, when: { type: 'Approve' }, by: rita, expect: [refused('question-open')] })
    const two = [...one, { by: rita, ask: question(true) }]
    const played = await scenario(rules, {
      given: two,
      when: { type: 'Approve' },
      by: rita,
      expect: [refused('question-open')],
    })
    expect(played.answer).toHaveProperty('refused.message', '2 blocking questions are open.')
  })

  it('T13 a blocking question that was answered or closed blocks nothing any more', async () => {
    for (const settled of [
      { by: luc, ask: answer },
      { by: rita, ask: { type: 'CloseQuestion' } },
    ]) {
      await scenario(rules, {
        given: [listingInReview(), { by: rita, ask: question(true) }, settled],
        when: approval(),
        expect: [event('CheckPassed'), event('Approved')],
      })
    }
  })

  it('T13 a non-blocking question is closed by the decision: answering later is refused', async () => {
    const given = [listingInReview(), { by: rita, ask: question(false) }, approval()]
    await scenario(rules, { given, when: answer, by: luc, expect: [refused('question-closed')] })
  })

  it('T13 an unknown question is refused as such while another is open', () =>
    scenario(rules, {
      given: [listingInReview(), { by: rita, ask: question(false) }],
      when: { ...answer, questionId: anotherId },
      by: luc,
      expect: [refused('unknown-question')],
    }))

  it('T13 a question of an earlier submission stays closed when another is open', async () => {
    const first = await scenario(rules, {
      given: listingInReview(),
      when: question(false),
      by: rita,
      expect: [event('QuestionAsked')],
    })
    expect(first.listing.questionsAsked).toHaveLength(1)
    const again = await scenario(rules, {
      given: [listingInReview(), { by: rita, ask: question(false) }, { by: rita, ask: question(false) }],
      when: [
        { by: luc, ask: answer },
        { by: luc, ask: { ...answer, text: 'Again.' } },
      ],
      expect: [event('QuestionAnswered'), refused('question-closed')],
    })
    expect(again.listing.questionsAsked).toHaveLength(2)
  })

  it('answers come from those who may write listings', () =>
    scenario(rules, {
      given: [listingInReview(), { by: rita, ask: question(false) }],
      when: answer,
      by: sam,
      expect: [refused('role-may-not')],
    }))
})

describe('suggestions', () => {
  it('SuggestChanges is advice and changes no content', async () => {
    const before = await scenario(rules, { given: listingInReview(), when: [], expect: [] })
    const { listing } = await scenario(rules, {
      given: listingInReview(),
      when: { type: 'SuggestChanges', field: 'headline', text: 'Say for whom.' },
      by: rita,
      expect: [event('ChangesSuggested', { field: 'headline', text: 'Say for whom.' })],
    })
    expect(listing.working).toHaveProperty(
      'content',
      'content' in before.listing.working && before.listing.working.content,
    )
  })

  it('SuggestChanges names a field of the kind', () =>
    scenario(rules, {
      given: listingInReview(),
      when: { type: 'SuggestChanges', field: 'geography', text: 'Say where.' },
      by: rita,
      expect: [refused('unknown-field')],
    }))

  it('SuggestChanges is refused on a draft', () =>
    scenario(rules, {
      given: draftListing(),
      when: { type: 'SuggestChanges', field: 'headline', text: 'Say for whom.' },
      by: rita,
      expect: [refused('not-from-here')],
    }))
})

describe('evidence', () => {
  const request = (check: string) => ({ type: 'RequestEvidence', check, text: 'Who uses it?' })
  const provide = (check: string) => ({
    type: 'ProvideEvidence',
    check,
    references: [{ customer: 'Northwind', engagement: 'Training for 40 people' }],
    links: ['https://northwind.example/story'],
  })
  const withContact = {
    type: 'ProvideEvidence',
    check: 'proofOfAbility',
    references: [{ customer: 'Northwind', engagement: 'Training', contact: 'Nora West, nora@northwind.example' }],
  }
  const given = listingInReview({ kind: 'service' })

  it('RequestEvidence asks for it, ProvideEvidence gives references and links, and it stays with the listing', async () => {
    const { listing } = await scenario(rules, {
      given,
      when: [
        { by: rita, ask: request('proofOfAbility') },
        { by: luc, ask: provide('proofOfAbility') },
      ],
      expect: [
        event('EvidenceRequested', { check: 'proofOfAbility' }),
        event('EvidenceProvided', { check: 'proofOfAbility' }),
      ],
    })
    expect(listing.evidence).toHaveLength(1)
  })

  it('the check belongs to the kind', () =>
    scenario(rules, {
      given,
      when: request('security'),
      by: rita,
      expect: [refused('unknown-check', { checks: ['content', 'proofOfAbility'] })],
    }))

  it('RequestEvidence is refused on a draft', () =>
    scenario(rules, {
      given: draftListing({ kind: 'service' }),
      when: request('content'),
      by: rita,
      expect: [refused('not-from-here')],
    }))

  it('EraseEvidence forgets the contacts of its references, and asking twice writes once', async () => {
    const erase = { type: 'EraseEvidence' }
    const { listing } = await scenario(rules, {
      given: [given, { by: rita, ask: request('proofOfAbility') }, { by: luc, ask: withContact }],
      when: [
        { by: luc, ask: erase },
        { by: ada, ask: erase },
        { by: olaf, ask: erase },
      ],
      expect: [event('EvidenceErased'), nothing],
    })
    expect(listing.evidence).toMatchObject([{ erased: true, references: [{ customer: 'Northwind' }] }])
  })

  it('EraseEvidence is refused where there is nothing with that id to forget', async () => {
    const requested = [given, { by: rita, ask: request('proofOfAbility') }]
    const nothingPersonal = [requested, { by: luc, ask: provide('proofOfAbility') }]
    const nobodys = { type: 'EraseEvidence', evidenceId: anotherId }
    for (const before of [given, nothingPersonal, [requested, { by: luc, ask: withContact }]]) {
      await scenario(rules, { given: before, when: nobodys, by: luc, expect: [refused('unknown-evidence')] })
    }
  })

  it('EraseEvidence is for listers, administrators and operators', async () => {
    const before = [given, { by: rita, ask: request('proofOfAbility') }, { by: luc, ask: withContact }]
    const when = { type: 'EraseEvidence' }
    await scenario(rules, { given: before, when, by: rita, expect: [refused('not-for-staff')] })
    await scenario(rules, { given: before, when, by: sam, expect: [refused('role-may-not')] })
  })

  it('ProvideEvidence is refused unless it is requested and open', async () => {
    await scenario(rules, {
      given,
      when: provide('proofOfAbility'),
      by: luc,
      expect: [refused('evidence-not-requested')],
    })
    const requested = [given, { by: rita, ask: request('proofOfAbility') }]
    await scenario(rules, {
      given: requested,
      when: provide('content'),
      by: luc,
      expect: [refused('evidence-not-requested', { open: ['proofOfAbility'] })],
    })
    const provided = [...requested, { by: luc, ask: provide('proofOfAbility') }]
    await scenario(rules, {
      given: provided,
      when: provide('proofOfAbility'),
      by: luc,
      expect: [refused('evidence-not-requested')],
    })
  })

  it('what may be done next says that no evidence can be provided unless some is asked for', () => {
    const requested = reviewed(requestOf('security'))
    expect([reviewed(), requested].map((world) => hindrance(world, luc, 'ProvideEvidence')?.code)).toEqual([
      'evidence-not-requested',
      undefined,
    ])
  })

  it('what may be done next says that nothing can be erased while no evidence names somebody to ask', () => {
    const requested = reviewed(requestOf('security'))
    const report = after(requested, [luc, 'ProvideEvidence', { check: 'security', text: 'See page 3.' }])
    const both = after(report, requestOf('demo'), [luc, 'ProvideEvidence', { ...withContact, check: 'demo' }])
    expect([reviewed(), report, both].map((world) => hindrance(world, luc, 'EraseEvidence')?.code)).toEqual([
      'unknown-evidence',
      'unknown-evidence',
      undefined,
    ])
  })

  it.each([
    ['somebody to ask', withContact.references, true],
    [
      'somebody to ask beside others',
      [{ customer: 'Fabrikam', engagement: 'Consulting' }, ...withContact.references],
      true,
    ],
    ['nobody to ask', [{ customer: 'Fabrikam', engagement: 'Consulting' }], false],
    ['no reference', [], false],
  ])('has an id of its own to be erased by, when it names somebody to ask: %s', (_, references, named) => {
    const given = { check: 'security', references, text: 'See page 3.' }
    const { listing, asked } = reviewed(requestOf('security'), [luc, 'ProvideEvidence', given])
    const { before, facts, answer } = asked.at(-1)!
    const evidenceId = facts.made.id
    expect(listing.evidence[0]?.evidenceId).toBe(named ? evidenceId : undefined)
    const told = listingAggregate.rows.ProvideEvidence!.commandOf(answer as never, before as Listing)
    expect(told.made).toStrictEqual(named ? { id: evidenceId } : {})
  })

  it('T30 is read, contacts and all, by staff and by the team members who may write listings', () => {
    const member = { actorId: 'u', staff: false, member: true }
    const roles = ['administrator', 'lister', 'sales', 'viewer'] as const
    const { fields, opens } = evidenceReaders
    expect(fields).toEqual(['evidence'])
    expect(roles.map((role) => opens({ ...member, role }))).toEqual([true, true, false, false])
    expect([true, false].map((staff) => opens({ actorId: 'u', staff, member: false }))).toEqual([true, false])
    expect(opens({ ...member, staff: true, role: 'viewer' })).toBe(false)
  })

  it('has contacts without blanks around them, and none that are blank', () => {
    const noted: unknown[] = []
    const note = (contact: string) => {
      const references = [{ ...withContact.references[0]!, contact }]
      const asked = { ...withContact, listingId: anotherId, references }
      const { data } = listingAggregate.rows.ProvideEvidence!.command.safeParse(asked)
      if (data)
        sealPersonal(data, (plain) => {
          noted.push(plain)
          return { subject: '', box: '', mark: '' }
        })
    }
    for (const contact of [' Nora West ', '  ', 'Nora West']) note(contact)
    expect(noted).toEqual(['Nora West', 'Nora West'])
  })

  it.each([
    ['https://northwind.example/story', true],
    ['http://northwind.example/story', true],
    ['ftp://northwind.example/story', false],
    ['httpsx://northwind.example/story', false],
    ['xhttps://northwind.example/story', false],
    ['northwind.example/story', false],
  ])('the link %s can be followed: %s', (link, fits) => {
    const asked = { ...provide('security'), listingId: anotherId, links: [link] }
    expect(listingAggregate.rows.ProvideEvidence!.command.safeParse(asked).success).toBe(fits)
  })

  it('ProvideEvidence gives something: a reference, a link or a text', async () => {
    const requested = [given, { by: rita, ask: request('proofOfAbility') }]
    const empty = { type: 'ProvideEvidence', check: 'proofOfAbility' }
    await scenario(rules, { given: requested, when: empty, by: luc, expect: [refused('evidence-empty')] })
    await scenario(rules, {
      given: requested,
      when: { ...empty, text: 'See page 3.' },
      by: luc,
      expect: [event('EvidenceProvided')],
    })
    await scenario(rules, {
      given: requested,
      when: { ...empty, links: ['ftp://x'] },
      by: luc,
      expect: [refused('invalid-command')],
    })
  })

  it('T13 a request ends with its submission', () =>
    scenario(rules, {
      given: [given, { by: rita, ask: request('proofOfAbility') }, approval({ kind: 'service' })],
      when: provide('proofOfAbility'),
      by: luc,
      expect: [refused('not-from-here')],
    }))
})

describe('holding a review', () => {
  const hold = { type: 'HoldReview', reason: 'Waiting for legal' }
  const held = [listingInReview(), { by: rita, ask: hold }]

  it('HoldReview holds it and ResumeReview goes on', async () => {
    await scenario(rules, {
      given: listingInReview(),
      when: hold,
      by: rita,
      expect: [event('ReviewHeld', { reason: 'Waiting for legal' })],
    })
    const resume = { type: 'ResumeReview' }
    const { listing } = await scenario(rules, { given: held, when: resume, by: rita, expect: [event('ReviewResumed')] })
    expect(listing.staffOnly).not.toHaveProperty('holdReason')
  })

  it('T33 holding for the same reason, or resuming what runs, writes nothing', async () => {
    await scenario(rules, { given: held, when: hold, by: rita, expect: [nothing] })
    await scenario(rules, { given: listingInReview(), when: { type: 'ResumeReview' }, by: rita, expect: [nothing] })
  })

  it('a held review is not held for another reason, approved or rejected', async () => {
    const check = { by: rita, ask: { type: 'RecordCheck', check: 'content', verdict: 'passed' } }
    const reject = { type: 'Reject', reasons: [{ seen: 'x', howToFix: 'y' }] }
    for (const when of [{ ...hold, reason: 'Another' }, { type: 'Approve' }, reject]) {
      await scenario(rules, { given: [held, check].flat(), when, by: rita, expect: [refused('review-held')] })
    }
  })

  it('what may be done next says that a review which is not held cannot be resumed, and one that is cannot be held', () => {
    const inReview = reviewed()
    const held = after(inReview, [rita, 'HoldReview', hold])
    expect(hindrance(inReview, rita, 'ResumeReview')).toEqual({
      code: 'review-not-held',
      message: 'The review is not held.',
    })
    expect(hindrance(inReview, rita, 'HoldReview')).toBeUndefined()
    expect(hindrance(held, rita, 'HoldReview')?.code).toBe('review-held')
    expect(hindrance(held, rita, 'ResumeReview')).toBeUndefined()
  })

  it('HoldReview and ResumeReview need a review', async () => {
    for (const when of [hold, { type: 'ResumeReview' }]) {
      await scenario(rules, { given: submittedListing(), when, by: rita, expect: [refused('not-from-here')] })
    }
  })

  it('T13 a hold ends with the submission', async () => {
    const { listing } = await scenario(rules, {
      given: [held, { by: luc, ask: { type: 'RecallSubmission' } }],
      when: { type: 'Submit', publishMode: 'manual', comment: 'Again' },
      by: luc,
      expect: [event('Submitted')],
    })
    expect(listing.staffOnly).toEqual({ notes: {}, askedBy: {} })
  })
})

describe('after the decision', () => {
  it('answers, evidence and checks come too late', async () => {
    for (const [when, by] of [
      [{ type: 'RecordCheck', check: 'content', verdict: 'failed' }, rita],
      [{ type: 'RequestEvidence', check: 'content', text: 'Who?' }, rita],
      [{ type: 'AskQuestion', text: 'Why?' }, rita],
    ] as const) {
      await scenario(rules, { given: approvedListing(), when, by, expect: [refused('not-from-here')] })
    }
  })
})

type Asking = readonly [by: By, type: string, payload?: object]

function requestOf(check: string): Asking {
  return [rita, 'RequestEvidence', { check, text: 'Who uses it?' }]
}

/** Under review, and this asked of it. */
function reviewed(...asked: readonly Asking[]): World {
  return after(begin(rules, 'submitted'), [rita, 'StartReview'], ...asked)
}

function after(before: World, ...asked: readonly Asking[]): World {
  return asked.reduce((world, [by, type, payload]) => ask(world, by, { listingId, ...payload, type }), before)
}

/** Why somebody may not ask for a command, whatever its payload. */
function hindrance(world: World, by: Person, command: string): Refusal | undefined {
  return nextActions(listingAggregate, world.listing, factsFor(world, by)).find((one) => one.command === command)
    ?.refused
}
