import { defineMarketplace, StoreError } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { describe, expect, it } from 'vitest'
import {
  ada,
  allEvents,
  approve,
  day,
  done,
  draftIn,
  handClock,
  liveIn,
  luc,
  olaf,
  open,
  publisherIn,
  refusal,
  typesIn,
  withLog,
  zoe,
} from '../test/stage.js'

const revise = (listingId: string, headline: string) => ({ type: 'Revise', listingId, changes: { headline } })

describe('a command that is repeated', () => {
  it('D1 T28 writes once and is answered as the first time, also after a restart', async () => {
    const store = memoryStore()
    const market = await open({ store })
    const listingId = await draftIn(market, await publisherIn(market))
    const first = await done(market, revise(listingId, 'One'), { by: luc, commandId: 'c-1' })
    await done(market, revise(listingId, 'Two'), { by: luc })
    const again = await done(market, revise(listingId, 'One'), { by: luc, commandId: 'c-1' })
    const restarted = await done(await open({ store }), revise(listingId, 'One'), { by: luc, commandId: 'c-1' })
    expect(again).toEqual({ ...first, duplicate: true })
    expect(restarted).toEqual(again)
    expect(await typesIn(store)).toEqual(['Created', 'Revised', 'Revised', 'Revised'])
  })

  it('D1 twenty times at once writes once', async () => {
    const store = memoryStore()
    const market = await open({ store })
    const listingId = await draftIn(market, await publisherIn(market))
    const ask = () => done(market, revise(listingId, 'One'), { by: luc, commandId: 'c-1' })
    const answers = await Promise.all(Array.from({ length: 20 }, ask))
    expect(new Set(answers.map(({ version }) => version)).size).toBe(1)
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1)
    expect(await typesIn(store)).toHaveLength(3)
  })

  it('D2 T28 under the same id with another payload, or by another actor, is refused and shows nothing', async () => {
    const market = await open()
    const listingId = await draftIn(market, await publisherIn(market))
    await done(market, revise(listingId, 'One'), { by: luc, commandId: 'c-1' })
    const other = await market.execute(revise(listingId, 'Two') as never, { by: luc, commandId: 'c-1' })
    expect(other).toMatchObject({ refused: { code: 'command-id-reused' } })
    expect(JSON.stringify(other)).not.toContain('One')
    expect(await refusal(market, revise(listingId, 'One'), { by: ada, commandId: 'c-1' })).toBe('command-id-reused')
  })

  it('begins nothing twice when the caller brings no id', async () => {
    const market = await open()
    const publisherId = await publisherIn(market)
    const create = { type: 'Create', publisherId, kind: 'app', name: 'Ledgerline' }
    const first = await done(market, create, { by: luc, commandId: 'c-1' })
    expect((await done(market, create, { by: luc, commandId: 'c-1' })).state.id).toBe(first.state.id)
    expect((await done(market, create, { by: luc, commandId: 'c-2' })).state.id).not.toBe(first.state.id)
  })
})

describe('when another process wrote in between', () => {
  it('D3 it is decided again on what is there now', async () => {
    const store = memoryStore()
    const [one, two] = [await open({ store }), await open({ store })]
    const listingId = await draftIn(one, await publisherIn(one))
    await done(two, revise(listingId, 'Two'), { by: luc })
    const answer = await done(one, { type: 'Revise', listingId, changes: { shortDescription: 'One' } }, { by: luc })
    expect(answer.state).toMatchObject({ working: { content: { headline: 'Two', shortDescription: 'One' } } })
    expect(answer.version).toBe(3)
  })

  it('D4 what was possible may be refused now', async () => {
    const store = memoryStore()
    const [one, two] = [await open({ store }), await open({ store })]
    const listingId = await draftIn(one, await publisherIn(one))
    await done(two, { type: 'Submit', listingId, publishMode: 'manual' }, { by: luc })
    expect(await refusal(one, revise(listingId, 'One'), { by: luc })).toBe('not-from-here')
    expect(await typesIn(store)).toEqual(['Created', 'Revised', 'Submitted'])
  })

  it('D22 a cached state on which the effect holds, or which forbids it, is not trusted', async () => {
    const store = memoryStore()
    const [one, two] = [await open({ store }), await open({ store })]
    const listingId = await draftIn(one, await publisherIn(one))
    const again = revise(listingId, 'Invoices that write themselves')
    await done(two, revise(listingId, 'Other'), { by: luc })
    expect((await done(one, again, { by: luc })).events).toHaveLength(1)

    await done(two, { type: 'Submit', listingId, publishMode: 'manual' }, { by: luc })
    expect(await refusal(one, revise(listingId, 'Third'), { by: luc })).toBe('not-from-here')
    await done(two, { type: 'RecallSubmission', listingId }, { by: luc })
    expect((await done(one, revise(listingId, 'Third'), { by: luc })).events).toHaveLength(1)
  })

  it('D22 what may be asked next is read afresh', async () => {
    const store = memoryStore()
    const [one, two] = [await open({ store }), await open({ store })]
    const publisherId = await publisherIn(one)
    const listingId = await draftIn(one, publisherId)
    await done(two, { type: 'SuspendPublisher', publisherId, reason: 'A complaint' }, { by: olaf })
    const submit = (await one.nextActions(listingId, { by: luc })).find(({ command }) => command === 'Submit')
    expect(submit?.refused?.code).toBe('publisher-suspended')
  })

  it('a right that was revoked a moment ago is guarded, though it is still cached', async () => {
    const store = memoryStore()
    const [one, two] = [await open({ store }), await open({ store })]
    const publisherId = await publisherIn(one)
    const listingId = await draftIn(one, publisherId)
    await done(two, { type: 'RevokeAutoPublish', publisherId }, { by: olaf })
    const submit = { type: 'Submit', listingId, publishMode: 'auto' }
    expect(await refusal(one, submit, { by: luc })).toBe('auto-publish-not-granted')
  })

  it('D23 two processes that retry one command id at once write once and answer alike', async () => {
    const store = memoryStore()
    const [one, two] = [await open({ store }), await open({ store })]
    const listingId = await draftIn(one, await publisherIn(one))
    for (let round = 0; round < 50; round += 1) {
      const ask = (market: object) =>
        done(market, revise(listingId, `Round ${round}`), { by: luc, commandId: `c-${round}` })
      const [a, b] = await Promise.all([ask(one), ask(two)])
      expect({ ...a, duplicate: true }).toEqual({ ...b, duplicate: true })
    }
    expect(await typesIn(store)).toHaveLength(52)
  })

  it('D14 a hundred publications at once publish once', async () => {
    const store = memoryStore()
    const markets = [await open({ store }), await open({ store })]
    const listingId = await draftIn(markets[0]!, await publisherIn(markets[0]!))
    await approve(markets[0]!, listingId)
    const publish = { type: 'Publish', listingId, revision: 1 } as const
    const asked = Array.from({ length: 100 }, (_, at) => markets[at % 2]!.execute(publish, { by: luc }))
    const answers = await Promise.all(asked)
    expect(answers.every((answer) => 'events' in answer)).toBe(true)
    expect((await typesIn(store)).filter((type) => type === 'Published')).toHaveLength(1)
  })

  it('T17 of two claims of one slug at once, one wins', async () => {
    const store = memoryStore()
    const [one, two] = [await open({ store }), await open({ store })]
    const publisherId = await publisherIn(one)
    const [mine, yours] = [await draftIn(one, publisherId), await draftIn(two, publisherId, 'Other')]
    for (let round = 0; round < 50; round += 1) {
      const claim = (market: typeof one, listingId: string) =>
        market.execute({ type: 'ClaimVanityUrl', listingId, slug: `slug-${round}` }, { by: luc })
      const answers = await Promise.all([claim(one, mine), claim(two, yours)])
      expect(answers.filter((answer) => 'refused' in answer)).toMatchObject([{ refused: { code: 'slug-taken' } }])
    }
  })

  it('T17 a slug that was dropped before it was live is free in the same append', async () => {
    const store = memoryStore()
    const market = await open({ store })
    const publisherId = await publisherIn(market)
    const listingId = await draftIn(market, publisherId)
    await done(market, { type: 'ClaimVanityUrl', listingId, slug: 'ledger' }, { by: luc })
    await done(market, { type: 'ClaimVanityUrl', listingId, slug: 'ledgerline' }, { by: luc })
    expect(await typesIn(store, 'vanity-ledger')).toEqual(['SlugTaken', 'SlugFreed', 'SlugTaken'])
    const other = await draftIn(market, publisherId, 'Other')
    expect(
      (await done(market, { type: 'ClaimVanityUrl', listingId: other, slug: 'ledger' }, { by: luc })).version,
    ).toBe(2)
  })
})

describe('when others keep writing first', () => {
  const conflict = new StoreError('conflict', 'Somebody was first.', { stream: 'listing-x' })

  it('D5 it gives up after a bounded number of decisions, and says how many', async () => {
    const store = memoryStore()
    const fine = await open({ store })
    const listingId = await draftIn(fine, await publisherIn(fine))
    let appends = 0
    const append = () => {
      appends += 1
      return Promise.reject(conflict)
    }
    const market = await open({ store: withLog(store, () => ({ append })), limits: { attempts: 4 } })
    const asked = market.execute({ type: 'RecallSubmission', listingId }, { by: luc })
    expect(await asked).toMatchObject({ refused: { code: 'not-from-here' } })
    await expect(market.execute(revise(listingId, 'One') as never, { by: luc })).rejects.toMatchObject({
      code: 'conflict-exhausted',
      facts: { attempts: 4 },
    })
    expect(appends).toBe(4)
  })

  it('D6 a version that the caller saw and that is stale is refused at once; a written command keeps its answer', async () => {
    const store = memoryStore()
    const [market, other] = [await open({ store }), await open({ store })]
    const listingId = await draftIn(market, await publisherIn(market))
    const options = { by: luc, expectedVersion: 1, commandId: 'c-1' }
    const first = await done(market, revise(listingId, 'One'), options)
    expect(await refusal(market, revise(listingId, 'Two'), { by: luc, expectedVersion: 1 })).toBe('stale-version')
    expect(await done(market, revise(listingId, 'One'), options)).toEqual({ ...first, duplicate: true })
    await done(other, revise(listingId, 'Three'), { by: luc })
    expect(await refusal(market, revise(listingId, 'Four'), { by: luc, expectedVersion: 2 })).toBe('stale-version')
    expect((await done(other, revise(listingId, 'Five'), { by: luc, expectedVersion: 3 })).version).toBe(4)
    expect((await done(market, revise(listingId, 'Six'), { by: luc, expectedVersion: 4 })).version).toBe(5)
  })
})

describe('what a decision comes to', () => {
  it('D7 a fault in the rules is thrown as it is, once, and nothing is written', async () => {
    const fault = new Error('A bug of the service')
    let thrown = 0
    const rules = defineMarketplace({
      baseUrl: 'https://market.example',
      guidelines: ({ hard }) => [
        hard('boom', ['headline'], () => {
          thrown += 1
          throw fault
        }),
      ],
    })
    const store = memoryStore()
    const market = await open({ store, rules })
    const listingId = await draftIn(market, await publisherIn(market))
    await expect(
      market.execute({ type: 'Submit', listingId, publishMode: 'manual' }, { by: luc }),
    ).rejects.toMatchObject({
      facts: { cause: fault },
    })
    expect(thrown).toBe(1)
    expect(await typesIn(store)).toEqual(['Created', 'Revised'])
  })

  it('D8 T33 what holds already writes nothing, and is answered with the position it was decided at', async () => {
    const market = await open()
    const listingId = await draftIn(market, await publisherIn(market))
    const first = await done(market, revise(listingId, 'One'), { by: luc })
    const again = await done(market, revise(listingId, 'One'), { by: luc })
    expect(again).toMatchObject({ events: [], version: first.version, position: first.position })
  })

  it('D9 every problem of a command is named by its path, and nothing is written', async () => {
    const market = await open()
    const { listingId } = await liveIn(market)
    const answer = await market.execute(
      { type: 'Submit', listingId: listingId.toUpperCase(), publishMode: 'soon', comment: 7, more: 1 } as never,
      { by: luc },
    )
    expect(answer).toMatchObject({ refused: { code: 'invalid-command' } })
    const { problems = [] } = 'refused' in answer ? answer.refused : {}
    expect(problems.map(({ path }) => path).toSorted()).toEqual(['comment', 'more', 'publishMode'])
  })

  it('D9 what is no JSON, no command, or under no possible id is refused', async () => {
    const market = await open()
    const listingId = await draftIn(market, await publisherIn(market))
    const cyclic: Record<string, unknown> = {}
    cyclic.self = cyclic
    const refused = (command: unknown, options: object = { by: luc }) =>
      market.execute(command as never, options as never)
    const bad = [
      refused(undefined),
      refused({ type: 'constructor' }),
      refused({ type: 'Destroy', listingId }),
      refused({ type: 'Revise', listingId, changes: { headline: 1n } }),
      refused({ type: 'Revise', listingId, changes: { headline: '\ud800' } }),
      refused({ type: 'Revise', listingId, changes: cyclic }),
      refused(revise(listingId, 'One'), { by: luc, commandId: '' }),
      refused(revise(listingId, 'One'), { by: luc, commandId: 'ü' }),
      refused(revise(listingId, 'One'), { by: luc, commandId: 'x'.repeat(129) }),
      refused(revise(listingId, 'One'), { by: { id: 'system', name: 'Vitrine', system: true } }),
      refused(revise(listingId, 'One'), { by: { id: '__proto__', name: 'Nobody' } }),
      refused(revise(listingId, 'One'), {}),
      refused(revise(listingId, 'One'), { by: luc, comandId: 'c-1' }),
    ]
    for (const answer of await Promise.all(bad)) expect(answer).toMatchObject({ refused: { code: 'invalid-command' } })
  })

  it('D9 T34 nobody joins or acts under an id that no view could hold', async () => {
    const store = memoryStore()
    const market = await open({ store })
    const publisherId = await publisherIn(market)
    const before = await typesIn(store, 'publisher-')
    for (const id of ['a\0b', 'a\nb', 'x'.repeat(256), '\ud800', '']) {
      const member = { type: 'AddMember', publisherId, actorId: id, name: 'Zoe', role: 'viewer' } as const
      expect(await market.execute(member, { by: ada })).toMatchObject({ refused: { code: 'invalid-command' } })
      expect(await market.execute({ type: 'Register', name: 'Odd' }, { by: { id, name: 'Zoe' } })).toMatchObject({
        refused: { code: 'invalid-command', message: expect.stringMatching(/^The id of who asks /) },
      })
    }
    await market.catchUp()
    expect((await market.health()).well).toBe(true)
    expect(await typesIn(store, 'publisher-')).toEqual(before)
  })

  it.each(['auto', 'manual'] as const)(
    'P1 what was written piece by piece and handed in (%s) can be published',
    async (publishMode) => {
      const store = memoryStore()
      const market = await open({ store })
      const listingId = await draftIn(market, await publisherIn(market))
      const write = (changes: object) => done(market, { type: 'Revise', listingId, changes }, { by: luc })
      await write({ termsOfUse: 'x'.repeat(500_000) })
      await write({ pricing: { model: 'free', terms: 'y'.repeat(300_000) } })
      expect(await market.execute({ type: 'Submit', listingId, publishMode }, { by: luc })).toMatchObject({
        refused: { code: 'guidelines', findings: [{ guideline: 'content-size' }] },
      })
      const { state } = (await market.listing(listingId, { for: luc }))!
      const over = JSON.stringify('content' in state.working && state.working.content).length - 800_000
      await write({ termsOfUse: 'x'.repeat(500_000 - over) })
      await approve(market, listingId, publishMode)
      if (publishMode === 'manual') await done(market, { type: 'Publish', listingId, revision: 1 }, { by: luc })
      await market.catchUp()
      expect(await typesIn(store)).toContain('Published')
    },
  )

  it('D9 what no store takes is refused with what is wrong with it, and nothing is written', async () => {
    const store = memoryStore()
    const market = await open({ store })
    const listingId = await draftIn(market, await publisherIn(market))
    const before = await typesIn(store)
    const large = { type: 'Revise', listingId, changes: { longDescription: 'x'.repeat(1_000_000) } }
    expect(await market.execute(large as never, { by: luc })).toMatchObject({
      refused: {
        code: 'invalid-command',
        message: expect.stringMatching(/^Revise cannot be stored\. .* at most 900000/),
      },
    })
    const half = { ...luc, name: 'Luc \ud800' }
    expect(await market.execute(revise(listingId, 'One') as never, { by: half })).toMatchObject({
      refused: { code: 'invalid-command', message: expect.stringContaining('half of a surrogate pair') },
    })
    expect(await typesIn(store)).toEqual(before)
    await done(market, revise(listingId, 'One'), { by: luc })
  })

  it('D16 the envelope says who, when, under what, and on what it leans', async () => {
    const store = memoryStore()
    const clock = handClock()
    const market = await open({ store, clock })
    const publisherId = await publisherIn(market)
    const listingId = await draftIn(market, publisherId)
    await done(
      market,
      { type: 'ClaimVanityUrl', listingId, slug: 'ledger' },
      { by: luc, commandId: 'c-9', correlationId: 'k-1' },
    )
    const [claimed, taken] = (await allEvents((await store.open()).log)).slice(-2)
    expect(claimed?.metadata).toMatchObject({
      command: { id: 'c-9', type: 'ClaimVanityUrl', index: 0, of: 1 },
      correlationId: 'k-1',
      causationId: 'c-9',
      actor: { id: luc.id, name: luc.name, role: 'lister' },
      occurredAt: '2026-01-05T09:00:00.000Z',
      schemaVersion: 1,
      contentVersion: 1,
      basis: [
        { stream: `publisher-${publisherId}`, version: 4 },
        { stream: 'vanity-ledger', version: 'none' },
      ],
      hops: 0,
    })
    expect(claimed?.metadata.rules).toMatch(/^[0-9a-f]{64}$/)
    expect(taken).toMatchObject({ stream: 'vanity-ledger', type: 'SlugTaken', data: { listingId } })
  })

  it('D17 what callers do to what they gave or got changes nothing here', async () => {
    const market = await open()
    const listingId = await draftIn(market, await publisherIn(market))
    const changes = { keywords: ['books'] }
    const answer = await done(market, { type: 'Revise', listingId, changes }, { by: luc, commandId: 'c-1' })
    expect(Object.isFrozen(changes.keywords)).toBe(false)
    changes.keywords.push('mine')
    const before = JSON.stringify(answer)
    for (const part of [answer, answer.events, answer.events[0], answer.state]) {
      try {
        Object.assign(part as object, { version: 99, working: {}, data: {} })
      } catch {}
    }
    const { duplicate, ...again } = await done(
      market,
      { type: 'Revise', listingId, changes: { keywords: ['books'] } },
      { by: luc, commandId: 'c-1' },
    )
    expect(duplicate).toBe(true)
    expect(JSON.stringify(again)).toBe(before)
  })

  it('D18 hostile keys are inert', async () => {
    const market = await open()
    const listingId = await draftIn(market, await publisherIn(market))
    const changes = JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}')
    expect(await refusal(market, { type: 'Revise', listingId, changes }, { by: luc })).toBe('content-invalid')
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    expect(await refusal(market, { type: '__proto__', listingId }, { by: luc })).toBe('invalid-command')
  })

  it('D19 two marketplaces in one process know nothing of each other', async () => {
    const [one, two] = [
      await open(),
      await open({ rules: defineMarketplace({ baseUrl: 'https://two.example', publishWithinDays: 1 }) }),
    ]
    const there = await draftIn(one, await publisherIn(one))
    await publisherIn(two)
    expect(await refusal(two, revise(there, 'Mine'), { by: luc })).toBe('unknown-listing')
    const here = await draftIn(two, await publisherIn(two))
    const approvals = [await approve(one, there), await approve(two, here)]
    expect(
      approvals.map(({ state }) => (state.working as { approval: { publishBy: string } }).approval.publishBy),
    ).toEqual(['2026-03-06T09:00:00.000Z', '2026-01-06T09:00:00.000Z'])
  })

  it('D24 time never runs backwards in a stream, whatever the clocks of two processes say', async () => {
    const store = memoryStore()
    const ahead = await open({ store, clock: handClock('2026-01-05T09:05:00.000Z') })
    const behind = await open({ store, clock: handClock('2026-01-05T09:00:00.000Z') })
    const listingId = await draftIn(ahead, await publisherIn(ahead))
    for (let round = 0; round < 4; round += 1)
      await done(round % 2 ? ahead : behind, revise(listingId, `${round}`), { by: luc })
    await done(behind, { type: 'ClaimVanityUrl', listingId, slug: 'ledger' }, { by: luc })
    const events = await allEvents((await store.open()).log)
    for (const [stream, ofStream] of Map.groupBy(events, (event) => event.stream)) {
      const times = ofStream.map(({ metadata }) => metadata.occurredAt)
      expect({ stream, times }).toEqual({ stream, times: times.toSorted() })
    }
  })

  it('T34 an unknown id and a foreign one get the very same answer', async () => {
    const market = await open()
    const { listingId } = await liveIn(market)
    const unknown = '00000000-0000-7000-8000-000000000000'
    await done(market, revise(await draftIn(market, await publisherIn(market)), 'x'), { by: luc, commandId: 'c-1' })
    const ask = (id: string, options: object) => market.execute(revise(id, 'Mine') as never, { by: zoe, ...options })
    for (const options of [{}, { expectedVersion: 7 }, { expectedVersion: 6 }, { commandId: 'c-1' }]) {
      expect(await ask(listingId, options)).toEqual(await ask(unknown, options))
    }
  })
})

describe('when the store does not say what became of an append', () => {
  it('D15 the log is searched, and the same bytes are sent again', async () => {
    const store = memoryStore()
    const fine = await open({ store })
    const listingId = await draftIn(fine, await publisherIn(fine))
    const sent: string[] = []
    let lose: 'before' | 'after' | undefined
    const lossy = withLog(store, (log) => ({
      append: async (append) => {
        sent.push(JSON.stringify(append))
        const lost = lose
        lose = undefined
        if (lost !== 'before') await log.append(append)
        if (lost) throw new StoreError('unknown-outcome', 'The connection broke.')
        return log.append(append)
      },
    }))
    const market = await open({ store: lossy })
    lose = 'after'
    const stored = await done(market, revise(listingId, 'One'), { by: luc, commandId: 'c-1' })
    expect(stored).toMatchObject({ version: 2, events: [{ type: 'Revised' }] })
    expect(sent).toHaveLength(1)
    lose = 'before'
    const again = await done(market, revise(listingId, 'Two'), { by: luc })
    expect(again).toMatchObject({ version: 3 })
    expect(again.duplicate).toBeUndefined()
    expect(sent).toHaveLength(3)
    expect(sent[1]).toBe(sent[2])
    expect(await typesIn(store)).toEqual(['Created', 'Revised', 'Revised', 'Revised'])
  })
})

describe('what time has decided', () => {
  it('T4 is written first, under the id that the sweep uses, and the command is decided on that', async () => {
    const store = memoryStore()
    const clock = handClock()
    const market = await open({ store, clock })
    const listingId = await draftIn(market, await publisherIn(market))
    await approve(market, listingId)
    clock.wait(60 * day)
    const settled = (await market.nextActions(listingId, { by: luc })).find(({ command }) => command === 'Publish')
    expect(settled?.refused).toBeUndefined()
    clock.wait(1)
    const late = (await market.nextActions(listingId, { by: luc })).find(({ command }) => command === 'Publish')
    expect(late?.refused?.code).toBe('approval-expired')
    expect(await refusal(market, { type: 'Publish', listingId, revision: 1 }, { by: luc })).toBe('approval-expired')
    expect((await typesIn(store)).at(-1)).toBe('AutoRejected')
    expect((await done(market, revise(listingId, 'Again'), { by: luc })).events).toHaveLength(1)
    await market.catchUp()
    expect((await typesIn(store)).filter((type) => type === 'AutoRejected')).toHaveLength(1)
  })

  it('T5 a sweep and a publication at once: one of them, never both', async () => {
    for (let round = 0; round < 20; round += 1) {
      const store = memoryStore()
      const clock = handClock()
      const [market, sweeper] = [await open({ store, clock }), await open({ store, clock })]
      const listingId = await draftIn(market, await publisherIn(market))
      await approve(market, listingId)
      clock.wait(60 * day + (round % 2))
      await Promise.all([market.execute({ type: 'Publish', listingId, revision: 1 }, { by: luc }), sweeper.catchUp()])
      const ends = (await typesIn(store)).filter((type) => type === 'Published' || type === 'AutoRejected')
      expect(ends).toEqual([round % 2 ? 'AutoRejected' : 'Published'])
    }
  })
})

describe('many commands for one stream', () => {
  it('take turns, and beyond a bound are not accepted', async () => {
    const market = await open({ limits: { waitingCommands: 5 } })
    const listingId = await draftIn(market, await publisherIn(market))
    const asked = Array.from({ length: 8 }, (_, at) => done(market, revise(listingId, `${at}`), { by: luc }))
    const results = await Promise.allSettled(asked)
    expect(results.map(({ status }) => status)).toEqual([...Array(6).fill('fulfilled'), 'rejected', 'rejected'])
    expect(results[7]).toMatchObject({ reason: { code: 'overloaded' } })
    expect((await done(market, revise(listingId, 'after'), { by: luc })).version).toBe(8)
  })
})

describe('a log written by newer or older code', () => {
  it('B22 commands on a stream that holds what this code does not know are not decided; others go on', async () => {
    const store = memoryStore()
    const market = await open({ store })
    const publisherId = await publisherIn(market)
    const [listingId, other] = [await draftIn(market, publisherId), await draftIn(market, publisherId, 'Other')]
    const { log } = await store.open()
    const [last] = (await log.readStream(`listing-${listingId}`, { backwards: true, limit: 1 })).events
    const newer = { ...last!, id: '00000000-0000-7000-8000-00000000000a', type: 'Embargoed' }
    const { stream: _s, version: _v, position: _p, ...event } = newer
    await log.append({ writes: [{ stream: `listing-${listingId}`, expected: 1, events: [event] }] })
    const asked = open({ store }).then((opened) => done(opened, revise(listingId, 'One'), { by: luc }))
    await expect(asked).rejects.toMatchObject({ code: 'newer-than-this-code' })
    await expect(done(market, revise(listingId, 'One'), { by: luc })).rejects.toMatchObject({
      code: 'newer-than-this-code',
    })
    expect((await done(market, revise(other, 'One'), { by: luc })).version).toBe(2)
  })

  it('D10 content of an older version is lifted when a listing is loaded', async () => {
    const store = memoryStore()
    const old = await open({ store })
    const listingId = await draftIn(old, await publisherIn(old))
    const rules = defineMarketplace({
      baseUrl: 'https://market.example',
      contentVersion: 2,
      upcastContent: (content, { version, kind }) => ({ ...content, shortDescription: `v${version} of an ${kind}` }),
    })
    const market = await open({ store, rules })
    const { state } = await done(market, revise(listingId, 'Two'), { by: luc })
    expect(state).toMatchObject({ working: { content: { headline: 'Two', shortDescription: 'v1 of an app' } } })
  })

  it('a stream with a gap is not folded', async () => {
    const store = memoryStore()
    const market = await open({ store })
    const listingId = await draftIn(market, await publisherIn(market))
    const holed = withLog(store, (log) => ({
      readStream: async (stream, options) => {
        const page = await log.readStream(stream, options)
        return { ...page, events: page.events.filter(({ version }) => version !== 0) }
      },
    }))
    const asked = open({ store: holed }).then((opened) => done(opened, revise(listingId, 'One'), { by: luc }))
    await expect(asked).rejects.toMatchObject({ code: 'history-broken' })
  })
})
