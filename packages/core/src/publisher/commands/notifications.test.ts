import { defineMarketplace, publisherEvents, readingOf } from '@vitrine/core'
import { approvedPublisher, event, nothing, people, refused, scenario } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'

const { dataOf } = readingOf(publisherEvents)
const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const { ada, luc, sam, vic, olaf, zoe } = people
const set = { type: 'SetNotificationAddress', email: 'listings@marsh.example', locale: 'fr' }
const remove = { type: 'RemoveNotificationAddress' }
const addressed = [approvedPublisher(), { by: ada, ask: set }]
const mute = { type: 'SetNotificationPreferences', muted: ['question-asked', 'changes-suggested'] }

describe('the notification address of a publisher', () => {
  it('SetNotificationAddress holds it sealed for that address alone, with a language', async () => {
    const { events, publisher } = await scenario(rules, {
      given: approvedPublisher(),
      when: set,
      by: ada,
      expect: [event('NotificationAddressSet', { locale: 'fr' }, ada.id)],
    })
    const { addressId, email, ...rest } = dataOf(events, 'NotificationAddressSet')
    expect(email).toMatchObject({ subject: `address-${addressId}` })
    expect(rest).toEqual({ locale: 'fr' })
    expect(publisher.notificationAddress).toEqual({ id: addressId, email, locale: 'fr' })
    expect(JSON.stringify(events)).not.toContain('listings@')
  })

  it('another one replaces it: the event names the one whose data end', async () => {
    const before = await scenario(rules, { given: addressed, when: [], expect: [] })
    const { events, publisher } = await scenario(rules, {
      given: addressed,
      when: [{ by: ada, ask: { type: 'SetNotificationAddress', email: 'sales@marsh.example' } }],
      expect: [event('NotificationAddressSet', { locale: 'en' })],
    })
    expect(before.publisher.notificationAddress?.id).not.toBe(publisher.notificationAddress?.id)
    expect(events[0]!.data.replaces).toMatch(/^[0-9a-f-]{36}$/)
    expect(events[0]!.data.replaces).not.toBe(publisher.notificationAddress?.id)
  })

  it('T33 the same address again is another entry: no two share a key, so nobody can tell that they are the same', () =>
    scenario(rules, { given: addressed, when: set, by: ada, expect: [event('NotificationAddressSet')] }))

  it('RemoveNotificationAddress forgets it', async () => {
    const { events, publisher } = await scenario(rules, {
      given: addressed,
      when: remove,
      by: ada,
      expect: [event('NotificationAddressRemoved')],
    })
    expect(events[0]!.data).toEqual({ addressId: expect.any(String) })
    expect(publisher).not.toHaveProperty('notificationAddress')
  })

  it('T33 removing what is not there writes nothing', () =>
    scenario(rules, { given: approvedPublisher(), when: remove, by: ada, expect: [nothing] }))

  it('is for administrators, and must be an address', async () => {
    for (const when of [set, remove]) {
      for (const by of [luc, sam, vic])
        await scenario(rules, { given: addressed, when, by, expect: [refused('role-may-not')] })
      await scenario(rules, { given: addressed, when, by: olaf, expect: [refused('not-for-staff')] })
      await scenario(rules, { given: addressed, when, by: zoe, expect: [refused('unknown-publisher')] })
    }
    for (const wrong of [{ email: 'marsh' }, { locale: 'de' }])
      await scenario(rules, {
        given: addressed,
        when: { ...set, ...wrong },
        by: ada,
        expect: [refused('invalid-command')],
      })
  })
})

describe('which messages a member wants', () => {
  it('SetNotificationPreferences is for every member, for themself alone', async () => {
    for (const by of [ada, luc, sam, vic]) {
      const { publisher } = await scenario(rules, {
        given: approvedPublisher(),
        when: mute,
        by,
        expect: [event('NotificationPreferencesSet', { actorId: by.id }, by.id)],
      })
      const muting = Object.keys(publisher.members).filter((actorId) => publisher.members[actorId]?.muted)
      expect(muting).toEqual([by.id])
    }
  })

  it('kinds are kept once each, in order', () =>
    scenario(rules, {
      given: approvedPublisher(),
      when: { ...mute, muted: ['published', 'lead-captured', 'published'] },
      by: sam,
      expect: [event('NotificationPreferencesSet', { muted: ['lead-captured', 'published'] })],
    }))

  it('T33 what is muted already writes nothing, in whatever order; muting nothing where nothing is muted neither', async () => {
    const muted = [approvedPublisher(), { by: luc, ask: mute }]
    await scenario(rules, {
      given: muted,
      when: { ...mute, muted: mute.muted.toReversed() },
      by: luc,
      expect: [nothing],
    })
    await scenario(rules, { given: muted, when: { ...mute, muted: [] }, by: sam, expect: [nothing] })
    const { publisher } = await scenario(rules, {
      given: muted,
      when: { ...mute, muted: [] },
      by: luc,
      expect: [event('NotificationPreferencesSet', { muted: [] })],
    })
    expect(publisher.members[luc.id]?.muted).toEqual([])
  })

  it('a mandatory message cannot be muted, and the refusal says which', async () => {
    const { answer } = await scenario(rules, {
      given: approvedPublisher(),
      when: { ...mute, muted: ['rejected', 'published', 'auto-rejected'] },
      by: luc,
      expect: [refused('mandatory-message', { kinds: ['auto-rejected', 'rejected'] })],
    })
    expect(answer).toMatchObject({
      refused: { message: 'auto-rejected, rejected are messages that everybody gets: nobody can mute them.' },
    })
    const one = await scenario(rules, {
      given: approvedPublisher(),
      when: { ...mute, muted: ['publish-before'] },
      by: luc,
      expect: [refused('mandatory-message')],
    })
    expect(one.answer).toMatchObject({
      refused: { message: 'publish-before is a message that everybody gets: nobody can mute it.' },
    })
  })

  it('a kind that does not exist is refused', () =>
    scenario(rules, {
      given: approvedPublisher(),
      when: { ...mute, muted: ['gossip'] },
      by: luc,
      expect: [refused('invalid-command')],
    }))

  it('is nothing to staff or strangers', async () => {
    await scenario(rules, { given: approvedPublisher(), when: mute, by: olaf, expect: [refused('not-for-staff')] })
    await scenario(rules, { given: approvedPublisher(), when: mute, by: zoe, expect: [refused('unknown-publisher')] })
  })

  it('goes with the member: who comes back has muted nothing', async () => {
    const { publisher } = await scenario(rules, {
      given: [approvedPublisher(), { by: luc, ask: mute }],
      when: [
        { by: ada, ask: { type: 'RemoveMember', actorId: luc.id } },
        { by: ada, ask: { type: 'AddMember', actorId: luc.id, name: luc.name, role: 'lister' } },
      ],
      expect: [event('MemberRemoved'), event('MemberJoined')],
    })
    expect(publisher.members[luc.id]).toEqual({ name: luc.name, role: 'lister' })
  })
})
