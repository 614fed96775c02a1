import { roleOf, system, visitor } from '@vitrine/core'
import { expect, it } from 'vitest'

it('T27 who is on the team acts as a member, also when they are staff; the system and visitors are neither', () => {
  const zoe = { id: 'u-zoe', name: 'Zoe Lind' }
  expect(roleOf({ ...zoe, staff: 'operator', member: 'viewer' })).toBe('viewer')
  expect(roleOf({ ...zoe, staff: 'operator' })).toBe('operator')
  expect(roleOf(zoe)).toBe('person')
  expect([roleOf(system), roleOf(visitor)]).toEqual(['system', 'visitor'])
})
