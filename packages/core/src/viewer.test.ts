import { expect, it } from 'vitest'
import { viewerKind } from './viewer.js'

it("T27 staff on the publisher's own team sees what the team sees", () => {
  expect(viewerKind({ staff: true, member: true })).toBe('member')
  expect(viewerKind({ staff: true, member: false })).toBe('staff')
  expect(viewerKind({ staff: false, member: true })).toBe('member')
  expect(viewerKind({ staff: false, member: false })).toBe('outsider')
})
