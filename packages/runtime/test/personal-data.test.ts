import {
  defaultKinds,
  defineMarketplace,
  type Erased,
  type KeyStore,
  type OpenStore,
  type Store,
  type StoredEvent,
  serviceContent,
  type Withheld,
} from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { people, serviceSample, staffOf } from '@vitrine/testing'
import { describe, expect, expectTypeOf, it } from 'vitest'
import * as z from 'zod'
import { type Marketplace, openMarketplace } from '../src/index.js'
import { ada, allEvents, done, liveIn, luc, olaf, open, publisherIn, refusal, rita, vic, zoe } from './stage.js'

const { sam } = people
const contact = 'Nora West, nora@northwind.example'
const reference = { customer: 'Northwind', engagement: 'Training for 40 people', contact }

/** A service under review whose evidence names a person to ask. */
async function withEvidence(market: Marketplace<never>, commandId?: string) {
  const publisherId = await publisherIn(market)
  await done(market, { type: 'AddMember', publisherId, actorId: sam.id, name: sam.name, role: 'sales' }, { by: ada })
  await done(market, { type: 'AddMember', publisherId, actorId: vic.id, name: vic.name, role: 'viewer' }, { by: ada })
  const { state } = await done(market, { type: 'Create', publisherId, kind: 'service', name: 'Training' }, { by: luc })
  const listingId = state.id
  await done(market, { type: 'Revise', listingId, changes: serviceSample }, { by: luc })
  await done(market, { type: 'Submit', listingId, publishMode: 'manual' }, { by: luc })
  const check = 'proofOfAbility'
  await done(market, { type: 'RequestEvidence', listingId, check, text: 'Who knows you?' }, { by: rita })
  const provide = { type: 'ProvideEvidence', listingId, check, references: [reference] }
  const provided = await done(market, provide, { by: luc, ...(commandId === undefined ? {} : { commandId }) })
  const { evidenceId } = provided.events[0]!.data as { evidenceId: string }
  return { publisherId, listingId, evidenceId, provide, provided }
}

const opened = async (store: Store) => (await open({ store })) as object as Marketplace<never>

async function contactSeenBy(market: Marketplace<never>, listingId: string, person: { id: string; name: string }) {
  const listing = (await market.listing(listingId, { for: person })) as { state: object } | undefined
  const { evidence } = listing!.state as { evidence: { references: { contact: unknown }[] }[] }
  return evidence[0]!.references[0]!.contact
}

async function contactInHistory(market: Marketplace<never>, listingId: string, person: { id: string; name: string }) {
  const history = await market.history(listingId, { for: person })
  const data = history.find(({ type }) => type === 'EvidenceProvided')!.data
  return (data as object as { references: { contact: unknown }[] }).references[0]!.contact
}

describe('personal values in what is stored', () => {
  it('are sealed: the log holds subject, box and mark, and no plaintext', async () => {
    const store = memoryStore()
    const { evidenceId } = await withEvidence(await opened(store))
    const events = await allEvents((await store.open()).log)
    const { references } = dataOf(events, 'EvidenceProvided') as { references: { contact: object }[] }
    expect(references[0]!.contact).toEqual({
      subject: `evidence-${evidenceId}`,
      box: expect.stringMatching(/^[\w+/]{40,}=*$/),
      mark: expect.stringMatching(/^[\w+/]{43}=$/),
    })
    expect(JSON.stringify(events)).not.toContain('Nora')
  })

  it('are sealed with another box and the same mark each time', async () => {
    const store = memoryStore()
    const market = await opened(store)
    const { listingId } = await withEvidence(market)
    const check = 'proofOfAbility'
    await done(market, { type: 'RequestEvidence', listingId, check, text: 'Two of them, please.' }, { by: rita })
    await done(market, { type: 'ProvideEvidence', listingId, check, references: [reference, reference] }, { by: luc })
    const last = (await allEvents((await store.open()).log)).at(-1)!.data as object
    const [one, other] = (last as { references: { contact: { box: string; mark: string } }[] }).references
    expect(one!.contact.mark).toBe(other!.contact.mark)
    expect(one!.contact.box).not.toBe(other!.contact.box)
  })
})

describe('personal values in answers', () => {
  it('are opened for those who may read them, and withheld from the others', async () => {
    const market = await opened(memoryStore())
    const { listingId, provided } = await withEvidence(market)
    expect(JSON.stringify(provided)).toContain(contact)
    for (const person of [ada, luc, rita, olaf]) {
      expect(await contactSeenBy(market, listingId, person)).toBe(contact)
      expect(await contactInHistory(market, listingId, person)).toBe(contact)
    }
    for (const person of [sam, vic]) {
      expect(await contactSeenBy(market, listingId, person)).toEqual({ withheld: true })
      expect(await contactInHistory(market, listingId, person)).toEqual({ withheld: true })
    }
    expect(await market.listing(listingId, { for: zoe })).toBeUndefined()
    const forOperator = await market.asOperator.listing(listingId)
    expect(JSON.stringify(forOperator)).toContain(contact)
    expect(JSON.stringify(await market.asOperator.history(listingId))).toContain(contact)
  })

  it('are typed as what they hold, or why they do not', async () => {
    const market = await open({ store: memoryStore() })
    const { listingId } = await withEvidence(market as object as Marketplace<never>)
    const listing = await market.listing(listingId, { for: ada })
    const reference = listing?.state.evidence[0]?.references[0]
    expectTypeOf(reference?.contact).toEqualTypeOf<string | Erased | Withheld | undefined>()
    expect(reference?.contact).toBe(contact)
  })

  it('never hold a box or a mark', async () => {
    const market = await opened(memoryStore())
    const { listingId, provided } = await withEvidence(market)
    const seen = [
      provided,
      await market.listing(listingId, { for: vic }),
      await market.history(listingId, { for: rita }),
    ]
    expect(JSON.stringify(seen)).not.toContain('"box"')
  })

  it('a value that only looks sealed is not opened: content is never looked into', async () => {
    const look = z.strictObject({ subject: z.string(), box: z.string(), mark: z.string() })
    const content = serviceContent.extend({ look: look.optional() })
    const { checks } = defaultKinds.service
    const rules = defineMarketplace({ baseUrl: 'https://market.example', kinds: { service: { content, checks } } })
    const store = memoryStore()
    const market = await openMarketplace({ rules, store, staff: staffOf })
    const { publisherId } = await withEvidence(market as object as Marketplace<never>)
    const stolen = dataOf(await allEvents((await store.open()).log), 'EvidenceProvided') as {
      references: { contact: object }[]
    }
    const { state } = await done(market, { type: 'Create', publisherId, kind: 'service', name: 'Decoy' }, { by: luc })
    const copied = stolen.references[0]!.contact
    const changes = { look: copied }
    const revised = await done(market, { type: 'Revise', listingId: state.id, changes }, { by: luc })
    expect(revised.state).toMatchObject({ working: { content: { look: copied } } })
    expect(JSON.stringify(await market.asOperator.history(state.id))).not.toContain(contact)
  })
})

describe('a repeated command with personal values', () => {
  it('T28 has its first answer, and writes nothing twice', async () => {
    const store = memoryStore()
    const market = await opened(store)
    const { provide, provided } = await withEvidence(market, 'evidence-1')
    const events = (await allEvents((await store.open()).log)).length
    for (const one of [market, await opened(store)]) {
      const again = await done(one, provide, { by: luc, commandId: 'evidence-1' })
      expect(again).toMatchObject({ duplicate: true, events: provided.events })
    }
    expect(await allEvents((await store.open()).log)).toHaveLength(events)
  })

  it('T28 is refused when only the personal value is another one, or was erased since', async () => {
    const market = await opened(memoryStore())
    const { provide, listingId, evidenceId } = await withEvidence(market, 'evidence-1')
    const other = { ...provide, references: [{ ...reference, contact: 'Somebody else' }] }
    expect(await refusal(market, other, { by: luc, commandId: 'evidence-1' })).toBe('command-id-reused')
    await done(market, { type: 'EraseEvidence', listingId, evidenceId }, { by: luc })
    expect(await refusal(market, provide, { by: luc, commandId: 'evidence-1' })).toBe('command-id-reused')
  })

  it('two processes that seal it at the same moment keep one key, and write once', async () => {
    const store = memoryStore()
    const market = await opened(store)
    const { listingId } = await withEvidence(market)
    const check = 'proofOfAbility'
    for (let round = 0; round < 20; round += 1) {
      await done(market, { type: 'RequestEvidence', listingId, check, text: 'One more, please.' }, { by: rita })
      const command = { type: 'ProvideEvidence', listingId, check, references: [reference] }
      const given = { by: luc, commandId: `evidence-${round}` }
      const both = await Promise.all([opened(store), opened(store)])
      const answers = await Promise.all(both.map((one) => done(one, command, given)))
      expect(answers.filter(({ duplicate }) => duplicate)).toHaveLength(1)
      expect(answers[0]!.events).toEqual(answers[1]!.events)
      expect(JSON.stringify(answers)).toContain(contact)
    }
  })
})

describe('what was erased', () => {
  it('reads as erased everywhere at once, also in another process; the rest stays', async () => {
    const store = memoryStore()
    const [market, other] = [await opened(store), await opened(store)]
    const { listingId, evidenceId } = await withEvidence(market)
    expect(await contactSeenBy(other, listingId, ada)).toBe(contact)
    const erased = await done(market, { type: 'EraseEvidence', listingId, evidenceId }, { by: luc })
    expect(JSON.stringify(erased)).not.toContain(contact)
    for (const one of [market, other, await opened(store)]) {
      expect(await contactSeenBy(one, listingId, ada)).toEqual({ erased: true })
      expect(await contactInHistory(one, listingId, rita)).toEqual({ erased: true })
    }
    expect(await (await store.open()).keys.keys([`evidence-${evidenceId}`])).toEqual(new Map())
  })

  it('is erased again before anything is answered, when the key store was restored from a backup', async () => {
    const { store, keys } = storeOfParts()
    const market = await opened(store)
    const { listingId, evidenceId } = await withEvidence(market)
    const subject = `evidence-${evidenceId}`
    const key = (await keys.now.keys([subject])).get(subject)!
    await done(market, { type: 'EraseEvidence', listingId, evidenceId }, { by: luc })
    const backup = (await memoryStore().open()).keys
    await backup.add(subject, key)
    keys.now = backup
    const again = await opened(store)
    expect(await contactSeenBy(again, listingId, ada)).toEqual({ erased: true })
    expect(await backup.add(subject, key)).toBe('erased')
  })

  it('is erased when it was written and the process died before the key was destroyed', async () => {
    const { store, keys } = storeOfParts()
    const market = await opened(store)
    const { listingId, evidenceId } = await withEvidence(market)
    const real = keys.now
    keys.now = { ...real, destroy: () => Promise.reject(new Error('The process died.')) }
    const erasing = done(market, { type: 'EraseEvidence', listingId, evidenceId }, { by: luc })
    await expect(erasing).rejects.toThrow('The process died.')
    keys.now = real
    expect(await contactSeenBy(await opened(store), listingId, ada)).toEqual({ erased: true })
  })

  it('is erased by a process that only follows the log', async () => {
    const { store, keys } = storeOfParts()
    const [market, follower] = [await opened(store), await opened(store)]
    const { listingId, evidenceId } = await withEvidence(market)
    const real = keys.now
    keys.now = { ...real, destroy: () => Promise.reject(new Error('The process died.')) }
    await done(market, { type: 'EraseEvidence', listingId, evidenceId }, { by: luc }).catch(() => undefined)
    keys.now = real
    await follower.catchUp()
    expect(await contactSeenBy(follower, listingId, ada)).toEqual({ erased: true })
  })
})

describe('a key that is lost or wrong', () => {
  it('reads as erased, and no fold or history fails for it', async () => {
    const { store, keys } = storeOfParts()
    const market = await opened(store)
    const { listingId, evidenceId } = await withEvidence(market)
    const wrong = (await memoryStore().open()).keys
    await wrong.add(`evidence-${evidenceId}`, Buffer.alloc(32, 7).toString('base64'))
    for (const without of [(await memoryStore().open()).keys, wrong]) {
      keys.now = without
      expect(await contactSeenBy(market, listingId, ada)).toEqual({ erased: true })
      expect(await contactInHistory(market, listingId, luc)).toEqual({ erased: true })
    }
  })
})

describe('what a visitor leaves with a lead', () => {
  it('is sealed in the log, and read by those who work leads alone', async () => {
    const store = memoryStore()
    const market = await opened(store)
    const { leadId } = await leadIn(market)
    expect(JSON.stringify(await allEvents((await store.open()).log))).not.toMatch(/Mia|fenwick|Does it read/)
    for (const person of [ada, sam]) {
      const lead = await market.lead(leadId, { for: person })
      expect(lead?.state).toMatchObject({ contact: visitors.contact, message: visitors.message })
      expect(JSON.stringify(await market.history(leadId, { for: person }))).toContain('mia@fenwick.example')
    }
    for (const person of [vic, rita, olaf]) {
      const lead = await market.lead(leadId, { for: person })
      expect(lead?.state).toMatchObject({ status: 'new', contact: { withheld: true }, message: { withheld: true } })
      expect(JSON.stringify(await market.history(leadId, { for: person }))).not.toContain('Mia')
    }
  })

  it('T34 is nothing to listers, to other publishers and to strangers: the id is unknown to them', async () => {
    const market = await opened(memoryStore())
    const { leadId } = await leadIn(market)
    for (const person of [luc, zoe]) {
      expect(await market.lead(leadId, { for: person })).toBeUndefined()
      expect(await market.history(leadId, { for: person })).toEqual([])
      expect(await refusal(market, { type: 'MarkContacted', leadId }, { by: person })).toBe('unknown-lead')
    }
  })

  it('comes back to the visitor as a receipt: no event, no publisher, nothing personal', async () => {
    const market = await opened(memoryStore())
    const { answer, leadId, listingId } = await leadIn(market)
    const { state, events } = answer
    expect(events).toEqual([])
    expect(Object.keys(state).toSorted()).toEqual(['capturedAt', 'consent', 'id', 'listingId', 'status'])
    expect(state).toMatchObject({ id: leadId, listingId, status: 'new' })
  })

  it('notes and the reason of a loss are opened and withheld likewise', async () => {
    const market = await opened(memoryStore())
    const { leadId } = await leadIn(market)
    await done(market, { type: 'AddLeadNote', leadId, text: 'Call her back on Monday' }, { by: sam })
    const lost = await done(market, { type: 'MarkLost', leadId, reason: 'Bought from her cousin' }, { by: sam })
    expect(lost.state).toMatchObject({
      notes: [{ text: 'Call her back on Monday' }],
      loss: { reason: 'Bought from her cousin' },
    })
    const seen = JSON.stringify([await market.lead(leadId, { for: vic }), await market.history(leadId, { for: vic })])
    expect(seen).not.toMatch(/Monday|cousin|"box"/)
  })

  it('is gone everywhere once it is erased, and nothing can be added to it', async () => {
    const store = memoryStore()
    const market = await opened(store)
    const { leadId } = await leadIn(market)
    await done(market, { type: 'AddLeadNote', leadId, text: 'Call her back on Monday' }, { by: sam })
    await done(market, { type: 'EraseLead', leadId }, { by: ada })
    for (const one of [market, await opened(store)]) {
      const history = await one.history(leadId, { for: ada })
      expect(history.map(({ type }) => type)).toEqual(['LeadCaptured', 'LeadNoteAdded', 'LeadErased'])
      expect(history[0]!.data).toMatchObject({ contact: { erased: true }, message: { erased: true } })
      expect((await one.lead(leadId, { for: sam }))?.state).toMatchObject({ status: 'erased' })
    }
    expect(await refusal(market, { type: 'AddLeadNote', leadId, text: 'More' }, { by: sam })).toBe('not-from-here')
    expect((await (await store.open()).keys.keys([`lead-${leadId}`])).size).toBe(0)
  })

  it('is never stored under a key that is lost: that is a fault, and nothing is written', async () => {
    const { store, keys } = storeOfParts()
    const market = await opened(store)
    const { leadId } = await leadIn(market)
    const before = (await allEvents((await store.open()).log)).length
    keys.now = (await memoryStore().open()).keys
    const note = { type: 'AddLeadNote', leadId, text: 'Call her back' }
    await expect(done(market, note, { by: sam })).rejects.toMatchObject({ code: 'key-missing' })
    expect(await allEvents((await store.open()).log)).toHaveLength(before)
    await done(market, { type: 'MarkContacted', leadId }, { by: sam })
  })

  it('is never stored under what is no key: that is a fault that says so, what was sealed reads as erased', async () => {
    const { store, keys } = storeOfParts()
    const market = await opened(store)
    const { leadId } = await leadIn(market)
    const short = Buffer.alloc(16).toString('base64')
    keys.now = { ...keys.now, keys: async (subjects) => new Map(subjects.map((subject) => [subject, short])) }
    await expect(done(market, { type: 'AddLeadNote', leadId, text: 'Call her' }, { by: sam })).rejects.toMatchObject({
      code: 'key-missing',
      message: expect.stringContaining(`lead-${leadId}, for which the key store holds no key of 32 bytes`),
    })
    expect((await market.lead(leadId, { for: sam }))?.state).toMatchObject({ contact: { erased: true } })
  })

  it('makes no key where the rules refuse it', async () => {
    const { store, keys } = storeOfParts()
    const market = await opened(store)
    const { publisherId } = await leadIn(market)
    const { state } = await done(market, { type: 'Create', publisherId, kind: 'app', name: 'Draft' }, { by: luc })
    const added: string[] = []
    const real = keys.now
    keys.now = {
      ...real,
      add: (subject, key) => {
        added.push(subject)
        return real.add(subject, key)
      },
    }
    const capture = { type: 'CaptureLead', listingId: state.id, ...visitors }
    expect(await refusal(market, capture, { by: 'visitor' })).toBe('unknown-listing')
    expect(await refusal(market, { type: 'AddLeadNote', leadId: state.id, text: 'x' }, { by: sam })).toBe(
      'unknown-lead',
    )
    expect(added).toEqual([])
    await done(
      market,
      { type: 'CaptureLead', listingId: (await leadIn(market)).listingId, ...visitors },
      { by: 'visitor' },
    )
    expect(added).toHaveLength(2)
  })

  it('a retry of the form is one lead, also without an id of its own', async () => {
    const store = memoryStore()
    const market = await opened(store)
    const { listingId } = await leadIn(market)
    const capture = { type: 'CaptureLead', listingId, ...visitors }
    const given = { by: 'visitor', commandId: 'form-4711' } as const
    const [first, second] = [await done(market, capture, given), await done(await opened(store), capture, given)]
    expect(second).toEqual({ ...first, duplicate: true })
    const other = { ...capture, message: 'Something else' }
    expect(await refusal(market, other, given)).toBe('command-id-reused')
  })
})

const visitors = {
  contact: { name: 'Mia Fenwick', email: 'mia@fenwick.example', phone: '+44 20 7946 0123' },
  message: 'Does it read our invoices?',
  consent: { text: 'You may call me about this.' },
}

/** A lead that came through a live listing. */
async function leadIn(market: Marketplace<never>) {
  const { publisherId, listingId } = await liveIn(market)
  await done(market, { type: 'AddMember', publisherId, actorId: sam.id, name: sam.name, role: 'sales' }, { by: ada })
  await done(market, { type: 'AddMember', publisherId, actorId: vic.id, name: vic.name, role: 'viewer' }, { by: ada })
  const answer = await done(market, { type: 'CaptureLead', listingId, ...visitors }, { by: 'visitor' })
  return { publisherId, listingId, answer, leadId: answer.state.id }
}

/** A store whose key store can be exchanged, as a restored backup does it. */
function storeOfParts(): { store: Store; keys: { now: KeyStore } } {
  const parts = memoryStore()
  const keys: { now: KeyStore } = { now: undefined as never }
  const through: KeyStore = {
    keys: (subjects) => keys.now.keys(subjects),
    add: (subject, key) => keys.now.add(subject, key),
    destroy: (subjects, to) => keys.now.destroy(subjects, to),
    followed: () => keys.now.followed(),
    close: async () => undefined,
  }
  const openParts = async (): Promise<OpenStore> => {
    const opened = await parts.open()
    keys.now ??= opened.keys
    return { ...opened, keys: through }
  }
  return { store: { open: openParts }, keys }
}

function dataOf(events: readonly StoredEvent[], type: string): object {
  return events.find((event) => event.type === type)!.data
}
