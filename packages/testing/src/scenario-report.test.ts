import { defineMarketplace } from '@vitrine/core'
import { describe, expect, it } from 'vitest'
import { event, refused } from './expectations.js'
import { draftListing } from './given.js'
import { people } from './people.js'
import { scenario } from './scenario.js'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })

describe('a scenario that comes out otherwise', () => {
  it('tells what was expected and what happened, the scenario, and how it ends', async () => {
    const played = scenario(rules, {
      given: draftListing({ slug: 'ledgerline' }).slice(0, -2),
      after: { days: 1 },
      when: { type: 'Submit', publishMode: 'manual' },
      by: people.luc,
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
        given Ada Marsh asks Register {"name":"Marsh Software"}
        given Olaf Brandt asks ApprovePublisher {}
        given Olaf Brandt asks GrantAutoPublish {}
        given Ada Marsh asks AddMember {"actorId":"u-luc","name":"Luc Moreau","role":"lister"}
        given Ada Marsh asks AddMember {"actorId":"u-sam","name":"Sam Ortiz","role":"sales"}
        given Ada Marsh asks AddMember {"actorId":"u-vic","name":"Vic Lund","role":"viewer"}
        given Luc Moreau asks Create {"kind":"app","name":"Ledgerline"}
        after {"days":1}
        when Luc Moreau asks Submit {"publishMode":"manual"}
      It ends with:
        the listing working draft, live none
        working {"status":"draft","revision":1,"content":{"name":"Ledgerline"}}
        live {"status":"none"}
        the publisher approved, {"autoPublish":true,"autoApproval":false}
        the lead none]
    `)
  })
})
