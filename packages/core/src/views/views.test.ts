import { defineMarketplace } from '@vitrine/core'
import { livedWorlds, type World } from '@vitrine/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beginningsOf, member, outsider, run, staff } from '../../test/run-view.js'
import { cutEvent } from '../cut-event.js'
import type { StoredEvent } from '../event-store.js'
import { pathOf } from '../links.js'
import type { AnyView } from '../view.js'
import type { activity } from './activity.js'
import { catalogue } from './catalogue.js'
import { deadlines } from './deadlines.js'
import { draftAgainstLive } from './draft-against-live.js'
import { leadFunnel } from './lead-funnel.js'
import { leadPipeline } from './lead-pipeline.js'
import { links } from './links.js'
import { liveAt, liveOnDay } from './live-on-day.js'
import { memberships } from './memberships.js'
import { publisherListings } from './publisher-listings.js'
import { reviewProgress } from './review-progress.js'
import { reviewQueue } from './review-queue.js'
import { team, teamKey } from './team.js'
import { builtInViews } from './views.js'

const worlds = livedWorlds(defineMarketplace({ baseUrl: 'https://market.example' }))
const everyWorld = (law: (world: World) => void) => fc.assert(fc.property(worlds, law), { numRuns: 100 })
const steps = ['LeadContacted', 'LeadPurchased', 'LeadDelivered'] as const
const views: readonly AnyView[] = Object.values(builtInViews)

it('the built-in views have names of their own', () => {
  expect(new Set(views.map(({ name }) => name)).size).toBe(views.length)
})

describe('over random histories, a view says what the listing itself says', () => {
  it('T6–T8 T22 the catalogue holds what is live for everyone, as it was published', () => {
    everyWorld(({ events, listing: { id, live, archive } }) => {
      const entry = run(catalogue, events).get(id, outsider)
      if (live.status !== 'public') expect(entry).toBeUndefined()
      else expect(entry).toMatchObject({ revision: live.revision, path: live.path, ...archive[live.revision] })
    })
  })

  it('the working and the live status, and the rejection', () => {
    everyWorld(({ events, listing: { id, exists, working, live } }) => {
      const listing = run(publisherListings, events).get(id, member)
      expect(listing !== undefined).toBe(exists)
      if (!listing) return
      expect([listing.working.status, listing.live.status]).toEqual([working.status, live.status])
      expect(listing.working.revision).toBe(working.status === 'none' ? null : working.revision)
      expect(listing.rejection).toEqual(working.status === 'rejected' ? working.rejection : null)
    })
  })

  it('T1 T3 the deadline of what is approved and unpublished', () => {
    everyWorld(({ events, listing: { id, working } }) => {
      const deadline = run(deadlines, events).get(id, member)
      if (working.status !== 'approved') expect(deadline).toBeUndefined()
      else {
        const { approvedAt, publishBy, runsSince, remindedFor = null } = working.approval
        const { submission, content } = working
        expect(deadline).toMatchObject({
          submissionId: submission.id,
          name: content.name,
          approvedAt,
          publishBy,
          runsSince,
          remindedFor,
        })
      }
    })
  })

  it('who is in the queue', () => {
    everyWorld(({ events, listing: { id, working } }) => {
      const queued = run(reviewQueue, events).get(id, staff)
      const waits = working.status === 'submitted' || working.status === 'inReview'
      expect(queued?.submissionId).toBe(waits ? working.submission.id : undefined)
      if (!waits) return
      const open = Object.values(working.submission.questions).filter(({ status }) => status === 'open')
      const held = working.status === 'inReview' && working.held
      expect(queued).toMatchObject({ status: working.status, held, openQuestions: open.length })
    })
  })

  it('T13 T15 how far the review is', () => {
    everyWorld(({ events, listing: { id, working, staffOnly } }) => {
      const progress = run(reviewProgress, events).get(id, staff)
      expect(progress?.waitsFor === 'nobody' || progress === undefined).toBe(
        !(working.status === 'submitted' || working.status === 'inReview'),
      )
      if (!('submission' in working)) return
      expect(progress).toMatchObject({ submissionId: working.submission.id, status: working.status, staffOnly })
      const verdicts = progress?.checks.flatMap(({ check, verdict, carried }) =>
        verdict ? [[check, { verdict, carried }]] : [],
      )
      expect(Object.fromEntries(verdicts ?? [])).toEqual(working.submission.verdicts)
    })
  })

  it('the draft and what is live, content and slug', () => {
    everyWorld(({ events, listing: { id, exists, working, live, archive } }) => {
      const compared = run(draftAgainstLive, events).get(id, member)
      expect(compared !== undefined).toBe(exists)
      if (!compared) return
      expect(compared.working).toEqual(working.status === 'none' ? null : editionOf(working.revision, working))
      expect(compared.live).toEqual(live.status === 'none' ? null : editionOf(live.revision, archive[live.revision]!))
    })
  })

  it('T17 T19 what leads to it', () => {
    everyWorld(({ events, listing: { id, live, slugsEverLive } }) => {
      const leading = run(links, events).get(id, staff)?.links ?? []
      if (live.status === 'private') expect(leading).toEqual([live.token])
      else if (live.status !== 'public') expect(leading).toEqual([])
      else expect([...leading].sort()).toEqual([pathOf(id), ...slugsEverLive.map((slug) => pathOf(id, slug))].sort())
    })
  })

  it('what was live at each instant is what was live then', () => {
    everyWorld(({ events, listing: { id, live }, now }) => {
      const history = run(liveOnDay, events).get(id, member)
      const span = history && liveAt(history, now)
      const shown = live.status === 'public' || live.status === 'private'
      expect([span?.revision, span?.visibility]).toEqual(shown ? [live.revision, live.status] : [undefined, undefined])
      for (const one of history?.spans ?? []) {
        const then = run(
          catalogue,
          events.filter(({ metadata }) => metadata.occurredAt <= one.from),
        ).get(id, outsider)
        if (one.until !== one.from) expect(then?.revision).toBe(one.visibility === 'public' ? one.revision : undefined)
      }
    })
  })

  it('what became of the lead', () => {
    everyWorld(({ events, lead }) => {
      const { id, status, loss, assignee = null, contact = null, notes, respondBy } = lead
      const entry = run(leadPipeline, events).get(id, staff)
      expect(entry !== undefined).toBe(status !== 'none')
      if (status === 'none') return
      const awaited = lead.firstResponse === 'awaited' && status !== 'erased'
      expect(entry).toMatchObject({
        status,
        assignee,
        contact,
        respondBy,
        notes: notes.length,
        lost: loss !== undefined,
      })
      expect(entry?.responseDueBy).toBe(awaited ? respondBy : null)
      if (status !== 'erased') expect(entry?.reached).toBe(loss?.from ?? status)
    })
  })

  it('how far leads came: each counts in every stage that it has reached', () => {
    everyWorld(({ events, lead: { listingId, publisherId, capturedAt, status } }) => {
      const funnel = run(leadFunnel, events).get(`${publisherId}|${listingId}|${capturedAt.slice(0, 7)}`, staff)
      expect(funnel !== undefined).toBe(status !== 'none')
      if (status === 'none') return
      const types = events.filter(({ stream }) => stream.startsWith('lead-')).map(({ type }) => type)
      const reached = (from: number) => Number(steps.slice(from).some((type) => types.includes(type)))
      expect(funnel).toMatchObject({
        captured: 1,
        contacted: reached(0),
        purchased: reached(1),
        delivered: reached(2),
        lost: Number(types.lastIndexOf('LeadLost') > types.lastIndexOf('LeadReopened')),
        erased: Number(status === 'erased'),
      })
    })
  })

  it('who is on the team, and who is invited to it', () => {
    everyWorld(({ events, publisher: { id, members, invitations } }) => {
      const ran = run(team, events)
      const keys = [...Object.keys(members).map((actorId) => teamKey(id, actorId)), ...Object.keys(invitations)]
      expect([...ran.documents.keys()].sort()).toEqual(keys.sort())
      for (const [actorId, { muted: _, ...one }] of Object.entries(members))
        expect(ran.get(teamKey(id, actorId))).toMatchObject({ status: 'member', ...one })
      for (const [invitationId, one] of Object.entries(invitations))
        expect(ran.get(invitationId)).toMatchObject({ status: 'invited', ...one })
    })
  })

  it('on whose team somebody is', () => {
    everyWorld(({ events, publisher: { id, members } }) => {
      const ran = run(memberships, events)
      expect([...ran.documents.keys()].sort()).toEqual(Object.keys(members).sort())
      for (const [actorId, { role }] of Object.entries(members)) expect(ran.get(actorId)?.roles).toEqual({ [id]: role })
    })
  })
})

describe('over random histories, in which all that staff keeps to itself is marked', () => {
  it('T30 no view shows a member or an outsider any of it', () => {
    everyWorld(({ events }) => {
      const marked = events.map(withSecrets)
      for (const view of views) {
        const ran = run(view as typeof activity, marked)
        const shown = [...ran.documents.keys()].flatMap((key) => [ran.get(key, member), ran.get(key, outsider)])
        expect(JSON.stringify(shown)).not.toContain('SECRET')
      }
    })
  })

  it('T30 no index by which a member or an outsider may ask holds any of it', () => {
    everyWorld(({ events }) => {
      const marked = events.map(withSecrets)
      for (const view of views.filter(({ audience }) => audience !== 'operator')) {
        const askable = beginningsOf(view).filter((of) => view.audience === 'public' || of.includes('publisherId'))
        const ran = run(view as typeof activity, marked)
        expect(askable.flatMap((fields) => ran.index(...fields)).join()).not.toContain('SECRET')
      }
    })
  })

  it('T30 no event holds any of it, once it is cut', () => {
    everyWorld(({ events }) => {
      const marked = events.map(withSecrets)
      expect(JSON.stringify(marked.map((event) => cutEvent(event, 'member')))).not.toContain('SECRET')
      expect(JSON.stringify(marked.map((event) => cutEvent(event, 'outsider')))).not.toContain('SECRET')
      expect(marked.map((event) => cutEvent(event, 'staff'))).toEqual(marked.map(withoutHidden))
    })
  })

  it('T19 T30 outsiders see of it what was public, and no token', () => {
    everyWorld(({ events }) => {
      const seen = events.map((event) => cutEvent(event, 'outsider')).filter((event) => event !== undefined)
      for (const { type, data } of seen)
        expect([type, data.visibility, data.token]).toEqual([
          expect.stringMatching(/^(Rep|P)ublished$/),
          'public',
          undefined,
        ])
    })
  })
})

function editionOf(revision: number, { content, slug = null }: { content: object; slug?: string | null }) {
  return { revision, content, slug }
}

/** The event with marks on who of the staff it was, on their commands, and on what is for staff alone. */
function withSecrets(event: StoredEvent): StoredEvent {
  const { actor, command } = event.metadata
  const staffs = actor.role === 'reviewer' || actor.role === 'operator'
  const marked = staffs ? { ...actor, id: `${actor.id}-SECRET`, name: `${actor.name} SECRET` } : actor
  const asked = staffs ? { ...command, id: `${command.id}-SECRET`, hash: 'SECRET' } : command
  return { ...event, data: secretData(event), metadata: { ...event.metadata, actor: marked, command: asked } }
}

/** What staff sees of an event is all of it, but for what lets somebody in: to a team, or to a private listing. */
function withoutHidden(event: StoredEvent): StoredEvent {
  const hidden: readonly string[] =
    { MemberInvited: ['secret', 'secretHash'], LeadCaptured: ['token'] }[event.type] ?? []
  const data = Object.fromEntries(Object.entries(event.data).filter(([field]) => !hidden.includes(field)))
  return { ...event, data }
}

function secretData({ type, data }: StoredEvent): StoredEvent['data'] {
  const reasonIsSecret = type === 'ReviewHeld' || type === 'PublicationDeadlineExtended'
  return {
    ...data,
    ...('note' in data && { note: 'SECRET' }),
    ...('reviewer' in data && { reviewer: 'SECRET' }),
    ...(reasonIsSecret && { reason: 'SECRET' }),
    ...('secretHash' in data && { secret: { subject: 'SECRET', box: 'SECRET', mark: 'SECRET' }, secretHash: 'SECRET' }),
  }
}
