import { deadlineCommandId, defineMarketplace, firstResponseOverdue, sweptDeadlines } from '@vitrine/core'
import { describe, expect, it } from 'vitest'

const leadId = '0190a000-0000-7000-8000-000000000ead'
const responseDueBy = '2026-03-03T00:00:00.000Z'
const lead = { leadId, responseDueBy }

describe('P6 the first response', () => {
  it('P6 is overdue once now is later than the deadline, and not while none is awaited', () => {
    expect(firstResponseOverdue(lead, '2026-03-03T00:00:00.000Z')).toEqual([])
    const [type, respondBy] = ['RecordResponseOverdue', responseDueBy]
    expect(firstResponseOverdue(lead, '2026-03-03T00:00:00.001Z')).toEqual([
      {
        commandId: deadlineCommandId(`lead-${leadId}`, type, { respondBy }),
        command: { type, leadId, respondBy },
      },
    ])
    expect(firstResponseOverdue({ leadId, responseDueBy: null }, '2027-01-01T00:00:00.000Z')).toEqual([])
  })

  it('P6 is noted under one command id, made from the lead and the deadline alone', () => {
    const idAt = (one: typeof lead, now: string) => firstResponseOverdue(one, now)[0]?.commandId
    expect(idAt(lead, '2026-03-04T00:00:00.000Z')).toBe(idAt(lead, '2027-01-01T00:00:00.000Z'))
    expect(idAt({ ...lead, responseDueBy: '2026-03-02T00:00:00.000Z' }, '2026-03-04T00:00:00.000Z')).not.toBe(
      idAt(lead, '2026-03-04T00:00:00.000Z'),
    )
  })

  it('the ids of deadlines stay what they were: logs hold them', () => {
    const publication = { submissionId: 's', publishBy: '2026-04-30T00:00:00.000Z' }
    expect(
      [publication, { ...publication, threshold: 7 }, { respondBy: responseDueBy }, { slug: 's', reservedAt: 2 }].map(
        (deadline) => deadlineCommandId('listing-l', 'Some', deadline),
      ),
    ).toEqual([
      '976d8996-17ce-5ce0-a9b4-450cef38ee89',
      '6f66fa37-70ff-56d9-9870-d1c6fccb1ff1',
      '7fb18e96-1799-5f0d-b7a9-1f371af7ec8c',
      'ff1da674-b0b1-5b1f-b94f-c224f49d519a',
    ])
  })

  it('is swept by the code that sweeps publications, each over a view and an index of its own', () => {
    expect(sweptDeadlines.map(({ view, field }) => [view.name, field])).toEqual([
      ['deadlines', 'publishBy'],
      ['lead-pipeline', 'responseDueBy'],
    ])
    for (const { view, field } of sweptDeadlines) expect(view.indexes).toContainEqual([field])
    const rules = defineMarketplace({ baseUrl: 'https://market.example' })
    expect(sweptDeadlines.map(({ ahead }) => ahead(rules) / (24 * 60 * 60 * 1000))).toEqual([30, 0])
    const [, responses] = sweptDeadlines
    const now = '2026-03-03T00:00:00.001Z'
    expect(responses?.due(lead, rules, now)).toEqual(firstResponseOverdue(lead, now))
  })
})
