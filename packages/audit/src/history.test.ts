import { memoryStore } from '@vitrine/store-memory'
import { beforeAll, describe, expect, it } from 'vitest'
import { rules, type Story, tellStory } from '../test/story.js'
import { type Happening, history } from './history.js'
import { sightWith } from './personal-sight.js'

const store = memoryStore()
let story: Story

beforeAll(async () => {
  story = await tellStory(store)
})

async function told(id: string, open?: boolean) {
  const { log, messages, keys } = await store.open()
  const sight = open === undefined ? {} : { sight: sightWith(keys, { open }) }
  const found = await history({ log, rules }, id, { messages, ...sight })
  const happenings: Happening[] = []
  for await (const one of found.happenings) happenings.push(one)
  return { found, happenings, of: (type: string) => happenings.filter((one) => one.type === type) }
}

describe('the history of a listing', () => {
  it('says of each event who did it, when, and by which command', async () => {
    const { happenings } = await told(story.listingId)
    expect(happenings[0]).toMatchObject({
      version: 0,
      type: 'Created',
      occurredAt: '2026-01-05T09:07:00.000Z',
      by: { id: 'u-luc', name: 'Luc Moreau', role: 'lister' },
      command: { type: 'Create' },
    })
    expect(happenings.map(({ version }) => version)).toEqual(happenings.map((_, at) => at))
  })

  it('says what changed, field by field; of long texts, where', async () => {
    const { of } = await told(story.listingId)
    expect(of('Revised')[1]!.changes).toEqual([
      {
        field: 'headline',
        change: 'changed',
        before: 'Invoices that write themselves',
        after: 'Bookkeeping for small shops',
      },
    ])
    const [long, demo] = of('Revised')[2]!.changes
    expect(long!.words!.at(-1)).toEqual({ change: 'added', text: ' It now reads receipts.' })
    expect(demo).toMatchObject({ field: 'demoUrl', change: 'added' })
    expect(of('VanityUrlClaimed')[0]!.changes).toMatchObject([{ field: 'vanityUrl', after: 'ledgerline' }])
  })

  it('says which messages an event led to, and what became of them', async () => {
    const { of } = await told(story.listingId)
    expect(of('Submitted')[0]!.messages).toMatchObject([
      { kind: 'listing-submitted', deliveries: [{ to: { is: 'staff', actorId: 'u-rita' }, status: 'delivered' }] },
    ])
    expect(of('Rejected')[0]!.messages).toMatchObject([
      { kind: 'rejected', deliveries: [{ status: 'givenUp', reason: 'There is no such mailbox.' }] },
    ])
  })

  it('ends with what time will still decide, soonest first', async () => {
    const { found } = await told(story.listingId)
    const { pending } = found.end()
    expect(pending.map(({ writes }) => writes)).toEqual([...Array(4).fill('PublicationReminded'), 'AutoRejected'])
    expect(pending.map(({ at }) => at.slice(0, 10))).toEqual([
      '2026-02-28',
      '2026-03-16',
      '2026-03-23',
      '2026-03-29',
      '2026-03-30',
    ])
  })
})

describe('the history of a publisher', () => {
  it('says what was before, and holds no secret and no address', async () => {
    const { of, happenings } = await told(story.publisherId)
    expect(of('RoleChanged')[0]!.changes).toEqual([
      { field: 'members.u-luc.role', change: 'changed', before: 'viewer', after: 'lister' },
    ])
    expect(of('NotificationAddressSet')[0]!.said).toMatchObject({ email: { sealed: true } })
    expect(JSON.stringify(happenings)).not.toContain('marsh.example')
  })
})

describe('the history of a lead', () => {
  it('keeps sealed what is personal, unless it is to be opened', async () => {
    expect((await told(story.leadId)).of('LeadCaptured')[0]!.said).toMatchObject({
      contact: { sealed: true },
      message: { sealed: true },
    })
    expect((await told(story.leadId, false)).of('LeadNoteAdded')[0]!.said).toMatchObject({ text: { sealed: true } })
    expect((await told(story.leadId, true)).of('LeadNoteAdded')[0]!.said).toMatchObject({
      text: 'Call again on Monday.',
    })
  })

  it('shows as erased what was erased, whether or not it was to be opened', async () => {
    for (const open of [false, true]) {
      const { of } = await told(story.erasedLeadId, open)
      expect(of('LeadCaptured')[0]!.said).toMatchObject({ contact: { erased: true }, message: { erased: true } })
    }
  })
})

it('of an id that nothing has there is no history', async () => {
  const { log } = await store.open()
  for (const id of ['01920000-0000-7000-8000-00000000ffff', 'listing-', 'x\u0000y', ''])
    await expect(history({ log, rules }, id)).rejects.toMatchObject({ code: 'not-found' })
})
