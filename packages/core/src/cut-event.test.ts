import { describe, expect, it } from 'vitest'
import { listingStory } from '../test/listing-story.js'
import { ada, clock, logOf, otto, rita, type Step, streamOf } from '../test/stored-event.js'
import { theMarketplace } from './actor.js'
import { cutActor, cutData, cutEvent, thePublisher } from './cut-event.js'
import type { StoredEvent } from './event-store.js'
import type { ViewerKind } from './viewer.js'

const { on, ...story } = listingStory()

describe('T30 what is seen of an event', () => {
  it('staff sees all of it', () => {
    const event = stored(on('CheckPassed', { check: 'content', note: 'SECRET' }, rita))
    expect(cutEvent(event, 'staff')).toBe(event)
  })

  it('a member sees neither notes nor who of the staff it was, nor anything of the command', () => {
    expect(cut('member', on('CheckPassed', { check: 'content', note: 'SECRET' }, rita))).toEqual({
      id: 'e-1',
      type: 'CheckPassed',
      stream: 'listing-l-1',
      version: 0,
      position: 1,
      data: { check: 'content' },
      metadata: {
        actor: theMarketplace,
        occurredAt: '2026-03-01T00:01:00.000Z',
        schemaVersion: 1,
        contentVersion: 1,
      },
    })
  })

  it('a member sees their own people, and what time did', () => {
    expect(cut('member', story.created())?.metadata.actor).toEqual(ada)
    expect(cut('member', story.autoRejected())?.metadata.actor).toEqual(clock)
  })

  it('T19 a member sees the token of a private link, an outsider nothing of what is private', () => {
    expect(cut('member', story.publishedPrivately('t-1'))?.data).toMatchObject({ token: 't-1' })
    expect(cut('outsider', story.publishedPrivately('t-1'))).toBeUndefined()
    expect(cut('outsider', on('MadePrivate', { token: 't-1' }))).toBeUndefined()
    const data = { visibility: 'public', revision: 1, path: '/ledger', content: {} }
    expect(cutData({ type: 'Published', data: { ...data, token: 't-1' } }, 'outsider')).toEqual(data)
  })

  it('an outsider sees what was published, by the publisher, and nothing else', () => {
    const seen = cut('outsider', story.published())
    expect(seen?.data).toEqual({
      visibility: 'public',
      revision: 1,
      path: '/listings/l-1',
      content: { name: 'Ledger' },
    })
    expect(seen?.metadata.actor).toEqual(thePublisher)
    expect(cut('outsider', story.created())).toBeUndefined()
    expect(cut('outsider', story.rejected())).toBeUndefined()
    expect(cut('outsider', on('Superseded', { revision: 1 }))).toBeUndefined()
  })

  it('staff is the marketplace to members and outsiders', () => {
    expect(cutActor(otto, 'member')).toEqual(theMarketplace)
    expect(cutActor(otto, 'outsider')).toEqual(theMarketplace)
    expect(cutActor(otto, 'staff')).toEqual(otto)
  })

  it('nobody sees of an invitation what lets its invitee in, staff neither', () => {
    const sealed = { subject: 'invitation-i-1', box: 'b', mark: 'm' }
    const seen = { invitationId: 'i-1', email: sealed, role: 'viewer', locale: 'en', until: '2026-03-15T00:00:00.000Z' }
    const data = { ...seen, role: 'viewer', locale: 'en', secretHash: 'SECRET', secret: sealed } as const
    const invited = streamOf('publisher-p-1')('MemberInvited', data)
    expect(cut('staff', invited)).toEqual({ ...stored(invited), data: seen })
    expect(cut('member', invited)?.data).toEqual(seen)
    expect(cut('outsider', invited)).toBeUndefined()
  })

  it('what is for staff alone, or not known to this code, is seen by nobody else', () => {
    const taken = stored(streamOf('vanity-ledger')('SlugTaken', { listingId: 'l-1' }))
    const kinds: readonly ViewerKind[] = ['member', 'outsider']
    for (const kind of kinds) {
      expect(cutEvent(taken, kind)).toBeUndefined()
      expect(cutEvent({ ...taken, type: 'AuditFinished' }, kind)).toBeUndefined()
      expect(cutEvent({ ...taken, type: 'constructor' }, kind)).toBeUndefined()
    }
    const finished = { ...taken, type: 'AuditFinished' }
    for (const event of [taken, finished]) expect(cutEvent(event, 'staff')).toBe(event)
  })
})

function cut(viewer: ViewerKind, step: Step) {
  return cutEvent(stored(step), viewer)
}

/** As a store gives it. */
function stored(step: Step): StoredEvent {
  return JSON.parse(JSON.stringify(logOf(step)[0])) as StoredEvent
}
