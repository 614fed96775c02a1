import { deadlineCommandId, dueCommands } from '@vitrine/core'
import { describe, expect, it } from 'vitest'
import { remindBeforeDeadline } from './remind-before-deadline.js'

const named = {
  listingId: '0190a000-0000-7000-8000-00000000001a',
  submissionId: '0190a000-0000-7000-8000-00000000005b',
  publishBy: '2026-04-30T00:00:00.000Z',
}
const deadline = { ...named, runsSince: '2026-03-01T00:00:00.000Z' }
const rules = { remindDaysBefore: [30, 14, 7, 1] }

function reminder(threshold: number) {
  return due('RemindPublication', { threshold })
}

function due(type: string, beside: { threshold?: number } = {}) {
  const { listingId, ...deadline } = { ...named, ...beside }
  return {
    commandId: deadlineCommandId(`listing-${listingId}`, type, deadline),
    command: { type, listingId, ...deadline },
  }
}

describe('an approval that waits for publication', () => {
  it.each([
    ['2026-03-30T23:59:59.999Z', []],
    ['2026-03-31T00:00:00.000Z', [reminder(30)]],
    ['2026-04-15T23:59:59.999Z', [reminder(30)]],
    ['2026-04-16T00:00:00.000Z', [reminder(14)]],
    ['2026-04-29T00:00:00.000Z', [reminder(1)]],
    ['2026-04-29T23:59:59.999Z', [reminder(1)]],
    ['2026-04-30T00:00:00.000Z', []],
    ['2026-04-30T00:00:00.001Z', [due('ExpireApproval')]],
  ])('T1 P3 at %s is what is due, under ids that are made from the deadline', (now, expected) => {
    expect(dueCommands(deadline, rules, now)).toEqual(expected)
  })

  it('T29 once reminded of a threshold, only a smaller one is due', () => {
    const on = (remindedFor: number | null) =>
      dueCommands({ ...deadline, remindedFor }, rules, '2026-04-20T00:00:00.000Z')
    expect([null, 30, 14, 7].map(on)).toEqual([[reminder(14)], [reminder(14)], [], []])
  })

  it('T29 a threshold before the deadline was set is none', () => {
    const late = { ...deadline, runsSince: '2026-04-20T00:00:00.000Z' }
    expect(dueCommands(late, rules, '2026-04-22T00:00:00.000Z')).toEqual([])
    expect(dueCommands(late, rules, '2026-04-23T00:00:00.000Z')).toEqual([reminder(7)])
  })

  it('P3 nobody is reminded of a moment that has come, even where it is a threshold', () => {
    expect(remindBeforeDeadline(deadline, [0], deadline.publishBy)).toEqual([])
  })
})
