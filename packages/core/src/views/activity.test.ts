import { describe, expect, it } from 'vitest'
import { listingStory } from '../../test/listing-story.js'
import { beginningsOf, member, outsider, run, staff } from '../../test/run-view.js'
import { clock, logOf, minute, otto, rita, streamOf } from '../../test/stored-event.js'
import type { Sealed } from '../personal.js'
import { activity } from './activity.js'

const { on, ...story } = listingStory()
const publisher = streamOf('publisher-p-1')
const log = logOf(
  publisher('PublisherApproved', {}, otto),
  story.created(),
  story.revised({ headline: 'Books', icon: null }),
  story.submitted(),
  story.reviewStarted(),
  on('CheckPassed', { check: 'content', note: 'SECRET' }, rita),
  story.approved(),
  story.published(),
  on('PublishModeChanged', { mode: 'manual', cause: 'right' }, clock),
)

describe('who did what', () => {
  it('is told an event at a time, without content', () => {
    const ran = run(activity, log)
    expect(ran.get('e-3', member)).toEqual({
      publisherId: 'p-1',
      listingId: 'l-1',
      type: 'Revised',
      by: 'u-ada',
      actorId: 'u-ada',
      actorName: 'Ada Marsh',
      actorRole: 'lister',
      occurredAt: minute(3),
      position: 3,
      data: { fields: ['headline', 'icon'] },
    })
    expect(ran.get('e-8')?.data).toEqual({ visibility: 'public', revision: 1, path: '/listings/l-1' })
  })

  it('tells nothing personal, and no secret, not even sealed', () => {
    const email: Sealed<string> = { subject: 'invitation-i-1', box: 'SECRET', mark: 'SECRET' }
    const data = { invitationId: 'i-1', role: 'viewer', locale: 'fr', until: minute(9) } as const
    const invited = publisher('MemberInvited', { ...data, email, secret: email, secretHash: 'SECRET' })
    const contact = { ...email, subject: 'evidence-e-1' }
    const reference = { customer: 'Northwind', engagement: 'Twelve months' }
    const evidence = { evidenceId: 'e-1', check: 'content', links: [], text: '' }
    const provided = on('EvidenceProvided', { ...evidence, references: [{ ...reference, contact }] })
    const ran = run(activity, logOf(story.created(), invited, provided))
    expect(ran.get('e-2')?.data).toEqual({ ...data, email: { withheld: true } })
    expect(ran.get('e-3')?.data.references).toEqual([{ ...reference, contact: { withheld: true } }])
    expect(JSON.stringify([...ran.documents])).not.toContain('SECRET')
  })

  it('holds what concerns the publisher itself, and what time did', () => {
    const ran = run(activity, log)
    expect(ran.get('e-1')).toMatchObject({ publisherId: 'p-1', listingId: null, type: 'PublisherApproved' })
    expect(ran.get('e-9', member)).toMatchObject({ actorId: 'system', data: { mode: 'manual', cause: 'right' } })
  })

  it('T30 shows staff to its own people, and the marketplace to the publisher', () => {
    const ran = run(activity, log)
    expect(ran.get('e-6', staff)).toMatchObject({ actorId: rita.id, actorName: rita.name, data: { note: 'SECRET' } })
    expect(ran.get('e-6', member)).toMatchObject({
      by: 'marketplace',
      actorId: 'marketplace',
      actorName: 'the marketplace',
      data: { check: 'content' },
    })
    expect(JSON.stringify(log.map(({ id }) => ran.get(id, member)))).not.toContain('SECRET')
  })

  it('T30 is found by a publisher under what it may know of the actor', () => {
    const ran = run(activity, log)
    expect(ran.index('publisherId', 'by', 'position')).toContain('p-1 marketplace 6 e-6')
    const askedByMembers = beginningsOf(activity).filter((fields) => fields.includes('publisherId'))
    expect(askedByMembers.flatMap((fields) => ran.index(...fields)).join()).not.toContain('SECRET')
  })

  it('T34 is nothing to outsiders, and nothing of another publisher stands among it', () => {
    const other = listingStory('l-2', 'p-2')
    const ran = run(activity, [...logOf(other.created()), ...log.slice(1)])
    expect(ran.index('publisherId', 'position')).toContain('p-2 1 e-1')
    expect(ran.index('publisherId', 'listingId', 'position')).not.toContain('p-1 l-2 1 e-1')
    expect(ran.get('e-1', outsider)).toBeUndefined()
  })
})

describe('whose a listing is', () => {
  it('is remembered where nobody finds it', () => {
    const ran = run(activity, log)
    expect(ran.documents.has('listing-l-1')).toBe(true)
    expect(ran.get('listing-l-1', staff)).toBeUndefined()
    expect(
      beginningsOf(activity)
        .flatMap((fields) => ran.index(...fields))
        .join('\n'),
    ).not.toContain('listing-l-1')
  })

  it('what began before the log that is at hand belongs to no publisher', () => {
    expect(run(activity, logOf(story.submitted())).get('e-1')).toMatchObject({ publisherId: '' })
  })
})

it('T30 an event type that this code does not know is for staff alone', () => {
  const document = activity.apply(
    activity.empty,
    { ...log[5]!, type: 'CheckAudited' } as never,
    log[5]!.id,
    () => undefined,
  )!
  expect(activity.show?.(document, staff)).toBe(document)
  expect(activity.show?.(document, member)).toBeUndefined()
})
