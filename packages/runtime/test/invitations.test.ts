import { randomBytes, randomUUID } from 'node:crypto'
import { type Person, type Store, teamKey } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { describe, expect, it } from 'vitest'
import { ada, allEvents, day, done, handClock, luc, olaf, open, publisherIn, refusal, rita, zoe } from './stage.js'

const yan = { id: 'u-yan', name: 'Yan Lee' }
const email = 'zoe@home.example'
const unknownId = '0190a000-0000-7000-8000-00000000dead'
const erased = { erased: true }
const withheld = { withheld: true }

/** A publisher that invites, and the secrets that were made: a test reads them as an invitee does in their mail. */
async function withTeam(options: Parameters<typeof open>[0] = {}) {
  const store = options.store ?? memoryStore()
  const secrets: string[] = []
  const token = () => secrets[secrets.push(randomBytes(32).toString('base64url')) - 1] ?? ''
  const market = await open({ ...options, store, ids: { uuid: () => randomUUID() as string, token } })
  const publisherId = await publisherIn(market)
  const invite = { type: 'InviteMember', publisherId, email, role: 'administrator', locale: 'fr' }
  return { store, market, publisherId, secrets, invite }
}

type Team = Awaited<ReturnType<typeof withTeam>>

/** The same with an open invitation, and the command that accepts it. */
async function withInvitation(options: Parameters<typeof open>[0] = {}) {
  const team = await withTeam(options)
  const answer = await done(team.market, team.invite, { by: ada, commandId: 'c-1' })
  const { invitationId } = answer.events[0]!.data as { invitationId: string }
  const { publisherId } = team
  const accept = { type: 'AcceptInvitation', publisherId, invitationId, secret: team.secrets.at(-1) }
  return { ...team, answer, invitationId, accept }
}

async function logOf(store: Store) {
  return allEvents((await store.open()).log)
}

/** Which of these subjects still have a key. */
async function keysOf(store: Store, ...subjects: readonly string[]) {
  return [...(await (await store.open()).keys.keys(subjects)).keys()]
}

async function stateFor({ market, publisherId }: Team, person: Person) {
  return (await market.publisher(publisherId, { for: person }))!.state
}

/** Where the address of the invitation is seen, by this person. */
async function addressSeenBy(team: Team & { readonly invitationId: string }, person: Person) {
  const { market, publisherId, invitationId } = team
  await market.catchUp()
  const history = await market.history(publisherId, { for: person })
  const invited = history.find(({ type }) => type === 'MemberInvited')!.data
  const listed = await market.views.team.get(invitationId, { for: person })
  return [(await stateFor(team, person)).invitations[invitationId]?.email, invited.email, listed?.email]
}

describe('inviting', () => {
  it('T28 twice under one command id invites once, with the same answer; to another address it is refused', async () => {
    const { market, store, invite, invitationId, answer } = await withInvitation()
    expect(await done(market, invite, { by: ada, commandId: 'c-1' })).toEqual({ ...answer, duplicate: true })
    expect(answer.events[0]!.data).toMatchObject({ invitationId, email, role: 'administrator', locale: 'fr' })
    const other = { ...invite, email: 'yan@home.example' }
    expect(await refusal(market, other, { by: ada, commandId: 'c-1' })).toBe('command-id-reused')
    expect((await logOf(store)).filter(({ type }) => type === 'MemberInvited')).toHaveLength(1)
  })

  it('T28 two processes under one command id at once invite once', async () => {
    const store = memoryStore()
    const one = await withTeam({ store })
    const two = await open({ store })
    for (let round = 0; round < 20; round += 1) {
      const ask = (market: object) => done(market, one.invite, { by: ada, commandId: `c-${round}` })
      const [a, b] = await Promise.all([ask(one.market), ask(two)])
      expect({ ...a, duplicate: true }).toEqual({ ...b, duplicate: true })
    }
    expect((await logOf(store)).filter(({ type }) => type === 'MemberInvited')).toHaveLength(20)
  })

  it('the address is read by administrators, and by nobody else of the team or of staff', async () => {
    const team = await withInvitation()
    expect(await addressSeenBy(team, ada)).toEqual([email, email, email])
    for (const person of [luc, rita, olaf])
      expect(await addressSeenBy(team, person)).toEqual([withheld, withheld, withheld])
    const listed = await team.market.asOperator.views.team.get(team.invitationId)
    expect(listed).toMatchObject({ status: 'invited', role: 'administrator', invitedBy: { id: ada.id }, email })
  })

  it('what lets an invitee in stands in no answer, whoever asks, and the secret in no event', async () => {
    const { market, store, publisherId, secrets, answer, accept } = await withInvitation()
    const joined = await done(market, accept, { by: zoe })
    await market.catchUp()
    const operator = market.asOperator
    const answers: unknown[] = [
      answer,
      joined,
      await operator.publisher(publisherId),
      await operator.history(publisherId),
    ]
    for (const person of [ada, luc, rita, olaf, zoe])
      answers.push(
        await market.publisher(publisherId, { for: person }),
        await market.history(publisherId, { for: person }),
        await market.views.team.find({ for: person, where: { publisherId } }),
        await market.views.activity.find({ for: person, where: { publisherId } }),
      )
    const { secretHash } = (await logOf(store)).find(({ type }) => type === 'MemberInvited')!.data
    const told = JSON.stringify(answers)
    const stored = JSON.stringify(await logOf(store))
    const hidden = [secrets.at(-1)!, secretHash as string, 'secret', '"box"', '"mark"']
    expect(hidden.filter((text) => told.includes(text))).toEqual([])
    expect([secrets.at(-1)!, email].filter((text) => stored.includes(text))).toEqual([])
  })
})

describe('accepting', () => {
  it('of two people at once one joins, in one process and in two', async () => {
    const store = memoryStore()
    const team = await withTeam({ store })
    const markets = [team.market, await open({ store })]
    for (let round = 0; round < 30; round += 1) {
      const { events } = await done(team.market, team.invite, { by: ada })
      const { invitationId } = events[0]!.data as { invitationId: string }
      const { publisherId, secrets } = team
      const accept = { type: 'AcceptInvitation', publisherId, invitationId, secret: secrets.at(-1) }
      const people = ['zoe', 'yan'].map((name) => ({ id: `u-${name}-${round}`, name }))
      const answers = await Promise.all(
        people.map((by, at) => markets[(at * round) % 2]!.execute(accept as never, { by })),
      )
      const codes = answers.map((answer) => ('refused' in answer ? answer.refused.code : 'joined'))
      expect(codes.toSorted()).toEqual(['joined', 'unknown-invitation'])
    }
    expect((await logOf(store)).filter(({ data }) => data.invitationId && data.actorId)).toHaveLength(30)
  })

  it('T28 the same person under the same command id gets the same answer, as what they are by it', async () => {
    const { market, accept } = await withInvitation()
    const first = await done(market, accept, { by: zoe, commandId: 'c-2' })
    expect(await done(market, accept, { by: zoe, commandId: 'c-2' })).toEqual({ ...first, duplicate: true })
    expect(first.state).toMatchObject({ members: { [zoe.id]: { role: 'administrator', email } } })
  })

  it('T34 a stranger learns nothing by a version that they expect, nor by the command id of somebody else', async () => {
    const { market, accept } = await withInvitation()
    const wrong = { ...accept, secret: 'a wrong one' }
    const refused = await market.execute(wrong as never, { by: zoe })
    expect(refused).toEqual({
      refused: { code: 'unknown-invitation', message: 'There is no invitation with this id.' },
      position: 0,
    })
    const others = [
      market.execute(wrong as never, { by: zoe, expectedVersion: 99 }),
      market.execute(wrong as never, { by: zoe, commandId: 'c-1' }),
      market.execute({ ...wrong, publisherId: unknownId } as never, { by: zoe, expectedVersion: 99 }),
      market.execute({ ...accept, invitationId: unknownId } as never, { by: zoe, expectedVersion: 0 }),
    ]
    for (const answer of await Promise.all(others)) expect(answer).toEqual(refused)
  })

  it('past its time, who holds the secret is told so, and no more', async () => {
    const clock = handClock()
    const { market, accept } = await withInvitation({ clock })
    clock.wait(14 * day + 1)
    expect(await market.execute(accept as never, { by: zoe })).toEqual({
      refused: expect.objectContaining({ code: 'invitation-expired', until: '2026-01-19T09:00:00.000Z' }),
      position: 0,
    })
  })
})

describe('an address that is to be forgotten', () => {
  it('B21 of an invitation that is revoked', async () => {
    const team = await withInvitation()
    const { market, store, publisherId, invitationId } = team
    expect(await keysOf(store, `invitation-${invitationId}`)).toHaveLength(1)
    await done(market, { type: 'RevokeInvitation', publisherId, invitationId }, { by: ada })
    expect(await addressSeenBy(team, ada)).toEqual([undefined, erased, undefined])
    expect(await keysOf(store, `invitation-${invitationId}`)).toEqual([])
  })

  it('B21 of a member who leaves; until then their administrators read it', async () => {
    const team = await withInvitation()
    const { market, store, publisherId, invitationId, accept } = team
    await done(market, accept, { by: zoe })
    await market.catchUp()
    const key = teamKey(publisherId, zoe.id)
    expect(await market.views.team.get(key, { for: ada })).toMatchObject({ status: 'member', email })
    expect((await stateFor(team, ada)).members[zoe.id]?.email).toBe(email)
    expect((await stateFor(team, luc)).members[zoe.id]?.email).toEqual(withheld)

    const left = await done(
      market,
      { type: 'RemoveMember', publisherId, actorId: zoe.id },
      { by: zoe, commandId: 'c-3' },
    )
    const again = { type: 'RemoveMember', publisherId, actorId: zoe.id }
    expect(await done(market, again, { by: zoe, commandId: 'c-3' })).toEqual({ ...left, duplicate: true })
    expect(await addressSeenBy(team, ada)).toEqual([undefined, erased, undefined])
    expect(await market.views.team.get(key, { for: ada })).toBeUndefined()
    expect(await keysOf(store, `invitation-${invitationId}`)).toEqual([])
  })

  it('B21 of a publisher that chooses another one, or none', async () => {
    const team = await withTeam()
    const { market, store, publisherId } = team
    const set = { type: 'SetNotificationAddress', publisherId, email: 'listings@marsh.example' }
    const first = (await done(market, set, { by: ada })).events[0]!.data as { addressId: string }
    expect((await stateFor(team, ada)).notificationAddress?.email).toBe('listings@marsh.example')
    expect((await stateFor(team, luc)).notificationAddress?.email).toEqual(withheld)

    const second = (await done(market, { ...set, email: 'sales@marsh.example' }, { by: ada })).events[0]!.data as {
      addressId: string
    }
    const subjects = [`address-${first.addressId}`, `address-${second.addressId}`]
    expect(await keysOf(store, ...subjects)).toEqual(subjects.slice(1))
    await done(market, { type: 'RemoveNotificationAddress', publisherId }, { by: ada })
    expect(await keysOf(store, ...subjects)).toEqual([])
    const history = await market.history(publisherId, { for: ada })
    const addresses = history.flatMap(({ type, data }) => (type === 'NotificationAddressSet' ? [data.email] : []))
    expect(addresses).toEqual([erased, erased])
  })
})

describe('who comes by an invitation', () => {
  it('is a member at once, and nothing to it when they are removed', async () => {
    const { market, publisherId, accept } = await withInvitation()
    expect(await refusal(market, { type: 'UpdateProfile', publisherId, name: 'Mine' }, { by: zoe })).toBe(
      'unknown-publisher',
    )
    await done(market, accept, { by: zoe })
    await done(market, { type: 'UpdateProfile', publisherId, name: 'Ours' }, { by: zoe })
    await done(market, { type: 'RemoveMember', publisherId, actorId: zoe.id }, { by: ada })
    expect(await market.publisher(publisherId, { for: zoe })).toBeUndefined()
    expect(await refusal(market, accept, { by: zoe })).toBe('unknown-invitation')
    expect(await refusal(market, accept, { by: yan })).toBe('unknown-invitation')
  })
})
