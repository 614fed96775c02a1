import { actsAsStaff, roleOf, system, visitor } from '@vitrine/core'
import { expect, it } from 'vitest'
import { askerAmong } from './actor.js'

const zoe = { id: 'u-zoe', name: 'Zoe Lind' }

it('T27 who is on the team acts as a member, also when they are staff; the system and visitors are neither', () => {
  expect(roleOf({ ...zoe, staff: 'operator', member: 'viewer' })).toBe('viewer')
  expect(roleOf({ ...zoe, staff: 'operator' })).toBe('operator')
  expect(roleOf(zoe)).toBe('person')
  expect([roleOf(system), roleOf(visitor)]).toEqual(['system', 'visitor'])
  expect([system.name, visitor.name]).toEqual(['Vitrine', 'a visitor'])
})

it('T27 the system and staff act for the marketplace, but for staff of whose team this is', () => {
  const asks = [
    system,
    { ...zoe, staff: 'reviewer' as const },
    { ...zoe, staff: 'reviewer' as const, member: 'viewer' as const },
    { ...zoe, member: 'viewer' as const },
    zoe,
    visitor,
  ]
  expect(asks.map(actsAsStaff)).toEqual([true, true, false, false, false, false])
})

it('T27 a member with another role than sees a thing is a stranger to it, also when they are staff', () => {
  const sales = { ...zoe, staff: 'operator' as const, member: 'sales' as const }
  expect(askerAmong(sales, ['sales'])).toEqual(sales)
  expect(askerAmong(sales, ['administrator', 'viewer'])).toEqual(zoe)
  expect(askerAmong({ ...zoe, staff: 'operator' }, [])).toEqual({ ...zoe, staff: 'operator' })
})
