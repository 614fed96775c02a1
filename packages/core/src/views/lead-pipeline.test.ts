import { describe, expect, it } from 'vitest'
import { leadStory } from '../../test/lead-story.js'
import { member, outsider, run, staff } from '../../test/run-view.js'
import type { Step } from '../../test/stored-event.js'
import { logOf, minute } from '../../test/stored-event.js'
import { leadPipeline } from './lead-pipeline.js'

const lead = leadStory()
const ran = (...steps: readonly Step[]) => run(leadPipeline, logOf(...steps))
const after = (...steps: readonly Step[]) => ran(lead.captured(), ...steps).get('d-1')
const sales = { ...member, role: 'sales' } as const

describe('a lead in the pipeline', () => {
  it('is new when it was captured, with whose it is, what was agreed to and until when to respond', () => {
    expect(after()).toEqual({
      leadId: 'd-1',
      publisherId: 'p-1',
      listingId: 'l-1',
      status: 'new',
      reached: 'new',
      lost: false,
      assignee: null,
      contact: lead.sealed('contact'),
      consentedAt: '2026-02-28T23:00:00.000Z',
      capturedAt: minute(1),
      lastStepAt: minute(1),
      respondBy: '2026-03-03T00:00:00.000Z',
      overdue: false,
      responseDueBy: '2026-03-03T00:00:00.000Z',
      notes: 0,
    })
  })

  it('that was captured before the log that is at hand is told as far as it is known', () => {
    expect(ran(lead.assigned()).get('d-1')).toEqual({
      leadId: '',
      publisherId: '',
      listingId: '',
      status: 'new',
      reached: 'new',
      lost: false,
      assignee: 'u-sam',
      contact: null,
      consentedAt: '',
      capturedAt: '',
      lastStepAt: '',
      respondBy: '',
      overdue: false,
      responseDueBy: null,
      notes: 0,
    })
  })

  it('holds neither the message nor what was noted nor why it was lost', () => {
    const text = JSON.stringify([...ran(lead.captured(), lead.noted(), lead.lost()).documents])
    expect(text).toContain('contact')
    expect(text).not.toMatch(/mark of (message|note|reason)/)
  })

  it('goes on with its steps, and says when it took the last', () => {
    expect(after(lead.contacted())).toMatchObject({ status: 'contacted', reached: 'contacted', lastStepAt: minute(2) })
    expect(after(lead.purchased())).toMatchObject({ status: 'purchased', reached: 'purchased' })
    expect(after(lead.purchased(), lead.delivered())).toMatchObject({ status: 'delivered', lastStepAt: minute(3) })
    expect(after(lead.contacted(), lead.noted(), lead.noted())).toMatchObject({ notes: 2, lastStepAt: minute(2) })
  })

  it('says how far it had come when it was lost, and is back there when it is reopened', () => {
    expect(after(lead.contacted(), lead.lost())).toMatchObject({ status: 'lost', lost: true, reached: 'contacted' })
    expect(after(lead.contacted(), lead.lost(), lead.reopened())).toMatchObject({
      status: 'contacted',
      lost: false,
      lastStepAt: minute(4),
    })
  })

  it('says whose it is', () => {
    expect(after(lead.assigned())).toMatchObject({ assignee: 'u-sam', lastStepAt: minute(1) })
    expect(after(lead.assigned(), lead.unassigned())).toMatchObject({ assignee: null })
  })

  it('P6 stands among those whose first response falls due until somebody responds or it is overdue', () => {
    const due = (...steps: readonly Step[]) => ran(lead.captured(), ...steps).index('responseDueBy')
    expect(due(lead.assigned(), lead.noted())).toEqual(['2026-03-03T00:00:00.000Z d-1'])
    for (const step of [
      lead.contacted(),
      lead.purchased(),
      lead.delivered(),
      lead.lost(),
      lead.erased(),
      lead.overdue(),
    ])
      expect(due(step)).toEqual([' d-1'])
    expect(due(lead.lost(), lead.reopened())).toEqual([' d-1'])
  })

  it('P6 is overdue until somebody responds', () => {
    expect(after(lead.overdue())).toMatchObject({ overdue: true, status: 'new' })
    expect(after(lead.overdue(), lead.contacted())).toMatchObject({ overdue: false })
  })

  it('stays when it is erased, with nothing personal in it', () => {
    const erased = ran(lead.captured(), lead.assigned(), lead.noted(), lead.contacted(), lead.erased())
    expect(erased.get('d-1')).toMatchObject({
      status: 'erased',
      reached: 'contacted',
      lost: false,
      contact: null,
      assignee: null,
      notes: 0,
    })
    expect(JSON.stringify([...erased.documents])).not.toContain('mark of')
    expect(erased.index('publisherId', 'status')).toEqual(['p-1 erased d-1'])
  })
})

describe('who sees the pipeline', () => {
  it('T34 staff and the team, but for listers; nobody else', () => {
    const found = ran(lead.captured())
    expect(
      [staff, sales, { ...member, role: 'viewer' } as const].map((viewer) => found.get('d-1', viewer)?.leadId),
    ).toEqual(['d-1', 'd-1', 'd-1'])
    expect([outsider, { ...member, role: 'lister' } as const].map((viewer) => found.get('d-1', viewer))).toEqual([
      undefined,
      undefined,
    ])
  })

  it('the contact opens for who works leads', () => {
    expect(leadPipeline.personal?.fields).toEqual(['contact'])
    expect(
      [sales, { ...member, role: 'viewer' } as const, staff].map((viewer) => leadPipeline.personal?.opens(viewer)),
    ).toEqual([true, false, false])
  })
})
