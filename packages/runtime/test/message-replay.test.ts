import { builtInViews } from '@vitrine/core'
import { describe, expect, it } from 'vitest'
import { begin, boxes, fromTheBeginning, messagesIn, telling } from './message-stage.js'
import { ada, allEvents, approve, day, done, draftIn, luc, olaf, rita, sam } from './stage.js'
import { mailboxes, tell } from './tell.js'

const builtInPolicies = [
  'approve-trusted-updates',
  'publish-on-approval',
  'unassign-leads-of-removed-members',
  'notify',
]

/** A history in which much was told, and which is over. */
async function finished() {
  const told = await telling()
  const { market, publisherId, clock } = told
  await done(market, { type: 'GrantAutoPublish', publisherId }, { by: olaf })
  const invite = { type: 'InviteMember', publisherId, email: 'ina@mail.example', role: 'sales', locale: 'fr' }
  await done(market, invite, { by: ada })
  await approve(market, await draftIn(market, publisherId, 'Automatic'), 'auto')
  const late = await draftIn(market, publisherId, 'Late')
  await approve(market, late)
  await market.catchUp()
  for (const days of [31, 23, 8]) {
    clock.wait(days * day)
    await market.catchUp()
  }
  await done(market, { type: 'Submit', listingId: late, publishMode: 'manual', comment: 'Again' }, { by: luc })
  await done(market, { type: 'RecallSubmission', listingId: late }, { by: luc })
  await market.catchUp()
  return told
}

describe('what was told', () => {
  it('C3 is told by the runner of policies alone: rebuilding every view sends nothing', async () => {
    const { market, store, notifier } = await finished()
    const [before, sent] = [await messagesIn(store), notifier.attempts.length]
    expect(sent).toBeGreaterThan(10)
    for (const name of [...(Object.keys(builtInViews) as (keyof typeof builtInViews)[]), 'deliveries'] as const) {
      await market.rebuild(name)
    }
    await market.catchUp()
    await market.ready()
    expect([await messagesIn(store), notifier.attempts.length]).toEqual([before, sent])
    expect((await market.health()).well).toBe(true)
  })

  it('D25 C3 is not told again when all policies run from the beginning, a year later, with another team', async () => {
    const { market, store, notifier, publisherId, clock, again } = await finished()
    await market.close()
    const [events, before, sent] = [
      await allEvents((await store.open()).log),
      await messagesIn(store),
      notifier.attempts.length,
    ]
    clock.wait(365 * day)
    const beginning = await fromTheBeginning(store, ...builtInPolicies, 'tell')
    const others = { ...mailboxes, reviewers: () => [rita.id, 'u-new'] }
    const later = await again({ store: beginning, people: others })
    await done(
      later,
      { type: 'AddMember', publisherId, actorId: sam.id, name: sam.name, role: 'administrator' },
      { by: ada },
    )
    await done(later, { type: 'SetNotificationAddress', publisherId, email: 'new@mail.example' }, { by: ada })
    await later.catchUp()
    const { policies } = await later.health()
    expect(policies.every(({ lag }) => lag.events === 0)).toBe(true)
    expect((await allEvents((await store.open()).log)).length).toBe(events.length + 2)
    // What ended more than 400 days ago is forgotten meanwhile; it is not told again either.
    const after = await messagesIn(store)
    expect(after.length).toBeLessThan(before.length)
    expect(after.filter(({ id }) => !before.some((event) => event.id === id))).toEqual([])
    expect(notifier.attempts.length).toBe(sent)
  })

  it('D25 is not told when the log of messages was lost: what is a year old has expired', async () => {
    const { market, store, notifier, clock, again } = await finished()
    await market.close()
    const sent = notifier.attempts.length
    clock.wait(365 * day)
    const { messages: _, ...beginning } = await (await fromTheBeginning(store, ...builtInPolicies, 'tell')).open()
    const { messages } = await (await fromTheBeginning((await telling()).store)).open()
    const later = await again({ store: { open: async () => ({ ...beginning, messages }) } })
    await later.catchUp()
    const types = (await allEvents(messages)).map(({ type }) => type)
    expect(types.filter((type) => type === 'MessageExpired').length).toBeGreaterThan(10)
    expect([types.includes('MessageAttempted'), notifier.attempts.length]).toEqual([false, sent])
  })

  it('C4 begins with what happens after the first opening: a new policy tells nothing of what was before it', async () => {
    const { market, publisherId, again, notifier } = await telling({ policies: [] })
    await begin(market, publisherId, 'Before')
    await market.catchUp()
    const later = await again({ policies: [tell] })
    await begin(later, publisherId, 'After')
    await later.catchUp()
    expect(notifier.sent.map(({ facts }) => (facts as { name: string }).name)).toEqual(['After', 'After'])
    expect(boxes(notifier.sent).toSorted()).toEqual(['u-ada', 'u-luc'])
  })
})
