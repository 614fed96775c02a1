import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  contentHash,
  defineMarketplace,
  type JsonObject,
  type Kinds,
  type Marketplace as Rules,
  type Store,
  type StoredEvent,
} from '@vitrine/core'
import { sqliteStore } from '@vitrine/store-sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { sha256 } from '../src/command-hash.js'
import { allEvents, approve, done, handClock, loggedBy, luc, open, publisherIn, refusal, rita } from './stage.js'

const baseUrl = 'https://market.example'
const checks = { content: 'required' } as const
const price = z.enum(['free', 'paid'])

/** How tools were described at first. */
const first = defineMarketplace({
  baseUrl,
  kinds: {
    tool: {
      content: z.object({ name: z.string(), blurb: z.string(), price, terms: z.string().optional() }),
      checks,
    },
  },
})

/** Then a field had another name, two became one, and one came that every tool has. */
const second = defineMarketplace({
  baseUrl,
  contentVersion: 2,
  kinds: {
    tool: {
      content: z.object({
        name: z.string(),
        summary: z.string(),
        pricing: z.object({ model: price, terms: z.string().optional() }),
        region: z.string(),
      }),
      checks,
    },
  },
  upcastContent: toSecond,
})

/** Then that one became a list. */
const third = defineMarketplace({
  baseUrl,
  contentVersion: 3,
  kinds: {
    tool: {
      content: z.object({
        name: z.string(),
        summary: z.string(),
        pricing: z.object({ model: price, terms: z.string().optional() }),
        regions: z.array(z.string()),
      }),
      checks,
    },
  },
  upcastContent: (content, from) => (from.version === 1 ? toSecond(content) : toThird(content)),
})

function toSecond({ blurb, price: model, terms, ...rest }: JsonObject): JsonObject {
  const pricing = model === undefined ? {} : { pricing: { model, ...(terms !== undefined && { terms }) } }
  return { region: 'eu', ...rest, ...(blurb !== undefined && { summary: blurb }), ...pricing }
}

function toThird({ region, ...rest }: JsonObject): JsonObject {
  return { ...rest, regions: region === undefined ? [] : [region] }
}

const written = { blurb: 'Hits nails', price: 'paid', terms: 'Ten euros' }
const shown = { name: 'Hammer', summary: 'Hits nails', pricing: { model: 'paid', terms: 'Ten euros' } }

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** A file that can be opened again and again, each time with other rules. */
async function file() {
  const folder = await mkdtemp(join(tmpdir(), 'evolution-'))
  ends.push(() => rm(folder, { recursive: true, force: true }))
  const store: Store = sqliteStore(join(folder, 'market.db'))
  const clock = handClock()
  return {
    store,
    clock,
    under: async (rules: Rules<Kinds>, more: object = {}) => {
      const market = await open({ store, rules, clock, ...more })
      ends.push(() => market.close())
      return market
    },
    stored: async () => {
      const opened = await store.open()
      const events = await allEvents(opened.log)
      await opened.close()
      return events
    },
  }
}

type Market = Awaited<ReturnType<typeof open>>

async function draft(market: object, publisherId: string, changes: object = written): Promise<string> {
  const { state } = await done(market, { type: 'Create', publisherId, kind: 'tool', name: 'Hammer' }, { by: luc })
  await revise(market, state.id, changes)
  return state.id
}

function revise(market: object, listingId: string, changes: object) {
  return done(market, { type: 'Revise', listingId, changes }, { by: luc })
}

async function contentOf(market: Market, listingId: string): Promise<unknown> {
  const listing = await market.listing(listingId, { for: luc })
  if (listing?.state.working.status === 'none' || !listing) return undefined
  return listing.state.working.content
}

/** A listing that is live and one that is a draft, written under the first rules; then closed. */
async function writtenUnderFirst() {
  const place = await file()
  const market = await place.under(first)
  const publisherId = await publisherIn(market)
  const live = await draft(market, publisherId)
  await approve(market, live)
  place.clock.wait(60_000)
  await done(market, { type: 'Publish', listingId: live, revision: 1 }, { by: luc })
  place.clock.wait(60_000)
  const drafted = await draft(market, publisherId)
  await market.catchUp()
  await market.close()
  return { ...place, publisherId, live, drafted, before: await place.stored() }
}

describe('a log that was written under older content schemas', () => {
  it('D10 is the same in every way of looking at it: states, the past, histories, views, all in the shape of today', async () => {
    const { under, live, drafted, publisherId } = await writtenUnderFirst()
    const market = await under(second)
    await market.ready()
    const today = { ...shown, region: 'eu' }

    expect(await contentOf(market, drafted)).toEqual(today)
    const listing = await market.listing(live, { for: luc })
    expect(listing?.state.archive['1']?.content).toEqual(today)
    const then = await market.listingAt(live, '2026-01-05T09:00:00.000Z', { for: luc })
    expect(then?.working).toMatchObject({ status: 'approved', content: today })

    const history = await market.history(live, { for: luc })
    const told = (type: string) => history.find((event) => event.type === type)?.data
    expect(told('Revised')).toEqual({ changes: { ...today, name: undefined } })
    expect(told('Published')).toMatchObject({ content: today })

    const { catalogue, draftAgainstLive } = market.views
    expect(await catalogue.get(live)).toMatchObject({ content: today })
    expect(await draftAgainstLive.get(live, { for: luc })).toMatchObject({ working: null, live: { content: today } })
    expect(await draftAgainstLive.get(drafted, { for: luc })).toMatchObject({ working: { content: today } })
    const onThatDay = await market.liveOn('2026-01-05T09:01:00.000Z', { for: luc, publisherId })
    expect(onThatDay).toMatchObject([{ listingId: live, name: 'Hammer' }])
  })

  it('D10 stays as it was in the log: events that are read as they are stored do not differ', async () => {
    const { under, stored, drafted, before } = await writtenUnderFirst()
    const market = await under(second)
    await market.catchUp()
    await revise(market, drafted, { region: 'us' })
    const after = await stored()
    expect(after.slice(0, before.length)).toEqual(before)
    expect(after.slice(before.length).map(({ metadata }) => metadata.contentVersion)).toEqual([2])
    const raw: StoredEvent[] = []
    for await (const page of market.events({ types: ['Published'] })) raw.push(...page.events)
    expect(raw).toMatchObject([{ data: { content: { name: 'Hammer', ...written } } }])
  })

  it('D10 goes on under the schemas of today: what is there is not held against them, what comes is', async () => {
    const { under, drafted } = await writtenUnderFirst()
    const market = await under(second)
    expect(await refusal(market, { type: 'Revise', listingId: drafted, changes: { blurb: 'Old' } }, { by: luc })).toBe(
      'content-invalid',
    )
    await revise(market, drafted, { region: 'us' })
    await approve(market, drafted)
    const live = await done(market, { type: 'Publish', listingId: drafted, revision: 1 }, { by: luc })
    expect(live.events[0]?.data).toMatchObject({ content: { ...shown, region: 'us' } })
  })

  it('D10 a draft that was written under one version and then another says what each last said of a field', async () => {
    const { under, drafted } = await writtenUnderFirst()
    const market = await under(second)
    await revise(market, drafted, { summary: 'Hits anything', region: 'us' })
    await market.close()
    const next = await under(third)
    await next.ready()
    const today = { ...shown, summary: 'Hits anything', regions: ['us'] }
    expect(await contentOf(next, drafted)).toEqual(today)
    expect(await next.views.draftAgainstLive.get(drafted, { for: luc })).toMatchObject({ working: { content: today } })
    await revise(next, drafted, { pricing: { model: 'free' } })
    expect(await contentOf(next, drafted)).toEqual({ ...today, pricing: { model: 'free' } })
  })

  it('D10 is lifted as a whole: what was removed under its old name is gone, what became one field is not torn', async () => {
    const { under, publisherId } = await writtenUnderFirst()
    const old = await under(first)
    const [removed, changed] = [await draft(old, publisherId), await draft(old, publisherId)]
    await revise(old, removed, { blurb: null, terms: null })
    await revise(old, changed, { terms: 'Twelve euros' })
    await old.close()
    const market = await under(second)
    await market.ready()
    const expected: [string, object][] = [
      [removed, { name: 'Hammer', pricing: { model: 'paid' }, region: 'eu' }],
      [changed, { ...shown, pricing: { model: 'paid', terms: 'Twelve euros' }, region: 'eu' }],
    ]
    for (const [listingId, content] of expected) {
      expect(await contentOf(market, listingId)).toEqual(content)
      const compared = await market.views.draftAgainstLive.get(listingId, { for: luc })
      expect(compared?.working?.content).toEqual(content)
    }
    const [last] = (await market.history(removed, { for: luc })).slice(-1)
    expect(last?.data).toEqual({ changes: { summary: null, pricing: { model: 'paid' } } })
  })

  it('D10 a revision shows all that was asked for, also what was so before', async () => {
    const { under, drafted } = await writtenUnderFirst()
    const old = await under(first)
    await revise(old, drafted, { name: 'Hammer', blurb: 'Hits hard' })
    await old.close()
    const [last] = (await (await under(second)).history(drafted, { for: luc })).slice(-1)
    expect(last?.data).toEqual({ changes: { name: 'Hammer', summary: 'Hits hard' } })
  })

  it('D10 to a name alone nothing is added: what is missing is still missing, in states and in views', async () => {
    const { under, publisherId } = await writtenUnderFirst()
    const old = await under(first)
    const { state } = await done(old, { type: 'Create', publisherId, kind: 'tool', name: 'Saw' }, { by: luc })
    await old.close()
    const market = await under(second)
    await market.ready()
    expect(await contentOf(market, state.id)).toEqual({ name: 'Saw' })
    await revise(market, state.id, { summary: 'Cuts wood' })
    await market.close()
    const again = await under(second)
    const today = { name: 'Saw', summary: 'Cuts wood' }
    expect(await contentOf(again, state.id)).toEqual(today)
    await again.catchUp()
    const compared = await again.views.draftAgainstLive.get(state.id, { for: luc })
    expect(compared?.working?.content).toEqual(today)
  })

  it('D10 a revision that starts from an older one begins as that was', async () => {
    const { under, live } = await writtenUnderFirst()
    const old = await under(first)
    await done(old, { type: 'StartRevision', listingId: live }, { by: luc })
    await revise(old, live, { blurb: 'Hits harder', price: 'free' })
    await approve(old, live)
    await done(old, { type: 'Publish', listingId: live, revision: 2 }, { by: luc })
    await done(old, { type: 'StartRevision', listingId: live, from: 1 }, { by: luc })
    await revise(old, live, { terms: 'Twelve euros' })
    await old.close()
    const market = await under(second)
    await market.ready()
    const today = { ...shown, region: 'eu', pricing: { model: 'paid', terms: 'Twelve euros' } }
    expect(await contentOf(market, live)).toEqual(today)
    expect(await market.views.draftAgainstLive.get(live, { for: luc })).toMatchObject({
      working: { content: today },
      live: { content: { ...shown, summary: 'Hits harder', pricing: { model: 'free', terms: 'Ten euros' } } },
    })
  })

  it('D10 a revision that starts from what was published then begins in the shape of today', async () => {
    const { under, live } = await writtenUnderFirst()
    const old = await under(first)
    await done(old, { type: 'StartRevision', listingId: live }, { by: luc })
    await revise(old, live, { blurb: 'Hits harder' })
    await old.close()
    const market = await under(third)
    await market.ready()
    const today = { ...shown, summary: 'Hits harder', regions: ['eu'] }
    expect(await contentOf(market, live)).toEqual(today)
    expect(await market.views.draftAgainstLive.get(live, { for: luc })).toMatchObject({ working: { content: today } })
    await done(market, { type: 'DiscardRevision', listingId: live }, { by: luc })
    await done(market, { type: 'Withdraw', listingId: live, reason: 'Retired' }, { by: luc })
    const again = await done(market, { type: 'Republish', listingId: live, revision: 1 }, { by: luc })
    expect(again.events[0]?.data).toMatchObject({ content: { ...shown, regions: ['eu'] } })
  })

  it('D10 T28 a command that was written then gets its first answer, in the shape of today', async () => {
    const { under, drafted } = await writtenUnderFirst()
    const old = await under(first)
    const command = { type: 'Revise', listingId: drafted, changes: { blurb: 'Hits hard' } }
    await done(old, command, { by: luc, commandId: 'c-then' })
    await old.close()
    const market = await under(second)
    const again = await done(market, command, { by: luc, commandId: 'c-then' })
    expect(again).toMatchObject({ duplicate: true, events: [{ data: { changes: { summary: 'Hits hard' } } }] })
  })
})

describe('what was handed in under older content schemas', () => {
  const handedIn = async () => {
    const place = await writtenUnderFirst()
    const old = await place.under(first)
    await done(old, { type: 'Submit', listingId: place.drafted, publishMode: 'manual' }, { by: luc })
    const [submitted] = (await place.stored()).slice(-1)
    await done(
      old,
      { type: 'RecordCheck', listingId: place.drafted, check: 'content', verdict: 'passed' },
      { by: rita },
    )
    await old.close()
    const { submissionId, contentHash } = submitted!.data as { submissionId: string; contentHash: string }
    return { ...place, submission: { submissionId, contentHash } }
  }

  it('D10 T14 is approved by the hash that it was handed in with, and published in the shape of today', async () => {
    const { under, drafted, submission } = await handedIn()
    const market = await under(second)
    const progress = await market.listing(drafted, { for: rita })
    expect(progress?.state.working).toMatchObject({ submission: { contentHash: submission.contentHash } })
    const lifted = { revision: 1, content: (await contentOf(market, drafted)) as JsonObject }
    const ofToday = contentHash('tool', lifted, sha256)
    expect(ofToday).not.toBe(submission.contentHash)
    const approval = { type: 'Approve', listingId: drafted, submissionId: submission.submissionId }
    expect(await refusal(market, { ...approval, contentHash: ofToday }, { by: rita })).toBe('content-changed')
    await done(market, { ...approval, contentHash: submission.contentHash }, { by: rita })
    const live = await done(market, { type: 'Publish', listingId: drafted, revision: 1 }, { by: luc })
    expect(live.events[0]?.data).toMatchObject({ content: { ...shown, region: 'eu' } })
  })

  it('D10 T15 is other content when it is handed in again: it needs no comment, and no check carries over', async () => {
    const { under, drafted, submission } = await handedIn()
    const market = await under(second)
    const reasons = [{ seen: 'A typo', howToFix: 'Mend it' }]
    await done(market, { type: 'Reject', listingId: drafted, ...submission, reasons }, { by: rita })
    const again = await done(market, { type: 'Submit', listingId: drafted, publishMode: 'manual' }, { by: luc })
    expect(again.state).toMatchObject({ working: { submission: { unchanged: false, verdicts: {} } } })
  })
})

describe('processes of two content versions beside each other', () => {
  it('B22 D10 content that is newer than the rules is not decided on; other listings go on, views say why they stop', async () => {
    const { under, live, drafted, publisherId } = await writtenUnderFirst()
    const next = await under(second)
    await revise(next, drafted, { region: 'us' })
    const old = await under(first)
    const asked = revise(old, drafted, { blurb: 'Old' })
    await expect(asked).rejects.toMatchObject({ code: 'newer-than-this-code' })
    await done(old, { type: 'MakePrivate', listingId: live }, { by: luc })
    await draft(old, publisherId)
    await old.catchUp()
    const stopped = (await old.health()).views.filter((view) => view.stopped).map(({ name }) => name)
    expect(stopped).toContain('draft-against-live')
    expect(stopped).not.toContain('links')
  })

  it('B10 B12 D10 each has views of its own: those of the older one stay as they were', async () => {
    const { under, live } = await writtenUnderFirst()
    const next = await under(second)
    await expect(next.views.catalogue.get(live)).rejects.toMatchObject({ code: 'view-building' })
    await next.ready()
    const old = await under(first)
    expect(await old.views.catalogue.get(live)).toMatchObject({ content: { name: 'Hammer', ...written } })
    expect(await next.views.catalogue.get(live)).toMatchObject({ content: shown })
    await next.rebuild('catalogue' as never)
    await next.ready()
    expect(await next.views.catalogue.get(live)).toMatchObject({ content: shown })
    expect(await old.views.catalogue.get(live)).toMatchObject({ content: { name: 'Hammer', ...written } })
  })

  it('D10 what the older one still writes is understood by all that was written before it, also from the cache', async () => {
    const { under, drafted } = await writtenUnderFirst()
    const [old, next] = [await under(first), await under(second)]
    await next.ready()
    expect(await contentOf(next, drafted)).toMatchObject(shown)
    await revise(old, drafted, { terms: 'Twelve euros', blurb: null })
    await next.catchUp()
    const today = { name: 'Hammer', pricing: { model: 'paid', terms: 'Twelve euros' }, region: 'eu' }
    expect(await contentOf(next, drafted)).toEqual(today)
    expect(await next.views.draftAgainstLive.get(drafted, { for: luc })).toMatchObject({ working: { content: today } })
    const { state } = await revise(next, drafted, { summary: 'Again' })
    expect(state).toMatchObject({ working: { content: { ...today, summary: 'Again' } } })
  })
})

describe('content that cannot be lifted', () => {
  const failing = (upcastContent: Rules<Kinds>['upcastContent']) =>
    defineMarketplace({ ...second, guidelines: () => [], upcastContent })

  it.each<[string, Rules<Kinds>['upcastContent'], RegExp]>([
    [
      'because the upcaster throws',
      () => {
        throw new Error('What is a blurb?')
      },
      /The content of event 1 of listing-.* \(Revised\) was not lifted from version 1: What is a blurb\?/,
    ],
    [
      'because it gives what no store can keep',
      (content) => ({ ...content, since: new Date(0) as never }),
      /content\.since is a Date/,
    ],
    [
      'because it changes what it was given',
      (content) => Object.assign(content, { region: 'eu' }),
      /read only|extensible/,
    ],
    ['because it gives nothing', () => undefined as never, /was not lifted/],
  ])(
    'B9 D10 is a typed error, %s; nothing is written, and views stop there until it is mended',
    async (_, upcast, why) => {
      const { under, drafted, live, stored, before } = await writtenUnderFirst()
      const logger = loggedBy()
      const market = await under(failing(upcast), { logger })
      const asked = revise(market, drafted, { region: 'us' })
      await expect(asked).rejects.toMatchObject({ code: 'content-not-lifted', message: expect.stringMatching(why) })
      await market.catchUp()
      const { views } = await market.health()
      const catalogue = views.find(({ name }) => name === 'catalogue')
      expect(catalogue?.stopped).toMatchObject({ reason: expect.stringMatching(why), event: { type: 'Published' } })
      expect(catalogue?.position).toBeLessThan(catalogue?.stopped?.event?.position ?? 0)
      expect(await stored()).toEqual(before)
      await market.close()

      const mended = await under(second)
      await mended.ready()
      expect(await mended.views.catalogue.get(live)).toMatchObject({ content: shown })
    },
  )

  it('a field that is carried on without a value is not there', async () => {
    const { under, publisherId } = await writtenUnderFirst()
    const old = await under(first)
    const bare = await draft(old, publisherId, { price: 'free' })
    await old.close()
    const careless = failing(({ blurb, price: model, ...rest }) => {
      return { ...rest, summary: blurb, pricing: { model: model ?? null }, region: null }
    })
    expect(await contentOf(await under(careless), bare)).toEqual({ name: 'Hammer', pricing: { model: 'free' } })
  })
})

describe('an event whose own shape cannot be lifted', () => {
  it('B9 without an upcaster is a typed error: its stream is not decided on, views stop there, policies park it', async () => {
    const place = await writtenUnderFirst()
    const opened = await place.store.open()
    const stream = `listing-${place.drafted}`
    const { events, head } = await opened.log.readStream(stream, { backwards: true, limit: 1 })
    const { stream: _s, version: _v, position: _p, ...last } = events[0]!
    const older = {
      ...last,
      id: '00000000-0000-7000-8000-00000000000a',
      type: 'Submitted',
      metadata: { ...last.metadata, schemaVersion: 0 },
    }
    await opened.log.append({ writes: [{ stream, expected: head, events: [older] }] })
    await opened.close()

    const market = await place.under(first)
    await expect(revise(market, place.drafted, { blurb: 'More' })).rejects.toMatchObject({ code: 'event-not-lifted' })
    await market.catchUp()
    const { views } = await market.health()
    const queue = views.find(({ name }) => name === 'review-queue')
    expect(queue?.stopped).toMatchObject({
      reason: expect.stringContaining('was not lifted from version 0 of Submitted: there is no upcaster for it'),
      event: { type: 'Submitted', stream },
    })
    expect(await market.parked()).toMatchObject([
      { policy: 'approve-trusted-updates', stream, type: 'Submitted' },
      { policy: 'notify', stream, type: 'Submitted' },
    ])
    await done(market, { type: 'MakePrivate', listingId: place.live }, { by: luc })
  })
})
