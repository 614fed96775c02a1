import { builtInViews, type MemberRole, type Person, shapeOf } from '@vitrine/core'
import { beginnings, people, staffOf, stories, type World } from '@vitrine/testing'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ViewQuestions } from '../src/view-question.js'
import { type Market, played } from './played-story.js'
import { done } from './stage.js'

const { ada, luc, sam, vic, rita, olaf, zoe } = people
const rae = { id: 'u-rae', name: 'Rae Rival' }
const everybody: readonly Person[] = [ada, luc, sam, vic, rita, olaf, zoe, rae]

/** What reviewers and operators write for themselves, and who they are, as the stories have it (T30). */
const operatorOnly = ['Seen by me', 'Not convincing', 'Known customer', 'Waiting for legal', 'Trade fair']
const staffNames = [rita.name, rita.id, olaf.name, olaf.id]

interface Personal {
  readonly texts: readonly string[]
  /** Who on the team may read it. */
  readonly roles: readonly MemberRole[]
  readonly staff: boolean
}

/** What is personal in the stories, and for whom it is. */
const personal: readonly Personal[] = [
  { texts: ['Nick East', 'nick@northwind.example'], roles: ['administrator', 'lister'], staff: true },
  {
    texts: ['Nora West', 'nora@northwind.example', '7946 0000', 'our bank', 'They chose another', 'Rang twice'],
    roles: ['administrator', 'sales'],
    staff: false,
  },
  {
    texts: ['@home.example', 'listings@marsh.example', 'ventes@marsh.example', 'whsec_'],
    roles: ['administrator'],
    staff: false,
  },
]

const cast = { from: fc.constantFrom(...beginnings), steps: stories(20) }

/** A story that once showed the contacts in evidence as sealed boxes. */
const evidenceProvided = {
  from: 'submitted',
  steps: (['RequestEvidence', 'ProvideEvidence'] as const).map((type) => ({
    wait: 0,
    tries: [
      { type, payload: 0 },
      { type: 'Create' as const, payload: 0 },
    ],
  })),
} as const

it('T30 T34 over random stories, nobody is shown what is not for them, whatever they ask', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.record(cast), async ({ from, steps }) => {
      const after = async (market: Market, world: World) => {
        await market.catchUp()
        for (const person of everybody) {
          const seen = JSON.stringify(await everythingFor(market, person))
          const leaked = forbiddenTo(person, world).filter((text) => seen.includes(text))
          expect({ person: person.name, leaked }).toEqual({ person: person.name, leaked: [] })
        }
      }
      await played(from, steps, async () => undefined, { before: rivalIn, after })
    }),
    { numRuns: 25, examples: [[evidenceProvided]] },
  )
})

it('T30 over random stories, what answers to commands show is for who asked', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.record(cast), async ({ from, steps }) => {
      await played(from, steps, async ({ world }, answer) => {
        const { asker, ...facts } = world.asked.at(-1)!.facts
        if (asker.system || asker.visitor || asker.staff) return
        // Whoever asks may have changed, by asking, what they are.
        const forbidden = forbiddenTo(asker, world).filter((text) =>
          forbiddenTo(asker, { ...world, ...facts }).includes(text),
        )
        const seen = JSON.stringify(answer)
        expect(forbidden.filter((text) => seen.includes(text))).toEqual([])
      })
    }),
    { numRuns: 30 },
  )
})

it('over random stories, what was erased is in no answer, not even for the service itself', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.record(cast), async ({ from, steps }) => {
      const after = async (market: Market, world: World) => {
        if (world.lead.status !== 'erased') return
        await market.catchUp()
        const seen = JSON.stringify(await everythingFor(market, undefined))
        expect(personal[1]!.texts.filter((text) => seen.includes(text))).toEqual([])
      }
      await played(from, steps, async () => undefined, { after })
    }),
    { numRuns: 30 },
  )
})

/** Another publisher in the same marketplace, with a draft that is nobody else's business. */
async function rivalIn(market: Market): Promise<void> {
  const { state } = await done(market, { type: 'Register', name: 'Rival Works' }, { by: rae })
  await done(market, { type: 'ApprovePublisher', publisherId: state.id }, { by: olaf })
  await done(market, { type: 'Create', publisherId: state.id, kind: 'app', name: 'Rival Secret' }, { by: rae })
}

/** Texts that must not reach a person. Nobody is ever shown a box. */
function forbiddenTo(person: Person, { publisher, events }: Pick<World, 'publisher' | 'events'>): readonly string[] {
  const role = publisher.members[person.id]?.role
  const onStaff = staffOf(person.id) !== undefined
  const staff = onStaff && role === undefined
  const notTheirs = personal.filter((one) => !(role ? one.roles.includes(role) : staff && one.staff))
  // Staff may be on a team as well: then its people know them (T27).
  const known = JSON.stringify([person, events.filter(({ type }) => type === 'MemberJoined').map(({ data }) => data)])
  return [
    '"box"',
    ...notTheirs.flatMap(({ texts }) => texts),
    ...(staff ? [] : operatorOnly),
    // Staff knows its own people, by what they do for others.
    ...(onStaff ? [] : staffNames.filter((text) => !known.includes(text))),
    ...(onStaff || person === rae ? [] : ['Rival']),
    ...(staff || role ? [] : ['Unpaid fees', 'Unknown company', 'Which banks', 'A blurred icon', 'Ready"']),
  ]
}

type Questions = ViewQuestions<object, { readonly for?: Person }>

/** Every answer that a person can get, of every view and by every id there is; everything, when nobody is named. */
async function everythingFor(market: Market, person: Person | undefined): Promise<unknown> {
  const asking = person ? { for: person } : {}
  const asked = (person ? market : market.asOperator) as Market
  const ids = await idsIn(market)
  const ofIds = ids.map((id) =>
    Promise.all([
      asked.listing(id, asking as never),
      asked.publisher(id, asking as never),
      asked.lead(id, asking as never),
      asked.history(id, asking as never),
      asked.listingAt(id, '2031-01-01T00:00:00.000Z', asking as never),
      unlessFault(asked.liveOn('2026-03-01T00:00:00.000Z', { ...asking, publisherId: id } as never)),
      person && market.nextActions(id, { by: person }),
    ]),
  )
  const ofViews = Object.keys(builtInViews).map((name) => everythingIn(market, asked, name, { ids, asking }))
  return Promise.all([...ofIds, ...ofViews, unlessFault(asked.reviewQueue(asking as never))])
}

async function everythingIn(
  market: Market,
  asked: Market,
  name: string,
  { ids, asking }: { readonly ids: readonly string[]; readonly asking: { readonly for?: Person } },
): Promise<unknown> {
  const [view, whole] = [asked.views, market.asOperator.views].map(
    (views) => (views as object as Record<string, Questions>)[name]!,
  ) as [Questions, Questions]
  const shape = shapeOf(builtInViews[name as keyof typeof builtInViews])
  const documents = (await whole.find({})).documents
  const few = documents.slice(0, 4)
  const keys = [...ids, ...few.flatMap((document) => Object.values(document).filter((one) => typeof one === 'string'))]
  const finds = shape.indexes.flatMap((fields) => [
    { order: fields.at(-1)! },
    ...few.map((document) => {
      const where = Object.fromEntries(fields.map((field) => [field, (document as never)[field] ?? null]))
      return { where }
    }),
  ])
  return Promise.all([
    ...[...new Set(keys)].map((key) => unlessFault(view.get(key, asking))),
    ...ids.map((publisherId) => unlessFault(view.find({ ...asking, where: { publisherId } }))),
    ...finds.map((find) => unlessFault(view.find({ ...asking, ...find } as never))),
    shape.text && unlessFault(view.search({ ...asking, words: 'ledgerline' })),
  ])
}

/** What is refused as a whole shows nothing but its sentence. */
async function unlessFault(answer: Promise<unknown>): Promise<unknown> {
  return answer.catch((fault: unknown) => String(fault))
}

async function idsIn(market: Market): Promise<readonly string[]> {
  const ids = new Set<string>()
  for await (const { events } of market.events()) {
    for (const { stream } of events) ids.add(stream.slice(stream.indexOf('-') + 1))
  }
  return [...ids]
}
