import {
  type AnyCommand,
  type Listing,
  type ListingEvent,
  type ListingFacts,
  listingAggregate,
  type Row,
} from '@vitrine/core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ListingAggregate } from './asked-of-code.js'
import { checkLifecycle } from './check-lifecycle.js'
import type { LifecycleCounts } from './lifecycle-counts.js'
import { lifecycleTable } from './lifecycle-table.js'

describe('every state that a small alphabet of deeds leads to', () => {
  let counts: LifecycleCounts

  beforeAll(() => {
    counts = checkLifecycle({ further: Number(process.env.VITRINE_FURTHER ?? 0) })
    const { rows: _, ...told } = counts
    console.log(`The lifecycle, walked through: ${JSON.stringify(told)}`)
  }, 600_000)

  it('D13 agrees with the table of the domain, eight deeds deep and more', () => {
    const { states, accepted, refused, nothing } = counts
    expect(Object.values(states).every(({ depth }) => depth >= 8)).toBe(true)
    expect(Object.values(states).reduce((sum, one) => sum + one.states, 0)).toBeGreaterThan(1800)
    expect(accepted).toBeGreaterThan(100_000)
    expect(refused).toBeGreaterThan(600_000)
    expect(nothing).toBeGreaterThan(80_000)
  })

  it('D13 stands in every pair of statuses of the working and the live revision, or nowhere', () => {
    expect(counts.statuses).toBe(6 * 4 + 1)
  })

  it('D13 meets every line of the table: accepted, refused, refused to others, and as holding already', () => {
    const wanted = lifecycleTable.map(({ deed, holds }) => {
      const accepted = !neverAccepted.has(deed)
      return {
        deed,
        accepted,
        nothing: holds !== undefined && accepted,
        refused: true,
        others: true,
      }
    })
    const met = Object.entries(counts.rows).map(([deed, { accepted, nothing, refused, notForThem }]) => {
      return { deed, accepted: accepted > 0, nothing: nothing > 0, refused: refused > 100, others: notForThem > 100 }
    })
    expect(met).toEqual(wanted)
  })

  it('D13 meets every reason of the table with no other reason beside it', () => {
    const missing = lifecycleTable.flatMap(({ deed, unless = {} }) => {
      const { reasonsAlone } = counts.rows[deed]!
      return Object.keys(unless).flatMap((code) => (reasonsAlone.has(code) ? [] : [`${deed} > ${code}`]))
    })
    expect(missing).toEqual([
      // A question that was never asked is not open either.
      'AnswerQuestion > unknown-question',
      'CloseQuestion > unknown-question',
      // These are refused whatever else holds.
      ...['review-held', 'question-open', 'checks-open'].map(
        (code) => `Approve: other content than was read > ${code}`,
      ),
      // Two revisions were live, one of them withdrawn by an operator, and the other is still: a longer story than these walks.
      'Approve: by trust > withdrawn-before',
      ...['approval-expired', 'publisher-suspended', 'listing-suspended'].map(
        (code) => `Publish: another revision > ${code}`,
      ),
      'ExtendDeadline: to an earlier instant > approval-expired',
      // The first revision is the first that is live: once anything was, it was.
      ...['Republish', 'Republish: privately', 'Republish: publicly'].flatMap((deed) => [
        `${deed} > never-live`,
        `${deed} > unknown-revision`,
      ]),
    ])
  })
})

const neverAccepted = new Set([
  'Approve: other content than was read',
  'Publish: another revision',
  'ExtendDeadline: to an earlier instant',
])

type Rows = ListingAggregate['rows']
type AnyRow = Row<Listing, ListingFacts, AnyCommand, ListingEvent>

describe('rules that part from the table', () => {
  it.each([
    ['Publish forgets the deadline', broken('Publish', { may: undefined }), 'approval-expired'],
    [
      'Publish forgets where it begins',
      broken('Withdraw', { from: { live: ['public', 'private', 'suspended', 'none'] } }),
      'not-from-here',
    ],
    ['Approve forgets the hold and the checks', broken('Approve', { may: undefined }), 'checks-open'],
    ['a lister suspends', broken('Suspend', { who: { members: ['lister'], staff: ['operator'] } }), 'not for luc'],
    ['asking twice writes twice', broken('MakePrivate', { already: undefined }), 'holds already'],
    [
      'an event too many',
      broken('Reinstate', { does: () => [{ type: 'Reinstated', data: {} }, suspended] }),
      'has it write',
    ],
    ['a fold that forgets', forgetting('Withdrawn'), 'Afterwards'],
  ])('are found: %s', (_title, listing, sentence) => {
    expect(() => checkLifecycle({ listing })).toThrow(sentence)
  })

  it('are told by the shortest way to where they part', () => {
    const listing = broken('Approve', { may: undefined })
    expect(() => checkLifecycle({ listing })).toThrowErrorMatchingInlineSnapshot(`
      [Error: The lifecycle parts from its table at Approve.
        The table refuses it: checks-open.
        The rules answer: Approved.
      The shortest way there:
        0. Nothing is there.
        1. luc asks Create {"publisherId":"0190a000-0000-7000-8000-0000000000aa","kind":"app","name":"Ledgerline"}
        2. luc asks Revise {"changes":{"headline":"One"}}
        3. luc asks Submit {"publishMode":"manual","comment":"Ready"}
        4. rita asks Approve {"submissionId":"0190b000-0000-7000-8000-000000000002","contentHash":"9fc74105f31094c7141654963ec1e2095ce215c66c9f0d455654cb8931dd8514"}
      Around it: {"publisher":"approved","autoPublish":true,"autoApproval":true,"slugTaken":false}
      Before it: {"exists":true,"working":"submitted","live":"none","revision":1,"newest":1,"edition":{"headline":"One"},"liveRevision":0,"archive":{},"operatorWithdrew":[],"downByOperator":false,"evidence":[],"submission":{"edition":{"headline":"One"},"mode":"manual","comment":"Ready","questions":[],"evidenceAskedFor":[],"madeRequired":[],"verdicts":{},"held":false}}]
    `)
  })
})

const suspended: ListingEvent = { type: 'Suspended', data: { reason: 'For nothing' } }

function broken(command: string, otherwise: { readonly [part in keyof AnyRow]?: unknown }): ListingAggregate {
  const row = { ...listingAggregate.rows[command], ...otherwise } as AnyRow
  return { ...listingAggregate, rows: { ...(listingAggregate.rows as Rows), [command]: row } }
}

function forgetting(type: string): ListingAggregate {
  const { decider } = listingAggregate
  const evolve: typeof decider.evolve = (listing, event) => {
    if (event.type !== type) decider.evolve(listing, event)
  }
  return { ...listingAggregate, decider: { ...decider, evolve } }
}
