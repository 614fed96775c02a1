import { defineMarketplace, type StoredEvent } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { beforeAll, describe, expect, it } from 'vitest'
import { eventsIn, type Lived, live, defaultRules as rules } from '../test/lived-market.js'
import { logOf } from '../test/tampered-log.js'
import { type OtherDecision, whatIf } from './what-if.js'

let events: readonly StoredEvent[]
let lived: Lived

beforeAll(async () => {
  const store = memoryStore()
  lived = await live(store)
  events = await eventsIn((await store.open()).log)
})

async function under(others: Parameters<typeof whatIf>[1], log = events): Promise<readonly OtherDecision[]> {
  const found: OtherDecision[] = []
  for await (const one of whatIf({ log: logOf(log), rules }, others)) found.push(one)
  return found
}

const told = ({ command, because, sentence }: OtherDecision) => `${command} (${because}): ${sentence}`

describe('a log that is decided under other rules', () => {
  it('comes out as it is under its own', async () => {
    expect(await under(rules)).toEqual([])
  })

  it('30 days instead of 60: approvals end sooner, and what ran out did so earlier', async () => {
    const found = await under(defineMarketplace({ baseUrl: 'https://market.example', publishWithinDays: 30 }))
    const forgotten = found.filter(({ stream }) => stream === `listing-${lived.forgottenId}`)
    expect(forgotten.map(told)).toMatchInlineSnapshot(`
      [
        "Approve (decision): It would write Approved with publishBy 2026-02-25T23:00:00.000Z instead of 2026-03-27T23:00:00.000Z.",
        "ExpireApproval (time): It would write AutoRejected with publishBy 2026-02-25T23:00:00.000Z instead of 2026-03-27T23:00:00.000Z.",
      ]
    `)
  })

  it('another check required: what was approved without it would have been refused, and all that follows', async () => {
    const { app, service } = rules.kinds
    const kinds = { app: { ...app, checks: { ...app.checks, security: 'required' as const } }, service }
    const found = await under(defineMarketplace({ baseUrl: 'https://market.example', kinds }))
    expect(found.filter(({ because }) => because === 'decision').map(told)).toMatchInlineSnapshot(`
      [
        "Approve (decision): It would be refused: These checks have neither passed nor been waived: security. (checks-open)",
      ]
    `)
    expect(found.slice(0, 6).map(told)).toMatchInlineSnapshot(`
      [
        "Approve (decision): It would be refused: These checks have neither passed nor been waived: security. (checks-open)",
        "Publish (consequence): It would be refused: Publish needs the working revision to be approved; it is inReview. (not-from-here)",
        "CaptureLead (consequence): It would be refused: There is no listing with this id. (unknown-listing)",
        "AssignLead (consequence): It would be refused: There is no lead with this id. (unknown-lead)",
        "MarkContacted (consequence): It would be refused: There is no lead with this id. (unknown-lead)",
        "AddLeadNote (consequence): It would be refused: There is no lead with this id. (unknown-lead)",
      ]
    `)
  })

  it('says what would have fallen due behind the last command', async () => {
    const until = events.findIndex(({ type }) => type === 'AutoRejected')
    const others = defineMarketplace({ baseUrl: 'https://market.example', publishWithinDays: 30 })
    const found = await under(others, [
      ...events.slice(0, until),
      ...events.slice(until).filter(({ stream }) => stream !== events[until]!.stream),
    ])
    expect(found.map(told)).toContain(
      'ExpireApproval (time): AutoRejected (the deadline was 2026-02-25T23:00:00.000Z) would have been written after this.',
    )
  })
})
