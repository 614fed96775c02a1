import { randomUUID } from 'node:crypto'
import { defineMarketplace } from '@vitrine/core'
import { openMarketplace } from '@vitrine/runtime'
import { memoryStore } from '@vitrine/store-memory'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { staffOf } from '../people.js'
import { type PublisherTeam, peopleWithRoles, stepsToTeam, teams } from './people-with-roles.js'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })

/** Of some commands, who may: as the domain has it, not as the rows do. */
const rights: { readonly [command: string]: readonly string[] } = {
  UpdateProfile: ['administrator'],
  InviteMember: ['administrator'],
  Create: ['administrator', 'lister'],
  SetNotificationPreferences: ['administrator', 'lister', 'sales', 'viewer'],
  GrantAutoPublish: ['operator'],
}

describe('people with roles', () => {
  it('are of every role, on teams of every size, and staff is among their members', () => {
    const found = fc.sample(peopleWithRoles(), { numRuns: 400, seed: 3 })
    const roles = ['administrator', 'lister', 'operator', 'person', 'reviewer', 'sales', 'viewer', 'visitor']
    expect([...new Set(found.map(({ role }) => role))].toSorted()).toEqual(roles)
    expect(new Set(found.map(({ team }) => team.members.length)).size).toBe(6)
    expect(found.some(({ by, role, team }) => by !== 'visitor' && staffOf(by.id) && isOn(team, by.id, role))).toBe(true)
  })

  it('shrink to the only member of a team', () => {
    const { counterexample } = fc.check(
      fc.property(peopleWithRoles(), (_somebody) => false),
      { seed: 3 },
    )
    const [{ team, role }] = counterexample!
    expect([team.members.length, role]).toEqual([1, 'administrator'])
  })

  it('T27 may on a marketplace what their role may, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(peopleWithRoles(), fc.constantFrom(...Object.keys(rights)), async (somebody, type) => {
        const { team, role, by } = somebody
        const market = await marketOf(team)
        const answer = await market.execute(commandOf(type, team) as never, { by })
        await market.close()
        expect('refused' in answer).toBe(!rights[type]!.includes(role))
      }),
      { numRuns: 60 },
    )
  }, 60_000)

  it('are on a team that a marketplace takes as it is', async () => {
    await fc.assert(
      fc.asyncProperty(teams(), async (team) => {
        const market = await marketOf(team)
        const { state } = (await market.asOperator.publisher(team.publisherId))!
        await market.close()
        const members = Object.entries(state.members).map(([id, { name, role }]) => ({ id, name, role }))
        expect(members.toSorted(byId)).toEqual([...team.members].toSorted(byId))
      }),
      { numRuns: 30 },
    )
  }, 60_000)
})

async function marketOf(team: PublisherTeam) {
  const market = await openMarketplace({ rules, store: memoryStore(), staff: staffOf })
  for (const { by, command } of stepsToTeam(team)) {
    const answer = await market.execute(command as never, { by })
    expect(answer).not.toHaveProperty('refused')
  }
  return market
}

function commandOf(type: string, { publisherId }: PublisherTeam): object {
  const payloads: { readonly [command: string]: object } = {
    UpdateProfile: { name: 'Marsh and Daughters' },
    InviteMember: { email: 'zoe@home.example', role: 'viewer' },
    Create: { listingId: randomUUID(), kind: 'app', name: 'Ledgerline' },
    SetNotificationPreferences: { muted: ['published'] },
  }
  return { type, publisherId, ...payloads[type] }
}

function isOn({ members }: PublisherTeam, id: string, role: string): boolean {
  return members.some((member) => member.id === id && member.role === role)
}

function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return one.id < other.id ? -1 : 1
}
