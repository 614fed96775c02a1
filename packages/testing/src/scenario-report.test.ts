import { defineMarketplace } from '@vitrine/core'
import { describe, expect, it } from 'vitest'
import { event, refused } from './expectations.js'
import { draftListing } from './given.js'
import { people } from './people.js'
import { type Step, scenario } from './scenario.js'

const { ada, luc } = people
const rules = defineMarketplace({ baseUrl: 'https://market.example' })

describe('a scenario that comes out otherwise', () => {
  it('tells what was expected and what happened, the scenario, and how it ends', async () => {
    const played = scenario(rules, {
      given: draftListing({ slug: 'ledgerline' }).slice(0, -2),
      after: { days: 1 },
      when: { type: 'Submit', publishMode: 'manual' },
      by: luc,
      expect: [event('Submitted'), refused('guidelines')],
    })
    await expect(played).rejects.toThrowErrorMatchingInlineSnapshot(`
      [Error: The scenario came out otherwise.
        Event 1 is missing: Submitted.
        The answer is refused with incomplete: Submit needs 9 more things: a headline; a short description; a long description; an icon; screenshots; categories; the language of the content; support contacts; the pricing., not refused with guidelines.
      Expected:
        {"event":"Submitted"}
        {"refused":"guidelines"}
      Happened:
      Sent:
      Answer: refused with incomplete: Submit needs 9 more things: a headline; a short description; a long description; an icon; screenshots; categories; the language of the content; support contacts; the pricing.
      The scenario:
        given Ada Marsh asks Register {"name":"Marsh Software"} → Registered, MemberJoined
        given Olaf Brandt asks ApprovePublisher {} → PublisherApproved
        given Olaf Brandt asks GrantAutoPublish {} → AutoPublishGranted
        given Ada Marsh asks AddMember {"actorId":"u-luc","name":"Luc Moreau","role":"lister"} → MemberJoined
        given Ada Marsh asks AddMember {"actorId":"u-sam","name":"Sam Ortiz","role":"sales"} → MemberJoined
        given Ada Marsh asks AddMember {"actorId":"u-vic","name":"Vic Lund","role":"viewer"} → MemberJoined
        given Luc Moreau asks Create {"kind":"app","name":"Ledgerline"} → Created
        after {"days":1}
        when Luc Moreau asks Submit {"publishMode":"manual"} → refused: incomplete
      It ends with:
        the listing working draft, live none
        working {"status":"draft","revision":1,"content":{"name":"Ledgerline"}}
        live {"status":"none"}
        the publisher approved, {"autoPublish":true,"autoApproval":false}
        the lead none]
    `)
  })
})

const publish = { by: luc, ask: { type: 'Publish' } }
const submit = { by: luc, ask: { type: 'Submit', publishMode: 'manual' } }

function meant(code: string): Step {
  return { ...publish, refused: code }
}

describe('a step of a scenario that is refused', () => {
  it('ends it where it was given: who asked what, why not, and what came before', async () => {
    const played = scenario(rules, {
      given: [
        { by: ada, ask: { type: 'Register', name: 'Marsh Software' } },
        { by: luc, ask: { type: 'Create', kind: 'app', name: 'Ledgerline' } },
        { by: ada, ask: { type: 'UpdateProfile', name: 'Marsh' } },
      ],
      when: { type: 'Submit', publishMode: 'manual' },
      by: luc,
      expect: [refused('unknown-listing')],
    })
    await expect(played).rejects.toThrowErrorMatchingInlineSnapshot(`
      [Error: The scenario goes no further.
        Luc Moreau asks Create {"kind":"app","name":"Ledgerline"}, and is refused with unknown-publisher: There is no publisher with this id.
        Where that is meant, the step says so: { by, ask, refused: 'unknown-publisher' }.
      The scenario:
        given Ada Marsh asks Register {"name":"Marsh Software"} → Registered, MemberJoined
        given Luc Moreau asks Create {"kind":"app","name":"Ledgerline"} → refused: unknown-publisher
      It ends with:
        the listing not there
        working {"status":"none"}
        live {"status":"none"}
        the publisher pending, {"autoPublish":false,"autoApproval":false}
        the lead none]
    `)
  })

  it('ends it where its command is misspelt', async () => {
    const played = scenario(rules, {
      given: [{ by: luc, ask: { type: 'Creat', kind: 'app', name: 'Ledgerline' } }],
      when: { type: 'Create', kind: 'app', name: 'Ledgerline' },
      by: luc,
      expect: [refused('unknown-publisher')],
    })
    await expect(played).rejects.toThrow('Luc Moreau asks Creat {"kind":"app","name":"Ledgerline"} → refused: ')
  })

  it('ends it where another command comes after it', async () => {
    const played = scenario(rules, {
      given: draftListing(),
      when: [publish, submit, { catchUp: true }],
      expect: [event('Submitted')],
    })
    await expect(played).rejects.toThrow('Luc Moreau asks Publish {}, and is refused with ')
  })

  it('is answered for by what the scenario expects, where it is the last command', () =>
    scenario(rules, {
      given: draftListing(),
      when: [submit, publish, { catchUp: true }],
      expect: [event('Submitted'), refused('not-from-here')],
    }))

  it.each([
    ['given', { given: [draftListing(), meant('not-from-here')], when: [submit] }],
    ['that somebody else overtook', { given: draftListing(), when: [meant('not-from-here'), submit] }],
    ['that comes last', { given: draftListing(), when: [submit, meant('not-from-here')] }],
  ])('may say that it is meant to be: one %s', async (_, asked) => {
    await scenario(rules, { ...asked, expect: [event('Submitted')] })
  })

  it.each([
    [
      'with another code',
      [meant('unknown-listing')],
      'Luc Moreau asks Publish {}, and is refused with not-from-here: ',
    ],
    ['though it was not', [{ ...submit, refused: 'incomplete' }], 'and is not refused with incomplete.'],
  ])('may not say so %s', async (_, steps, line) => {
    const played = scenario(rules, { given: [draftListing(), steps], when: [], expect: [] })
    await expect(played).rejects.toThrow(line)
  })
})
