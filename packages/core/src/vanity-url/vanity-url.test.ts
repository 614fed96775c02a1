import {
  type AnyCommand,
  claimLapse,
  deadlineCommandId,
  decideBy,
  type Listing,
  listingAggregate,
  registryChanges,
  reservations,
  settleSlugs,
  sweptReservations,
  system,
  type VanityUrl,
  type Version,
  vanityUrlAggregate,
} from '@vitrine/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { run } from '../../test/run-view.js'
import { heldSlugs } from './vanity-url.js'

const [one, two] = ['0190a000-0000-7000-8000-000000000001', '0190a000-0000-7000-8000-000000000002'] as const
const slug = 'ledgerline'
const listingOf = (id: string, holds: boolean): Listing => ({
  ...listingAggregate.decider.initial(),
  id,
  exists: true,
  working: { status: 'draft', revision: 1, content: {}, ...(holds && { slug }) },
})

describe('the registry, asked by itself', () => {
  it('T17 reserves a free slug for a listing at a version, and asked again writes nothing', () => {
    const reserved = { listingId: one, version: 3 }
    expect(reserve({}, one, 3)).toEqual([{ type: 'SlugReserved', data: reserved }])
    expect(reserve({ reserved }, one, 3)).toEqual([])
    expect(reserve({ reserved }, one, 4)).toEqual([{ type: 'SlugReserved', data: { listingId: one, version: 4 } }])
  })

  it('T17 reserves nothing that another listing holds, or has reserved; its own again', () => {
    expect(reserve({ listingId: two }, one, 3)).toHaveProperty('refused.code', 'slug-taken')
    expect(reserve({ reserved: { listingId: two, version: 9 } }, one, 3)).toHaveProperty('refused.code', 'slug-taken')
    expect(reserve({ listingId: one }, one, 3)).toEqual([
      { type: 'SlugReserved', data: { listingId: one, version: 3 } },
    ])
  })

  it('T17 confirms what the listing holds, and frees what it does not', () => {
    const reserved = { listingId: one, version: 3 }
    expect(settle({ reserved }, 4, true)).toEqual([{ type: 'SlugTaken', data: { listingId: one } }])
    expect(settle({ reserved }, 4, false)).toEqual([{ type: 'SlugFreed', data: { listingId: one } }])
    expect(settle({ reserved }, 3, true)).toEqual([{ type: 'SlugTaken', data: { listingId: one } }])
    expect(settle({ listingId: one }, 4, true)).toEqual([])
    expect(settle({ listingId: one }, 4, false)).toEqual([{ type: 'SlugFreed', data: { listingId: one } }])
    expect(settle({}, 'none', false)).toEqual([])
  })

  it('T17 leaves a reservation alone while its claim may still come', () => {
    for (const version of [3, 'none'] as const) {
      expect(settle({ reserved: { listingId: one, version: 3 } }, version, false)).toEqual([])
    }
  })

  it('T17 says of a slug that it is taken, and of a text that it is no slug', () => {
    expect(reserve({ listingId: two }, one, 3)).toMatchObject({
      refused: { message: '"ledgerline" is taken by another listing.' },
    })
    const asked = { type: 'ReserveSlug', slug: 'No slug', listingId: one, version: 3 }
    expect(vanityUrlAggregate.rows.ReserveSlug!.command.safeParse(asked).error?.issues).toMatchObject([
      { path: ['slug'], message: 'a slug is expected' },
    ])
  })

  it('T17 takes a slug of 3 to 60 small letters, digits and hyphens', () => {
    const isSlug = (text: string) =>
      vanityUrlAggregate.rows.SettleSlug!.command.safeParse({ type: 'SettleSlug', slug: text }).success
    expect(['a-1', 'x'.repeat(60)].map(isSlug)).toEqual([true, true])
    expect(['a1', 'x'.repeat(61), 'A-1', 'a_1', '---é'].map(isSlug)).toEqual([false, false, false, false, false])
  })

  it('T17 remembers a reservation, which nobody holds yet', () => {
    const registry: VanityUrl = {}
    const reserved = { listingId: one, version: 3 }
    vanityUrlAggregate.decider.evolve(registry, stored('SlugReserved', reserved, `vanity-${slug}`))
    expect(registry).toEqual({ reserved })
    expect(vanityUrlAggregate.standing(registry)).toEqual({ registry: 'kept' })
  })

  it('T17 is for the system alone', () => {
    const asker = { id: 'u-ada', name: 'Ada Marsh' }
    const question = { command: { type: 'SettleSlug', slug }, state: {}, facts: { ...factsOf(3, false), asker } }
    expect(decideBy(vanityUrlAggregate, vanityUrlAggregate.rows.SettleSlug!, question)).toHaveProperty('refused')
    expect(vanityUrlAggregate.overdue({}, '2030-01-01T00:00:00.000Z')).toEqual([])
  })

  it('D26 says of its events which command wrote them', () => {
    const stream = `vanity-${slug}`
    const { ReserveSlug, SettleSlug } = vanityUrlAggregate.rows
    expect(
      ReserveSlug!.commandOf([{ type: 'SlugReserved', data: { listingId: one, version: 3 }, stream }], {}),
    ).toEqual({
      command: { type: 'ReserveSlug', slug, listingId: one, version: 3 },
      made: {},
    })
    expect(SettleSlug!.commandOf([{ type: 'SlugFreed', data: { listingId: one }, stream }], {})).toEqual({
      command: { type: 'SettleSlug', slug },
      made: {},
    })
  })
})

describe('what the registry hears of a listing', () => {
  const listing = (slugsEverLive: string[], names?: string): Listing => ({
    ...listingOf(one, false),
    slugsEverLive,
    working: { status: 'draft', revision: 1, content: {}, ...(names && { slug: names }) },
  })
  const heard = (before: Listing, after: Listing) =>
    registryChanges(before, after).map(({ slug, event }) => [slug, event.type, event.data])
  const ofOne = { listingId: one }

  it.each<[string, Listing, Listing, unknown[]]>([
    ['nothing while no slug is named', listing([]), listing([]), []],
    ['nothing while the same is named', listing([], 'a'), listing([], 'a'), []],
    ['nothing when what is named goes live', listing([], 'a'), listing(['a']), []],
    ['nothing when what was live is named again, or no longer', listing(['a']), listing(['a'], 'a'), []],
    ['what is claimed', listing(['a']), listing(['a'], 'b'), [['b', 'SlugTaken', ofOne]]],
    ['what is released', listing(['a'], 'b'), listing(['a']), [['b', 'SlugFreed', ofOne]]],
    [
      'both where another is named',
      listing(['a'], 'b'),
      listing(['a'], 'c'),
      [
        ['b', 'SlugFreed', ofOne],
        ['c', 'SlugTaken', ofOne],
      ],
    ],
  ])('T17 %s', (_what, before, after, expected) => {
    expect(heard(before, after)).toEqual(expected)
  })

  it('T17 it holds what was ever live, and what its working revision names', () => {
    expect([listing([]), listing(['a']), listing(['a'], 'b')].map((one) => [...heldSlugs(one)])).toEqual([
      [],
      ['a'],
      ['a', 'b'],
    ])
  })
})

describe('a claim that never came', () => {
  const { LapseClaim } = claimLapse.rows
  const lapse = (holds: boolean) =>
    decideBy(claimLapse, LapseClaim!, {
      command: { type: 'LapseClaim', listingId: one, slug },
      state: listingOf(one, holds),
      facts: factsOf(3, holds) as never,
    })

  it('T17 cannot come any more once the listing has moved on; one that came stays', () => {
    expect(lapse(false)).toEqual([{ type: 'ClaimLapsed', data: { slug } }])
    expect(lapse(true)).toEqual([])
    const listing = listingOf(one, false)
    listingAggregate.decider.evolve(listing, stored('ClaimLapsed', { slug }, `listing-${one}`))
    expect(listing).toEqual(listingOf(one, false))
    expect(LapseClaim!.commandOf([{ type: 'ClaimLapsed', data: { slug }, stream: `listing-${one}` }], listing)).toEqual(
      {
        command: { type: 'LapseClaim', listingId: one, slug },
        made: {},
      },
    )
  })

  it('T17 names the listing and the slug', () => {
    const command = { type: 'LapseClaim', listingId: one, slug }
    expect(LapseClaim!.command.parse(command)).toEqual(command)
    expect(LapseClaim!.command.safeParse({ type: 'LapseClaim', listingId: one }).success).toBe(false)
  })

  it('T17 is given up a minute after its reservation, under ids that are made from the reservation', () => {
    const ran = run(reservations, [stored('SlugReserved', { listingId: one, version: 3 }, `vanity-${slug}`, 5)])
    const shown = ran.get(slug)!
    expect(shown).toEqual({ slug, listingId: one, dueBy: '2026-03-01T09:01:00.000Z', reservedAt: 5 })
    expect(sweptReservations.ahead({} as never)).toBe(0)
    expect(sweptReservations.view.indexes).toContainEqual([sweptReservations.field])
    const due = (now: string) => sweptReservations.due(shown, {} as never, now)
    expect(due('2026-03-01T09:01:00.000Z')).toEqual([])
    const reservation = { slug, reservedAt: 5 }
    expect(due('2026-03-01T09:01:00.001Z')).toEqual([
      {
        commandId: deadlineCommandId(`listing-${one}`, 'LapseClaim', reservation),
        command: { type: 'LapseClaim', listingId: one, slug },
      },
      {
        commandId: deadlineCommandId(`vanity-${slug}`, 'SettleSlug', reservation),
        command: { type: 'SettleSlug', slug },
      },
    ])
    expect(due('2026-03-02T00:00:00.000Z')).toEqual(due('2026-03-03T00:00:00.000Z'))
  })

  it('T17 is looked for among the slugs that a listing has reserved, not among those that it holds', () => {
    const reserved = stored('SlugReserved', { listingId: one, version: 3 }, `vanity-${slug}`)
    const taken = run(reservations, [reserved, stored('SlugTaken', { listingId: one }, `vanity-${slug}`, 1)]).get(slug)!
    expect(taken).toMatchObject({ listingId: one, dueBy: null })
    expect(sweptReservations.due(taken, {} as never, '2030-01-01T00:00:00.000Z')).toEqual([])
    expect(run(reservations, [reserved, stored('SlugFreed', { listingId: one }, `vanity-${slug}`, 1)]).get(slug)).toBe(
      undefined,
    )
  })

  it('T17 is settled whenever the listing tells something of its slugs', () => {
    for (const each of Object.values(settleSlugs.forEach!)) {
      expect(each!.where(stored('VanityUrlClaimed', { slug }, `listing-${one}`) as never)).toEqual({ listingId: one })
      expect(each!.react({} as never, { slug })).toEqual([{ key: slug, command: { type: 'SettleSlug', slug } }])
    }
  })
})

describe('two claims of one slug, step by step in any order, with deaths in between', () => {
  it('T17 never win both, and whatever died, the slug comes free or is held by who claimed it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 40 }), (order) => {
        const world = claimants()
        for (const step of order) world.steps[step % world.steps.length]!()
        expect(world.winners().length).toBeLessThanOrEqual(1)
        for (let round = 0; round < 4; round += 1) for (const giveUp of world.giveUps) giveUp()
        const { registry } = world.registry
        expect(registry.reserved).toBeUndefined()
        expect(world.winners()).toEqual(registry.listingId === undefined ? [] : [registry.listingId])
      }),
      { numRuns: 2_000 },
    )
  })
})

/** Two who claim, each able to stop for ever between any two steps, and two who settle; all of it on versions, as stores do. */
function claimants() {
  const registry = { registry: vanityUrlAggregate.decider.initial(), version: -1 }
  const listings = new Map<string, { holds: boolean; version: number }>(
    [one, two].map((id) => [id, { holds: false, version: 3 }]),
  )
  const writeRegistry = (events: readonly { readonly type: string; readonly data: object }[], at: number) => {
    if (at !== registry.version) return
    const next = structuredClone(registry.registry)
    for (const { type, data } of events) vanityUrlAggregate.decider.evolve(next, stored(type, data, `vanity-${slug}`))
    registry.registry = next
    registry.version += events.length
  }
  const claimant = (id: string) => {
    let seen: { version: number; registry: VanityUrl; at: number } | undefined
    let mayClaimAt: number | undefined
    const listing = listings.get(id)!
    return [
      () => {
        seen = { version: listing.version, registry: registry.registry, at: registry.version }
      },
      () => {
        if (!seen) return
        const decided = reserve(seen.registry, id, seen.version)
        if ('refused' in decided || seen.at !== registry.version) return
        writeRegistry(decided, seen.at)
        mayClaimAt = seen.version
      },
      () => {
        if (mayClaimAt === listing.version && !listing.holds) {
          listing.holds = true
          listing.version += 1
        }
      },
    ]
  }
  const settler = () => {
    let read: { registry: VanityUrl; at: number } | undefined
    return [
      () => {
        read = { registry: registry.registry, at: registry.version }
      },
      () => {
        const id = read?.registry.reserved?.listingId ?? read?.registry.listingId
        const listing = id === undefined ? undefined : listings.get(id)!
        if (read && listing) writeRegistry(settle(read.registry, listing.version, listing.holds) as never, read.at)
      },
    ]
  }
  const lapse = () => {
    const listing = listings.get(registry.registry.reserved?.listingId ?? '')
    if (listing && !listing.holds) listing.version += 1
  }
  const settling = settler()
  return {
    registry,
    steps: [...claimant(one), ...claimant(two), ...settling, lapse, ...settler().slice(0, 1)],
    giveUps: [lapse, ...settling],
    winners: () => [one, two].filter((id) => listings.get(id)!.holds),
  }
}

function reserve(state: VanityUrl, listingId: string, version: number) {
  return decide(state, { type: 'ReserveSlug', slug, listingId, version }, factsOf(version, false))
}

function settle(state: VanityUrl, version: Version, holds: boolean) {
  return decide(state, { type: 'SettleSlug', slug }, factsOf(version, holds))
}

function decide(state: VanityUrl, command: AnyCommand, facts: ReturnType<typeof factsOf>) {
  return decideBy(vanityUrlAggregate, vanityUrlAggregate.rows[command.type]!, { command, state, facts })
}

function factsOf(listingVersion: Version, holds: boolean) {
  return {
    now: '2026-03-01T09:00:00.000Z',
    asker: system,
    made: { id: one, token: 't' },
    listing: listingOf(one, holds),
    listingVersion,
  }
}

function stored(type: string, data: object, stream: string, version = 0) {
  return { type, data, stream, version, metadata: { occurredAt: '2026-03-01T09:00:00.000Z' } } as never
}
