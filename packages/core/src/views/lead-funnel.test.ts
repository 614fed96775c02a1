import { describe, expect, it } from 'vitest'
import { leadStory } from '../../test/lead-story.js'
import { beginningsOf, member, outsider, run } from '../../test/run-view.js'
import { logOf, type Step } from '../../test/stored-event.js'
import { leadFunnel } from './lead-funnel.js'

const lead = leadStory()
const other = leadStory('d-2')
const key = 'p-1|l-1|2026-03'
const none = { captured: 0, contacted: 0, purchased: 0, delivered: 0, lost: 0, erased: 0 }
const after = (...steps: readonly Step[]) => run(leadFunnel, logOf(lead.captured(), ...steps)).get(key)

describe('the funnel of a listing in a month', () => {
  it('counts what was captured, by its month in UTC', () => {
    const edge = leadStory('d-3')
    const ran = run(
      leadFunnel,
      logOf(lead.captured(), other.captured(), edge.captured('2026-03-31T23:59:59.999Z'), edge.contacted()),
    )
    expect(ran.get(key)).toEqual({
      publisherId: 'p-1',
      listingId: 'l-1',
      month: '2026-03',
      ...none,
      captured: 3,
      contacted: 1,
    })
    expect(run(leadFunnel, logOf(edge.captured('2026-04-01T00:00:00.000Z'))).get('p-1|l-1|2026-04')).toMatchObject({
      month: '2026-04',
      captured: 1,
    })
  })

  it('counts a lead in the month of its capture, whenever it goes on', () => {
    const ran = run(leadFunnel, logOf(lead.captured('2026-02-27T10:00:00.000Z'), lead.contacted()))
    expect(ran.get('p-1|l-1|2026-02')).toMatchObject({ captured: 1, contacted: 1 })
    expect(ran.get(key)).toBeUndefined()
  })

  it('counts it in every stage that it has reached, once, also when steps were skipped', () => {
    expect(after(lead.contacted())).toMatchObject({ captured: 1, contacted: 1, purchased: 0 })
    expect(after(lead.contacted(), lead.purchased())).toMatchObject({ contacted: 1, purchased: 1, delivered: 0 })
    expect(after(lead.delivered())).toMatchObject({ contacted: 1, purchased: 1, delivered: 1 })
    expect(after(lead.purchased(), lead.delivered())).toMatchObject({ contacted: 1, purchased: 1, delivered: 1 })
  })

  it('counts a loss until it is reopened; neither takes it out of a stage', () => {
    expect(after(lead.contacted(), lead.lost())).toMatchObject({ contacted: 1, lost: 1 })
    expect(after(lead.contacted(), lead.lost(), lead.reopened())).toMatchObject({ contacted: 1, lost: 0 })
    expect(after(lead.lost(), lead.reopened(), lead.lost())).toMatchObject({ contacted: 0, lost: 1 })
  })

  it('counts what was erased where it was, and beside', () => {
    expect(after(lead.purchased(), lead.erased())).toMatchObject({ captured: 1, contacted: 1, purchased: 1, erased: 1 })
    expect(after(lead.lost(), lead.erased())).toMatchObject({ captured: 1, lost: 1, erased: 1 })
  })

  it('keeps publishers and listings apart', () => {
    const elsewhere = leadStory('d-4', 'l-2', 'p-2')
    const ran = run(leadFunnel, logOf(lead.captured(), elsewhere.captured(), elsewhere.contacted()))
    expect([ran.get(key)?.contacted, ran.get('p-2|l-2|2026-03')?.contacted]).toEqual([0, 1])
    expect(ran.index('publisherId', 'month')).toEqual([`p-1 2026-03 ${key}`, 'p-2 2026-03 p-2|l-2|2026-03'])
  })

  it('what it remembers of each lead stands in no index, is shown to nobody, and goes with the erasure', () => {
    const ran = run(leadFunnel, logOf(lead.captured(), other.captured(), other.erased()))
    expect([...ran.documents.keys()].toSorted()).toEqual(['lead-d-1', key].toSorted())
    expect(ran.get('lead-d-1')).toBeUndefined()
    expect(
      beginningsOf(leadFunnel)
        .flatMap((fields) => ran.index(...fields))
        .join(),
    ).not.toContain('lead-')
  })

  it('T34 is for staff and for the team but its listers', () => {
    const ran = run(leadFunnel, logOf(lead.captured()))
    expect(ran.get(key, { ...member, role: 'viewer' })?.captured).toBe(1)
    expect([ran.get(key, { ...member, role: 'lister' }), ran.get(key, outsider)]).toEqual([undefined, undefined])
  })
})
