import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineMarketplace } from '@vitrine/core'
import { sqliteStore } from '@vitrine/store-sqlite'
import { people, serviceSample, staffOf } from '@vitrine/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { openMarketplace } from '../src/index.js'
import { ada, done, liveIn, luc, olaf, rita } from './stage.js'

const { sam } = people
const folder = mkdtempSync(join(tmpdir(), 'vitrine-erasure-'))
afterAll(() => rmSync(folder, { recursive: true }))

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const opened = (file: string) => openMarketplace({ rules, store: sqliteStore(file), staff: staffOf })

/** What people left, each in words of its own. */
const left = {
  contact: { name: 'Philippa Quarrington', email: 'philippa@quarrington.example', phone: '+44 20 7946 0199' },
  message: 'Zephyr-blue invoices, please.',
  note: 'Vouched for by an ombudsman.',
  loss: 'Jilted us for a haberdasher.',
  reference: 'Bartholomew Wexcombe, wexcombe@guild.example',
  invited: 'yolanda@kestrel-house.example',
  address: 'switchboard@marsh-software.example',
}
const words = [
  'Quarrington',
  'quarrington',
  '7946 0199',
  'Zephyr',
  'ombudsman',
  'haberdasher',
  'Wexcombe',
  'kestrel',
  'switchboard',
]

describe('when everybody who left something is erased, and the files were checkpointed', () => {
  it('neither a word of theirs nor a key is in any file, write-ahead logs included; before, the words were in none either', async () => {
    const file = join(folder, 'market.db')
    const market = await opened(file)
    const { erase, subjects } = await everybodyLeavesSomething(market)
    await market.catchUp()
    const keys = await keysOf(file, subjects)
    expect(keys.size).toBe(subjects.length)
    expect(foundIn(folder, words)).toEqual([])
    expect(keysFoundIn(folder, keys)).toHaveLength(subjects.length)

    await erase()
    await market.catchUp()
    expect(await keysOf(file, subjects)).toEqual(new Map())
    expect(foundIn(folder, words)).toEqual([])
    expect(keysFoundIn(folder, keys)).toEqual([])
    await market.close()
    expect(keysFoundIn(folder, keys)).toEqual([])
  })

  it('B21 views hold nothing of theirs, rebuilt or old; what they count stays', async () => {
    const file = join(folder, 'views.db')
    const market = await opened(file)
    const { erase, publisherId } = await everybodyLeavesSomething(market)
    await market.catchUp()
    const asking = { for: ada, where: { publisherId } }
    const before = (await market.views.leadPipeline.find(asking)).documents
    expect(before[0]?.contact).toEqual(left.contact)
    await erase()
    for (const again of [false, true]) {
      if (again) await market.rebuild('leadPipeline')
      await market.catchUp()
      const seen = [
        await market.asOperator.views.leadPipeline.find({ where: { publisherId } }),
        await market.asOperator.views.team.find({ where: { publisherId } }),
      ]
      expect(words.filter((word) => JSON.stringify(seen).includes(word))).toEqual([])
      expect((await market.views.leadFunnel.find({ ...asking, order: 'month' })).documents[0]).toMatchObject({
        captured: 1,
        erased: 1,
      })
    }
    await market.close()
  })
})

type Market = Awaited<ReturnType<typeof opened>>

async function everybodyLeavesSomething(market: Market) {
  const { publisherId, listingId } = await liveIn(market)
  await done(market, { type: 'AddMember', publisherId, actorId: sam.id, name: sam.name, role: 'sales' }, { by: ada })
  const { contact, message } = left
  const consent = { text: 'You may call me.' }
  const captured = await done(market, { type: 'CaptureLead', listingId, contact, message, consent }, { by: 'visitor' })
  const leadId = captured.state.id
  await done(market, { type: 'AddLeadNote', leadId, text: left.note }, { by: sam })
  await done(market, { type: 'MarkLost', leadId, reason: left.loss }, { by: sam })

  const service = await done(market, { type: 'Create', publisherId, kind: 'service', name: 'Training' }, { by: luc })
  const serviceId = service.state.id
  await done(market, { type: 'Revise', listingId: serviceId, changes: serviceSample }, { by: luc })
  await done(market, { type: 'Submit', listingId: serviceId, publishMode: 'manual' }, { by: luc })
  const check = 'proofOfAbility'
  await done(market, { type: 'RequestEvidence', listingId: serviceId, check, text: 'Who knows you?' }, { by: rita })
  const references = [{ customer: 'Guild', engagement: 'Two years', contact: left.reference }]
  const provided = await done(market, { type: 'ProvideEvidence', listingId: serviceId, check, references }, { by: luc })
  const { evidenceId } = provided.events[0]!.data as { evidenceId: string }

  const invited = await done(
    market,
    { type: 'InviteMember', publisherId, email: left.invited, role: 'viewer' },
    { by: ada },
  )
  const { invitationId } = invited.events[0]!.data as { invitationId: string }
  const address = { type: 'SetNotificationAddress', publisherId, email: left.address }
  const { addressId } = (await done(market, address, { by: ada })).events[0]!.data as { addressId: string }
  return {
    publisherId,
    subjects: [`lead-${leadId}`, `evidence-${evidenceId}`, `invitation-${invitationId}`, `address-${addressId}`],
    async erase() {
      await done(market, { type: 'EraseLead', leadId }, { by: olaf })
      await done(market, { type: 'EraseEvidence', listingId: serviceId, evidenceId }, { by: luc })
      await done(market, { type: 'RevokeInvitation', publisherId, invitationId }, { by: ada })
      await done(market, { type: 'RemoveNotificationAddress', publisherId }, { by: ada })
    },
  }
}

async function keysOf(file: string, subjects: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const store = await sqliteStore(file).open()
  const keys = await store.keys.keys(subjects)
  await store.close()
  return keys
}

/** The words that stand in any file below a folder: as UTF-8, as UTF-16, and as any part of base64. */
function foundIn(where: string, texts: readonly string[]): readonly string[] {
  const files = bytesBelow(where)
  return texts.filter((text) => {
    const forms = [Buffer.from(text), Buffer.from(text, 'utf16le'), ...base64Of(text)]
    return files.some((bytes) => forms.some((form) => bytes.includes(form)))
  })
}

/** The keys that stand in any file, as bytes, as base64 or as hex. */
function keysFoundIn(where: string, keys: ReadonlyMap<string, string>): readonly string[] {
  const files = bytesBelow(where)
  return [...keys].flatMap(([subject, key]) => {
    const bytes = Buffer.from(key, 'base64')
    const forms = [bytes, Buffer.from(key), Buffer.from(bytes.toString('hex'))]
    return files.some((file) => forms.some((form) => file.includes(form))) ? [subject] : []
  })
}

function bytesBelow(where: string): readonly Buffer[] {
  return readdirSync(where).map((name) => readFileSync(join(where, name)))
}

/** What base64 makes of a text at each of the three places where it can begin, without the characters at the edges. */
function base64Of(text: string): readonly Buffer[] {
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.from(' '.repeat(shift) + text).toString('base64')
    return Buffer.from(encoded.slice(shift === 0 ? 0 : 4, -4))
  })
}
