import { definePolicy, defineView, type EventNamed, forEachDocument } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { enquiry } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'
import {
  ada,
  allEvents,
  day,
  done,
  handClock,
  liveIn,
  loggedBy,
  luc,
  olaf,
  open,
  sam,
  typesIn,
  withLog,
} from './stage.js'

/** A marketplace with leads that are Sam's. */
async function assignedMarket({ leads = 1, ...options }: Parameters<typeof open>[0] & { leads?: number } = {}) {
  const store = options.store ?? memoryStore()
  const market = await open({ ...options, store })
  await market.catchUp()
  const { publisherId, listingId } = await liveIn(market)
  const join = { type: 'AddMember', publisherId, actorId: sam.id, name: sam.name, role: 'sales' }
  await done(market, join, { by: ada })
  const leadIds: string[] = []
  for (let at = 0; at < leads; at += 1) {
    const { state } = await done(market, { type: 'CaptureLead', listingId, ...enquiry }, { by: 'visitor' })
    await done(market, { type: 'AssignLead', leadId: state.id, assignee: sam.id }, { by: ada })
    leadIds.push(state.id)
  }
  const remove = { type: 'RemoveMember', publisherId, actorId: sam.id }
  const unassigned = async () =>
    (await allEvents((await store.open()).log)).filter(({ type }) => type === 'LeadUnassigned')
  return { store, market, publisherId, listingId, leadIds, join, remove, unassigned }
}

describe('a member who was removed', () => {
  it('P7 has no leads any more: each goes back to unassigned, once, by the system', async () => {
    const { market, store, leadIds, remove, unassigned } = await assignedMarket({ leads: 3 })
    await done(market, { type: 'MarkContacted', leadId: leadIds[0]! }, { by: sam })
    await done(market, { type: 'AssignLead', leadId: leadIds[1]!, assignee: ada.id }, { by: ada })
    await done(market, remove, { by: ada })
    await market.catchUp()
    await market.catchUp()
    await (await open({ store })).catchUp()
    expect((await unassigned()).map(({ stream }) => stream).toSorted()).toEqual(
      [leadIds[0], leadIds[2]].map((id) => `lead-${id}`).toSorted(),
    )
    expect((await unassigned())[0]).toMatchObject({ data: { assignee: sam.id }, metadata: { actor: { id: 'system' } } })
    expect((await market.asOperator.lead(leadIds[1]!))?.state.assignee).toBe(ada.id)
  })

  it('P7 who joined again before it ran keeps the leads; that is noted, and nothing stands still', async () => {
    const { market, remove, join, unassigned, leadIds } = await assignedMarket()
    await done(market, remove, { by: ada })
    await done(market, join, { by: ada })
    await market.catchUp()
    expect(await unassigned()).toEqual([])
    expect((await market.asOperator.lead(leadIds[0]!))?.state.assignee).toBe(sam.id)
    expect(await market.health()).toMatchObject({ well: true })
  })

  it('P7 keeps nothing that was assigned while the view had not heard of it', async () => {
    const { market, remove, unassigned, leadIds } = await assignedMarket()
    await market.catchUp()
    await done(market, { type: 'UnassignLead', leadId: leadIds[0]! }, { by: ada })
    await done(market, { type: 'AssignLead', leadId: leadIds[0]!, assignee: sam.id }, { by: ada })
    await done(market, remove, { by: ada })
    await market.catchUp()
    expect((await unassigned()).map(({ metadata }) => metadata.actor.id)).toEqual([ada.id, 'system'])
  })

  it('P7 three runners at once unassign each lead once', async () => {
    const { market, store, remove, unassigned } = await assignedMarket({ leads: 5 })
    const others = [await open({ store }), await open({ store })]
    await done(market, remove, { by: ada })
    await Promise.all([market, ...others].map((one) => one.catchUp()))
    expect(await unassigned()).toHaveLength(5)
  })

  it('P7 a crash in the middle leaves nothing undone and does nothing twice', async () => {
    const inner = memoryStore()
    let left = Number.POSITIVE_INFINITY
    const failing = withLog(inner, (log) => ({
      append: async (append) => {
        if (append.writes[0]?.events[0]?.type === 'LeadUnassigned') {
          left -= 1
          if (left < 0) throw Object.assign(new Error('The machine is gone'), { code: 'unavailable' })
        }
        return log.append(append)
      },
    }))
    const { market, remove, unassigned } = await assignedMarket({ store: failing, leads: 4 })
    await done(market, remove, { by: ada })
    left = 2
    await expect(market.catchUp()).rejects.toThrow('The machine is gone')
    expect(await unassigned()).toHaveLength(2)
    left = Number.POSITIVE_INFINITY
    await (await open({ store: inner })).catchUp()
    expect(await unassigned()).toHaveLength(4)
  })

  it('D25 P7 run again from the beginning a year later it writes nothing, whoever has joined again since', async () => {
    const clock = handClock()
    const { market, store, remove, join, leadIds } = await assignedMarket({ leads: 2, clock })
    await done(market, remove, { by: ada })
    await market.catchUp()
    await done(market, join, { by: ada })
    await done(market, { type: 'AssignLead', leadId: leadIds[0]!, assignee: sam.id }, { by: ada })
    for (const leadId of leadIds) await done(market, { type: 'MarkDelivered', leadId }, { by: sam })
    await market.catchUp()
    const before = await typesIn(store, '')

    clock.wait(365 * day)
    const { log, views, keys } = await store.open()
    const forgotten = await memoryStore().open()
    const policy = { name: 'policy:unassign-leads-of-removed-members', version: 1, indexes: [['is']], text: false }
    const table = await forgotten.progress.open(policy)
    await table.write({ from: undefined, to: { logId: log.logId, position: 0, id: '' }, put: [], remove: [] })
    const again = await open({ store: { open: async () => ({ ...forgotten, log, views, keys }) }, clock })
    await again.catchUp()
    expect((await table.status()).checkpoint?.position).toBe(before.length)
    expect(await typesIn(store, '')).toEqual(before)
  })

  it('P7 is run in the background too', async () => {
    const { market, remove, unassigned } = await assignedMarket()
    market.start()
    await done(market, remove, { by: ada })
    await until(async () => (await unassigned()).length > 0)
    expect(await unassigned()).toHaveLength(1)
    await market.close()
  })
})

interface Draft {
  readonly publisherId: string
}

/** The drafts of each publisher, as long as the view is not broken. */
function draftsView(isBroken: () => boolean = () => false) {
  return defineView<Draft, 'Created'>({
    name: 'drafts',
    version: 1,
    audience: 'publisher',
    empty: { publisherId: '' },
    on: { Created: ({ stream }) => [stream] },
    apply: (_document, { data }) => {
      if (isBroken()) throw new Error('A bug in the view')
      return { publisherId: data.publisherId }
    },
    indexes: ['publisherId'],
  })
}

/** Notes the drafts of a publisher that is suspended, as that view has them. */
function noteDrafts(seen: string[], drafts = draftsView()) {
  return definePolicy({
    name: 'note-drafts',
    on: {},
    forEach: {
      PublisherSuspended: forEachDocument(drafts, {
        where: (event: EventNamed<'PublisherSuspended'>) => ({ publisherId: event.stream.slice('publisher-'.length) }),
        react: (_event, { publisherId }) => {
          seen.push(publisherId)
          return []
        },
      }),
    },
  })
}

const suspend = (publisherId: string) => ({ type: 'SuspendPublisher', publisherId, reason: 'Unpaid fees' })

describe("a policy of one's own that reads a view", () => {
  it('reacts to each document that an event concerns, however many pages they fill', async () => {
    const seen: string[] = []
    const market = await open({ views: { drafts: draftsView() }, policies: [noteDrafts(seen)] })
    const { publisherId } = await liveIn(market)
    for (let at = 0; at < 230; at += 1) {
      await done(market, { type: 'Create', publisherId, kind: 'app', name: `Draft ${at}` }, { by: luc })
    }
    await done(market, suspend(publisherId), { by: olaf })
    await market.catchUp()
    expect(seen).toEqual(Array.from({ length: 231 }, () => publisherId))
  })

  it('waits for a view that stands still, and says so; once that is mended nothing was missed', async () => {
    const seen: string[] = []
    let broken = true
    const logger = loggedBy()
    const views = { drafts: draftsView(() => broken) }
    const market = await open({ views, policies: [noteDrafts(seen)], logger })
    const { publisherId } = await liveIn(market)
    await done(market, suspend(publisherId), { by: olaf })
    await market.catchUp()
    await market.catchUp()
    const { policies } = await market.health()
    expect(policies.find(({ name }) => name === 'note-drafts')).toMatchObject({
      stopped: expect.stringContaining('View drafts version 1 stands still'),
      parked: [],
    })
    expect(logger.lines).toContain('error Policy note-drafts stands still.')
    broken = false
    await market.catchUp()
    expect(seen).toEqual([publisherId])
    expect((await market.health()).well).toBe(true)
  })

  it('goes on in the background with the next event, once the view is mended', async () => {
    const seen: string[] = []
    let broken = true
    const market = await open({ views: { drafts: draftsView(() => broken) }, policies: [noteDrafts(seen)] })
    const { publisherId } = await liveIn(market)
    market.start()
    await done(market, suspend(publisherId), { by: olaf })
    await until(async () => (await market.health()).policies.some(({ stopped }) => stopped !== undefined))
    broken = false
    await market.mend('drafts')
    await done(market, { type: 'ReinstatePublisher', publisherId }, { by: olaf })
    await until(async () => seen.length > 0)
    expect(seen).toEqual([publisherId])
    await market.close()
  })

  it('is refused at once when the marketplace has no such view', async () => {
    await expect(open({ policies: [noteDrafts([])] })).rejects.toMatchObject({ code: 'unknown-name' })
  })
})

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let wait = 0; wait < 1_000 && !(await holds()); wait += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
