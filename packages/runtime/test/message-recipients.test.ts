import { definePolicy, message, type Recipient } from '@vitrine/core'
import { describe, expect, it } from 'vitest'
import { begin, boxes, messagesIn, storyOf, telling } from './message-stage.js'
import { ada, done, draftIn, loggedBy, luc, rita, zoe } from './stage.js'
import { mailboxes, tellingOf } from './tell.js'

describe('C20 a recipient who is not to be told', () => {
  const suppressedIn = async (
    recipients: readonly Recipient[],
    kind: string,
    between: (market: object, publisherId: string) => Promise<unknown>,
  ) => {
    const { market, store, notifier, publisherId, again } = await telling({ notifiers: [] })
    const own = recipients.map((to) => ('publisherId' in to ? { ...to, publisherId } : to))
    const first = await again({ notifiers: [], policies: [tellingOf(kind, own)] })
    await begin(first, publisherId)
    await first.catchUp()
    await between(first, publisherId)
    await market.close()
    await (await again({ notifiers: [notifier], policies: [tellingOf(kind, own)] })).catchUp()
    const reasons = (await messagesIn(store)).flatMap(({ type, data }) =>
      type === 'MessageSuppressed' ? [data.reason] : [],
    )
    return { reasons, sent: boxes(notifier.attempts) }
  }
  const nobody = { publisherId: '' }

  it('left the team between request and attempt', async () => {
    const remove = (market: object, publisherId: string) =>
      done(market, { type: 'RemoveMember', publisherId, actorId: luc.id }, { by: ada })
    expect(await suppressedIn([{ is: 'member', actorId: luc.id, ...nobody }], 'published', remove)).toEqual({
      reasons: ['left'],
      sent: [],
    })
  })

  it('is on it in a role that such messages are not for', async () => {
    const change = (market: object, publisherId: string) =>
      done(market, { type: 'ChangeRole', publisherId, actorId: luc.id, role: 'viewer' }, { by: ada })
    expect(await suppressedIn([{ is: 'member', actorId: luc.id, ...nobody }], 'published', change)).toEqual({
      reasons: ['left'],
      sent: [],
    })
  })

  it('muted the kind, before or after the request; a mandatory kind comes all the same', async () => {
    const mute = (market: object, publisherId: string) =>
      done(market, { type: 'SetNotificationPreferences', publisherId, muted: ['published'] }, { by: luc })
    expect(await suppressedIn([{ is: 'member', actorId: luc.id, ...nobody }], 'published', mute)).toEqual({
      reasons: ['muted'],
      sent: [],
    })
    expect((await suppressedIn([{ is: 'member', actorId: luc.id, ...nobody }], 'rejected', mute)).sent).toEqual([
      'u-luc',
    ])
    const { market, store, notifier, publisherId } = await telling({ policies: [tellingOf('published')] })
    await mute(market, publisherId)
    await begin(market, publisherId)
    await market.catchUp()
    expect(boxes(notifier.sent)).toEqual(['u-ada'])
    expect(await storyOf(store, 1)).toEqual(['Suppressed'])
  })

  it('is a notification address that was erased between request and attempt', async () => {
    const { market, store, notifier, publisherId, again } = await telling({ notifiers: [] })
    const set = { type: 'SetNotificationAddress', publisherId, email: 'team@marsh.example', locale: 'fr' }
    await done(market, set, { by: ada })
    await begin(market, publisherId)
    await market.catchUp()
    await done(market, { type: 'RemoveNotificationAddress', publisherId }, { by: ada })
    await (await again({ notifiers: [notifier] })).catchUp()
    expect(notifier.attempts).toEqual([])
    expect((await messagesIn(store)).at(-1)).toMatchObject({ type: 'MessageSuppressed', data: { reason: 'erased' } })
  })

  it('is no longer of the staff, or has no address that anybody knows', async () => {
    const none = async () => undefined
    expect(await suppressedIn([{ is: 'staff', actorId: zoe.id }], 'listing-submitted', none)).toEqual({
      reasons: ['left'],
      sent: [],
    })
    const { market, store, publisherId } = await telling({
      people: { ...mailboxes, contact: () => undefined },
      policies: [tellingOf('listing-submitted', [{ is: 'staff', actorId: rita.id }])],
    })
    await begin(market, publisherId)
    await market.catchUp()
    expect((await messagesIn(store)).at(-1)).toMatchObject({ data: { reason: 'no-address' } })
  })

  it('has a notification address that was changed since: it goes to the new one', async () => {
    const { market, notifier, publisherId, again } = await telling({ notifiers: [] })
    await done(market, { type: 'SetNotificationAddress', publisherId, email: 'old@marsh.example' }, { by: ada })
    await begin(market, publisherId)
    await market.catchUp()
    await done(market, { type: 'SetNotificationAddress', publisherId, email: 'new@marsh.example' }, { by: ada })
    await (await again({ notifiers: [notifier] })).catchUp()
    expect(boxes(notifier.sent)).toEqual(['new@marsh.example'])
  })
})

describe('a message to nobody', () => {
  it('is recorded, and told to nobody who comes later', async () => {
    const { market, store, publisherId, again, notifier } = await telling({
      people: { ...mailboxes, reviewers: () => [] },
      policies: [
        definePolicy({
          name: 'tell',
          on: { Created: () => [message({ key: 'k', kind: 'k', to: { are: 'reviewers' }, facts: {} })] },
        }),
      ],
    })
    await begin(market, publisherId)
    await market.catchUp()
    await (await again({ people: mailboxes })).catchUp()
    expect(notifier.attempts).toEqual([])
    expect((await messagesIn(store)).map(({ data }) => data)).toMatchObject([{ recipients: [] }])
  })

  it('is not what it becomes when nobody can say who reviews: it waits until somebody can', async () => {
    let isDown = true
    const reviewers = () => {
      if (isDown) throw new Error('the directory of rita@mail.example is down')
      return [rita.id]
    }
    const logger = loggedBy()
    const { market, notifier, publisherId } = await telling({ people: { ...mailboxes, reviewers }, logger })
    const listingId = await draftIn(market, publisherId)
    await done(market, { type: 'Submit', listingId, publishMode: 'manual' }, { by: luc })
    await expect(market.catchUp()).rejects.toMatchObject({ code: 'people-unavailable' })
    expect((await market.health()).policies.find(({ name }) => name === 'notify')?.stopped).toContain(
      'reviewers failed',
    )
    isDown = false
    await market.catchUp()
    expect(boxes(notifier.sent.filter(({ kind }) => kind === 'listing-submitted'))).toEqual(['u-rita'])
    expect(logger.lines.join()).not.toContain('@')
  })
})
