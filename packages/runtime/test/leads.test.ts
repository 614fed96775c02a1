import { builtInViews, leadCsv, type Person, shapeOf } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { enquiry } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'
import {
  ada,
  allEvents,
  done,
  liveIn,
  luc,
  olaf,
  open,
  refusal,
  rita,
  sam,
  typesIn,
  vic,
  withLog,
  zoe,
} from './stage.js'

const nobodys = '0190a000-0000-7000-8000-00000000dead'

async function capturedMarket(options: Parameters<typeof open>[0] = {}) {
  const store = options.store ?? memoryStore()
  const market = await open({ ...options, store })
  const { publisherId, listingId } = await liveIn(market)
  for (const [{ id, name }, role] of [
    [sam, 'sales'],
    [vic, 'viewer'],
  ] as const)
    await done(market, { type: 'AddMember', publisherId, actorId: id, name, role }, { by: ada })
  const capture = { type: 'CaptureLead', listingId, ...enquiry }
  const answer = await done(market, capture, { by: 'visitor', commandId: 'from-a-form' })
  return { store, market, publisherId, listingId, capture, answer, leadId: answer.state.id }
}

describe('a visitor who captures a lead', () => {
  it('gets its id and status, and neither the events nor what they wrote', async () => {
    const { answer, listingId } = await capturedMarket()
    expect(answer.events).toEqual([])
    expect(answer.state).toMatchObject({ status: 'new', listingId })
    expect(JSON.stringify(answer)).not.toMatch(/Nora|our bank|"box"/)
  })

  it('T28 gets the same answer again under the same command id; another payload is refused and shows nothing', async () => {
    const { market, store, capture, answer } = await capturedMarket()
    const before = await typesIn(store, 'lead-')
    expect(await done(market, capture, { by: 'visitor', commandId: 'from-a-form' })).toEqual({
      ...answer,
      duplicate: true,
    })
    const other = { ...capture, message: 'Something else' }
    const refused = await market.execute(other as never, { by: 'visitor', commandId: 'from-a-form' })
    expect(refused).toMatchObject({ refused: { code: 'command-id-reused' }, position: 0 })
    expect(JSON.stringify(refused)).not.toContain(answer.state.id)
    expect(await typesIn(store, 'lead-')).toEqual(before)
  })

  it('T34 gets one answer for an unknown listing and for one that is not live', async () => {
    const { market, listingId, capture } = await capturedMarket()
    const unknown = await market.execute({ ...capture, listingId: nobodys } as never, { by: 'visitor' })
    await done(market, { type: 'Withdraw', listingId, reason: 'Retired' }, { by: luc })
    expect(await market.execute(capture as never, { by: 'visitor' })).toEqual(unknown)
    expect(unknown).toMatchObject({ refused: { code: 'unknown-listing' }, position: 0 })
  })

  it('T34 learns from no version that they expect how far a lead or a publisher has come', async () => {
    const { market, publisherId, leadId, capture } = await capturedMarket()
    const again = { ...capture, leadId }
    const taken = await market.execute(again as never, { by: 'visitor' })
    expect(taken).toMatchObject({ refused: { code: 'id-taken' }, position: 0 })
    expect(await market.execute(again as never, { by: 'visitor', expectedVersion: 99 })).toEqual(taken)
    const register = { type: 'Register', publisherId, name: 'Zoe’s Works' } as const
    expect(await market.execute(register, { by: zoe, expectedVersion: 99 })).toEqual(
      await market.execute(register, { by: zoe }),
    )
  })

  it('is told what is missing, and nothing is written', async () => {
    const { market, capture, store } = await capturedMarket()
    const before = await typesIn(store, 'lead-')
    const answer = await market.execute({ ...capture, contact: { name: 'Nora' } } as never, { by: 'visitor' })
    expect(answer).toMatchObject({
      refused: {
        code: 'invalid-command',
        problems: [{ path: 'contact', problem: 'an e-mail address or a telephone number is needed' }],
      },
    })
    expect(await typesIn(store, 'lead-')).toEqual(before)
  })

  it('asks for nothing else', async () => {
    const { market, leadId } = await capturedMarket()
    expect(await refusal(market, { type: 'MarkContacted', leadId }, { by: 'visitor' })).toBe('unknown-lead')
  })
})

describe('a lead that was captured', () => {
  it('is worked by sales people, who read what the visitor wrote; the log holds none of it', async () => {
    const { market, leadId, store } = await capturedMarket()
    await done(market, { type: 'AddLeadNote', leadId, text: 'Rang twice.' }, { by: sam })
    const answer = await done(market, { type: 'MarkContacted', leadId }, { by: sam })
    expect(answer.events.map(({ type }) => type)).toEqual(['LeadContacted'])
    expect(answer.state).toMatchObject({
      status: 'contacted',
      contact: enquiry.contact,
      message: enquiry.message,
      notes: [{ text: 'Rang twice.', by: sam }],
    })
    expect(JSON.stringify(await allEvents((await store.open()).log))).not.toMatch(/Nora|our bank|Rang twice/)
  })

  it('T33 is lost once, however often the same reason is given', async () => {
    const { market, leadId, store } = await capturedMarket()
    const lost = { type: 'MarkLost', leadId, reason: 'Too dear.' }
    await done(market, lost, { by: sam })
    expect((await done(market, lost, { by: ada })).events).toEqual([])
    expect(await refusal(market, { ...lost, reason: 'Too late.' }, { by: ada })).toBe('not-from-here')
    expect(await typesIn(store, 'lead-')).toEqual(['LeadCaptured', 'LeadLost'])
  })

  it('T34 answers to strangers, listers and other teams exactly as an unknown one, whatever is asked', async () => {
    const { market, leadId } = await capturedMarket()
    const other = await done(market, { type: 'Register', name: 'Elsewhere' }, { by: zoe })
    await done(market, { type: 'ApprovePublisher', publisherId: other.state.id }, { by: olaf })
    for (const by of [zoe, luc, { id: 'u-nobody', name: 'Nobody' }]) {
      for (const command of [
        { type: 'MarkContacted', leadId },
        { type: 'AddLeadNote', leadId, text: 'Hello' },
        { type: 'EraseLead', leadId },
      ]) {
        const given = { by, expectedVersion: 7, commandId: 'from-a-form' }
        const [known, unknown] = await Promise.all([
          market.execute(command as never, given),
          market.execute({ ...command, leadId: nobodys } as never, given),
        ])
        expect(known).toEqual(unknown)
        expect(known).toMatchObject({ refused: { code: 'unknown-lead' }, position: 0 })
      }
      expect(await market.nextActions(leadId, { by })).toEqual(await market.nextActions(nobodys, { by }))
      expect(await market.history(leadId, { for: by })).toEqual([])
    }
  })

  it('says to those who work it what may be done next', async () => {
    const { market, leadId } = await capturedMarket()
    const allowed = async (by: Parameters<typeof market.nextActions>[1]['by']) =>
      (await market.nextActions(leadId, { by })).filter(({ refused }) => !refused).map(({ command }) => command)
    expect(await allowed(sam)).toEqual(
      ['AssignLead', 'UnassignLead', 'MarkContacted', 'MarkPurchased'].concat([
        'MarkDelivered',
        'MarkLost',
        'AddLeadNote',
      ]),
    )
    expect(await allowed(ada)).toContain('EraseLead')
    expect(await allowed(olaf)).toEqual(['EraseLead'])
    expect([await allowed(vic), await allowed(rita), await allowed(luc)]).toEqual([[], [], []])
    const next = await market.nextActions(leadId, { by: vic })
    expect(next.find(({ command }) => command === 'MarkContacted')?.refused?.code).toBe('role-may-not')
  })

  it('is not assigned to somebody who left a moment ago, though their place on the team is still cached', async () => {
    const { market, leadId, publisherId, store } = await capturedMarket()
    const other = await open({ store })
    await done(other, { type: 'AddLeadNote', leadId, text: 'Seen.' }, { by: sam })
    await done(market, { type: 'RemoveMember', publisherId, actorId: sam.id }, { by: ada })
    expect(await refusal(other, { type: 'AssignLead', leadId, assignee: sam.id }, { by: ada })).toBe('unknown-member')
    expect(await refusal(other, { type: 'MarkContacted', leadId }, { by: sam })).toBe('unknown-lead')
  })

  it('is not captured from a listing that was withdrawn while it was decided', async () => {
    const store = memoryStore()
    let meanwhile = async () => {}
    const slow = withLog(store, (log) => ({
      append: async (append) => {
        if (append.writes[0]?.stream.startsWith('lead-')) await meanwhile()
        return log.append(append)
      },
    }))
    const { market, capture, listingId } = await capturedMarket({ store: slow })
    const other = await open({ store })
    meanwhile = async () => {
      meanwhile = async () => {}
      await done(other, { type: 'Withdraw', listingId, reason: 'Retired' }, { by: luc })
    }
    expect(await refusal(market, capture, { by: 'visitor' })).toBe('unknown-listing')
    expect(await typesIn(store, 'lead-')).toEqual(['LeadCaptured'])
  })
})

describe('the pipeline and the funnel', () => {
  it('show contacts to those who work leads, withhold them from viewers and staff, and to others show nothing', async () => {
    const { market, leadId, publisherId, answer } = await capturedMarket()
    const find = async (by: Person) =>
      (await market.views.leadPipeline.find({ where: { publisherId }, for: by, after: answer.position })).documents
    for (const by of [sam, ada]) expect(await find(by)).toMatchObject([{ leadId, contact: enquiry.contact }])
    for (const by of [vic, rita]) expect(await find(by)).toMatchObject([{ leadId, contact: { withheld: true } }])
    for (const by of [luc, zoe]) {
      expect(await find(by)).toEqual([])
      expect(await market.views.leadPipeline.get(leadId, { for: by })).toBeUndefined()
      expect(await market.views.leadPipeline.count({ where: { publisherId }, for: by })).toBe(0)
      expect(await market.views.leadFunnel.count({ where: { publisherId }, for: by })).toBe(0)
    }
  })

  it('are asked by status, by assignee, by listing and by month', async () => {
    const { market, leadId, publisherId, listingId, capture } = await capturedMarket()
    const other = (await done(market, capture, { by: 'visitor' })).state.id
    await done(market, { type: 'AssignLead', leadId, assignee: sam.id }, { by: ada })
    const { position: after } = await done(market, { type: 'MarkPurchased', leadId: other }, { by: ada })
    const found = async (where: { readonly [field: string]: string | null }) =>
      (await market.views.leadPipeline.find({ where, order: 'capturedAt', for: sam, after })).documents.map(
        (one) => one.leadId,
      )
    expect(await found({ publisherId, status: 'new' })).toEqual([leadId])
    expect(await found({ publisherId, assignee: sam.id })).toEqual([leadId])
    expect(await found({ publisherId, assignee: null })).toEqual([other])
    expect(await found({ listingId, status: 'purchased' })).toEqual([other])
    expect(
      await market.views.leadFunnel.find({ where: { listingId, month: '2026-01' }, for: vic, after }),
    ).toMatchObject({
      documents: [{ captured: 2, contacted: 1, purchased: 1, delivered: 0, lost: 0, erased: 0 }],
    })
  })

  it('are exported as who asks may see them', async () => {
    const { market, publisherId, answer } = await capturedMarket()
    const exported = async (by: Person) => {
      const asking = { where: { publisherId }, for: by, after: answer.position }
      return leadCsv((await market.views.leadPipeline.find(asking)).documents)
    }
    expect(await exported(sam)).toContain(`"Nora West","Northwind","nora@northwind.example","'+44 20 7946 0000"`)
    expect(await exported(vic)).toContain('"new","new","","","","",""')
    expect((await exported(luc)).trim().split('\r\n')).toHaveLength(1)
  })

  it('B21 hold nothing of a lead that was erased, and still count it', async () => {
    const { market, leadId, publisherId, store } = await capturedMarket()
    await market.catchUp()
    const { position: after } = await done(market, { type: 'EraseLead', leadId }, { by: ada })
    expect(await market.views.leadPipeline.get(leadId, { for: sam, after })).toMatchObject({
      status: 'erased',
      contact: null,
    })
    const table = await (await store.open()).views.open(shapeOf(builtInViews.leadPipeline))
    expect(JSON.stringify([...(await table.load([leadId]))])).not.toContain('box')
    expect((await market.views.leadFunnel.find({ where: { publisherId }, for: sam, after })).documents).toMatchObject([
      { captured: 1, erased: 1 },
    ])
  })

  it('B21 open nothing of it any more, even while they have not heard of the erasure', async () => {
    const { market, leadId, publisherId } = await capturedMarket()
    await market.catchUp()
    await done(market, { type: 'EraseLead', leadId }, { by: ada })
    const { documents } = await market.views.leadPipeline.find({ where: { publisherId }, for: sam })
    expect(documents).toMatchObject([{ status: 'new', contact: { erased: true } }])
  })
})

describe('a lead that was erased', () => {
  it('opens for nobody any more, neither its state nor its history, and says so', async () => {
    const { market, leadId } = await capturedMarket()
    await done(market, { type: 'AddLeadNote', leadId, text: 'Rang twice.' }, { by: sam })
    const answer = await done(market, { type: 'EraseLead', leadId }, { by: olaf })
    expect(answer.state).toMatchObject({ status: 'erased', notes: [] })
    const history = await market.history(leadId, { for: ada })
    expect(history.map(({ type }) => type)).toEqual(['LeadCaptured', 'LeadNoteAdded', 'LeadErased'])
    expect(history.map(({ data }) => data)).toMatchObject([
      { contact: { erased: true }, message: { erased: true } },
      { text: { erased: true } },
      {},
    ])
    expect(await refusal(market, { type: 'AddLeadNote', leadId, text: 'More' }, { by: sam })).toBe('not-from-here')
    expect((await done(market, { type: 'EraseLead', leadId }, { by: ada })).events).toEqual([])
  })
})
