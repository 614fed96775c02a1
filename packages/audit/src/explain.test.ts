import { openMarketplace } from '@vitrine/runtime'
import { memoryStore } from '@vitrine/store-memory'
import { people, staffOf } from '@vitrine/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { rules, type Story, tellStory } from '../test/story.js'
import { explain, type RoleAsked } from './explain.js'

const store = memoryStore()
let story: Story

beforeAll(async () => {
  story = await tellStory(store)
})

async function explained(id: string, at: string) {
  const { log } = await store.open()
  return explain({ log, rules }, id, at)
}

const now = '2026-02-01T00:00:00.000Z'
const { ada, luc, sam, rita, olaf } = people
const played: readonly (readonly [RoleAsked, typeof ada | typeof luc | typeof sam | typeof rita | typeof olaf])[] = [
  ['administrator', ada],
  ['lister', luc],
  ['sales', sam],
  ['reviewer', rita],
  ['operator', olaf],
]

describe('what may be done now', () => {
  it.each(['listingId', 'otherId', 'publisherId', 'leadId', 'erasedLeadId'] as const)(
    'is what the marketplace answers people of these roles: %s',
    async (which) => {
      const market = await openMarketplace({ rules, store, staff: staffOf, clock: () => new Date(now) })
      const { commands } = await explained(story[which], now)
      for (const [role, by] of played) {
        const known = (await market.nextActions(story[which], { by })).filter(({ refused }) => !refused)
        const allowed = commands.filter(({ allowedFor }) => allowedFor.includes(role))
        expect([role, allowed.map(({ command }) => command)]).toEqual([role, known.map(({ command }) => command)])
      }
      await market.close()
    },
  )

  it('gives for everything else the reason, once for all who hear it', async () => {
    const { commands } = await explained(story.listingId, now)
    for (const { allowedFor, refusedFor } of commands) {
      const heard = refusedFor.flatMap(({ roles }) => roles)
      expect([...allowedFor, ...heard].toSorted()).toEqual([
        'administrator',
        'lister',
        'operator',
        'reviewer',
        'sales',
        'viewer',
      ])
    }
  })
})

describe('who must act', () => {
  const about = async (at: string) => (await explained(story.listingId, at)).mustAct
  it('on a draft, is the publisher, who hears what it lacks', async () => {
    const [first] = await about('2026-01-05T09:07:30.000Z')
    expect(first).toMatchObject({
      who: 'publisher',
      what: expect.stringMatching(/^submit revision 1 – once it has headline, /),
    })
  })

  it('while a question is open, is the publisher first', async () => {
    expect(await about('2026-01-05T09:12:30.000Z')).toEqual([
      { who: 'publisher', what: 'answer a blocking question: Which regions do you support?' },
      { who: 'marketplace', what: 'decide on revision 1' },
    ])
  })

  it('after a rejection, is the publisher, who hears every reason', async () => {
    expect((await about('2026-01-05T12:00:00.000Z'))[0]?.what).toContain(
      'It does not say for whom it is. Name the customer.',
    )
  })

  it('once it is approved, is who publishes it, by its deadline', async () => {
    expect(await about('2026-01-06T09:18:30.000Z')).toEqual([
      { who: 'publisher', what: 'publish revision 1', until: '2026-03-07T09:18:00.000Z' },
    ])
  })

  it('T4 when the deadline has passed it is explained as what time has decided, though nobody has written it', async () => {
    const { standing, mustAct, deadlines } = await explained(story.listingId, '2026-04-01T00:00:00.000Z')
    expect(standing).toEqual({ working: 'rejected', live: 'public' })
    expect(mustAct[0]?.what).toMatch(/^submit revision 2 again: its approval ran out/)
    expect(deadlines).toEqual([])
  })

  it('when it is live and nothing is written, is nobody', async () => {
    expect(await about('2026-01-10T00:00:00.000Z')).toEqual([
      { who: 'nobody', what: 'it is live, and no update is written' },
    ])
  })
})

it('what had not begun is not explained', async () => {
  await expect(explained(story.leadId, '2026-01-01T00:00:00.000Z')).rejects.toMatchObject({ code: 'not-found' })
})
