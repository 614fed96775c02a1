import { expect, it } from 'vitest'
import { viewerKind } from './viewer.js'

it("T27 staff on the publisher's own team sees what the team sees", () => {
  expect(viewerKind({ staff: true, member: true })).toBe('member')
  expect(viewerKind({ staff: true, member: false })).toBe('staff')
  expect(viewerKind({ staff: false, member: true })).toBe('member')
  expect(viewerKind({ staff: false, member: false })).toBe('outsider')
})

it('T30 what some roles of the team see, the others see as outsiders do', () => {
  const seenBy = ['administrator', 'sales'] as const
  const as = (role?: 'administrator' | 'lister') =>
    viewerKind({ staff: true, member: true, ...(role && { role }) }, seenBy)
  expect([as('administrator'), as('lister'), as()]).toEqual(['member', 'outsider', 'outsider'])
  expect(viewerKind({ staff: true, member: false }, seenBy)).toBe('staff')
})
