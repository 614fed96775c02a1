import type { Store, StoredEvent } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { approval, draftListing, event, scenario } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'
import { allEvents, defaultRules, done, liveIn, luc, olaf, open, rita, typesIn, withLog } from './stage.js'

type Market = Awaited<ReturnType<typeof open>>

/** A listing that is live, of a publisher with the right to updates without a review. */
async function trustedIn(market: object) {
  const live = await liveIn(market)
  await done(market, { type: 'GrantAutoApproval', publisherId: live.publisherId }, { by: olaf })
  return live
}

/** Hands in a second revision with these changes. */
async function update(market: object, listingId: string, changes: object, publishMode = 'manual') {
  await done(market, { type: 'StartRevision', listingId }, { by: luc })
  await done(market, { type: 'Revise', listingId, changes }, { by: luc })
  return done(market, { type: 'Submit', listingId, publishMode }, { by: luc })
}

const words = { headline: 'Better than before' }

async function refusedIn(store: Store) {
  const { progress } = await store.open()
  const shape = { name: 'policy:approve-trusted-updates', version: 1, indexes: [['is']], text: false }
  const { documents } = await (await progress.open(shape)).find({ where: { is: 'refused' } })
  return documents
}

describe('an update of a trusted publisher', () => {
  it('P5 P1 T23 in mode auto is approved and live without a person: one policy follows the other', async () => {
    const store = memoryStore()
    const market = await open({ store })
    const { listingId } = await trustedIn(market)
    await market.catchUp()
    const submitted = await update(market, listingId, words, 'auto')
    await market.catchUp()

    const events = (await allEvents((await store.open()).log)).slice(-3)
    expect(events.map(({ type, metadata }) => [type, metadata.actor.role, metadata.hops])).toEqual([
      ['Approved', 'system', 1],
      ['Published', 'system', 2],
      ['Superseded', 'system', 2],
    ])
    expect(events[0]?.data).toMatchObject({ basis: 'trusted-update', publishMode: 'auto' })
    expect(events[0]?.metadata).toMatchObject({ causationId: submitted.events[0]?.id })
    expect(events[1]?.metadata).toMatchObject({ causationId: events[0]?.id })
    expect((await market.views.catalogue.find()).documents).toMatchObject([{ revision: 2, ...words }])
  })

  it('P5 T23 in mode manual waits for its publisher, with its deadline, and in no queue', async () => {
    const market = await open()
    const { listingId } = await trustedIn(market)
    await update(market, listingId, words)
    await market.catchUp()
    expect(await market.reviewQueue({ for: rita })).toEqual([])
    const deadline = await market.views.deadlines.get(listingId, { for: luc })
    expect(deadline).toMatchObject({ publishBy: '2026-03-06T09:00:00.000Z' })
    await done(market, { type: 'Publish', listingId, revision: 2 }, { by: luc })
  })

  it('T23 T30 is shown as approved by the system on trust, never as a decision of the marketplace', async () => {
    const market = await open()
    const { listingId } = await trustedIn(market)
    await market.catchUp()
    expect(await market.views.reviewProgress.get(listingId, { for: luc })).toMatchObject({ basis: 'review' })
    await update(market, listingId, words)
    await market.catchUp()
    expect(await market.views.reviewProgress.get(listingId, { for: luc })).toMatchObject({
      status: 'approved',
      basis: 'trusted-update',
      checks: [],
    })
    const [last] = (await market.history(listingId, { for: luc })).slice(-1)
    expect(last).toMatchObject({ type: 'Approved', metadata: { actor: { id: 'system', role: 'system' } } })
    const told = await market.views.activity.find({ where: { listingId }, order: 'position', for: luc })
    expect(told.documents.at(-1)).toMatchObject({ type: 'Approved', by: 'system', data: { basis: 'trusted-update' } })
  })

  it('P5 T23 that touches the price waits for a reviewer; the policy notes why, once, and asks no more', async () => {
    const store = memoryStore()
    const market = await open({ store })
    const { listingId } = await trustedIn(market)
    await update(market, listingId, { pricing: { model: 'free' } })
    await market.catchUp()
    await market.catchUp()
    expect((await typesIn(store)).at(-1)).toBe('Submitted')
    expect((await market.reviewQueue({ for: rita })).map((one) => one.listingId)).toEqual([listingId])
    expect(await refusedIn(store)).toMatchObject([{ document: { code: 'review-needed', command: 'Approve' } }])

    await done(market, { type: 'RecallSubmission', listingId }, { by: luc })
    await done(market, { type: 'Submit', listingId, publishMode: 'manual' }, { by: luc })
    await market.catchUp()
    expect(await refusedIn(store)).toHaveLength(1)
    expect((await market.health()).well).toBe(true)
  })

  it('P5 T10 a right that comes after the submission changes nothing by itself', async () => {
    const store = memoryStore()
    const market = await open({ store })
    const { publisherId, listingId } = await liveIn(market)
    await update(market, listingId, words)
    await market.catchUp()
    await done(market, { type: 'GrantAutoApproval', publisherId }, { by: olaf })
    await market.catchUp()
    expect((await typesIn(store)).at(-1)).toBe('Submitted')
  })

  it('P5 T23 a first revision is never one; the second may be', () =>
    scenario(defaultRules, {
      given: draftListing(),
      when: [
        { by: olaf, ask: { type: 'GrantAutoApproval' } },
        { by: luc, ask: { type: 'Submit', publishMode: 'manual' } },
        { catchUp: true },
        ...approval(),
        { by: luc, ask: { type: 'Publish' } },
        { by: luc, ask: { type: 'StartRevision' } },
        { by: luc, ask: { type: 'Revise', changes: words } },
        { by: luc, ask: { type: 'Submit', publishMode: 'manual' } },
        { catchUp: true },
      ],
      expect: [
        event('AutoApprovalGranted'),
        event('Submitted'),
        event('CheckPassed'),
        event('Approved', { basis: 'review' }),
        event('Published'),
        event('RevisionStarted'),
        event('Revised'),
        event('Submitted'),
        event('Approved', { basis: 'trusted-update' }),
      ],
    }))
})

/** A store whose log, at the call of that number, has somebody else begin. Numbers are counted from `beginAt` on. */
function interrupted(store: Store) {
  let left = Number.POSITIVE_INFINITY
  let other = async () => {}
  let begun: Promise<void> | undefined
  const counted = <Args extends unknown[], Answer>(call: (...args: Args) => Answer) => {
    return (...args: Args): Answer => {
      left -= 1
      if (left === 0) begun = other()
      return call(...args)
    }
  }
  return {
    store: withLog(store, ({ append, readStream, readAll }) => ({
      append: counted(append),
      readStream: counted(readStream),
      readAll: counted(readAll),
    })),
    beginAt(call: number, somebody: () => Promise<void>) {
      left = call
      other = somebody
    },
    /** Whoever has not begun by now begins; then it ends. */
    end: () => begun ?? other(),
  }
}

/** How a race ends, wherever in the work of the policy somebody else comes in; in one process and in two. */
async function endsOf(
  other: (market: object, ids: { publisherId: string; listingId: string }) => Promise<unknown>,
  counts: (event: StoredEvent) => boolean,
): Promise<ReadonlySet<string>> {
  const ends = new Set<string>()
  for (let round = 0; round < 80; round += 1) {
    const store = memoryStore()
    const between = interrupted(store)
    const market = await open({ store: between.store })
    const ids = await trustedIn(market)
    await update(market, ids.listingId, words)
    const second = round % 2 ? market : await open({ store })
    between.beginAt(Math.floor(round / 2) + 1, async () => void (await other(second, ids)))
    await market.catchUp()
    await between.end()
    await market.catchUp()
    const events = (await allEvents((await store.open()).log)).slice(-3)
    ends.add(
      events
        .filter(counts)
        .map(({ type }) => type)
        .join(', '),
    )
  }
  return ends
}

describe('in the middle of what the policy does', () => {
  it('A50 P5 T23 the right is revoked: nothing is approved on trust afterwards, in one process and in two', async () => {
    const revoke = (market: object, { publisherId }: { publisherId: string }) =>
      done(market, { type: 'RevokeAutoApproval', publisherId }, { by: olaf })
    const ends = await endsOf(revoke, ({ type }) => type === 'Approved' || type === 'AutoApprovalRevoked')
    expect([...ends].toSorted()).toEqual(['Approved, AutoApprovalRevoked', 'AutoApprovalRevoked'])
  })

  it('T5 P5 T23 a reviewer begins: approved and not begun, or begun and left to the reviewer', async () => {
    const begin = (market: object, { listingId }: { listingId: string }) =>
      (market as Market).execute({ type: 'StartReview', listingId }, { by: rita })
    const ends = await endsOf(begin, ({ type }) => type === 'Approved' || type === 'ReviewStarted')
    expect([...ends].toSorted()).toEqual(['Approved', 'ReviewStarted'])
  })

  it('A50 T23 the right is gone between the decision and its append: it is decided again, and refused', async () => {
    const store = memoryStore()
    const operator = await open({ store })
    const { publisherId, listingId } = await trustedIn(operator)
    let revoked = 0
    const market = await open({
      store: withLog(store, (log) => ({
        append: async (append) => {
          if (append.writes[0]?.events[0]?.type === 'Approved') {
            revoked += 1
            await done(operator, { type: 'RevokeAutoApproval', publisherId }, { by: olaf })
          }
          return log.append(append)
        },
      })),
    })
    await update(operator, listingId, words)
    await market.catchUp()
    expect(revoked).toBe(1)
    expect((await typesIn(store)).at(-1)).toBe('Submitted')
    expect(await refusedIn(store)).toMatchObject([{ document: { code: 'auto-approval-not-granted' } }])
  })
})
