import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import {
  defineMarketplace,
  type EventDefinition,
  leadEvents,
  listingEvents,
  messageEvents,
  publisherEvents,
  vanityUrlEvents,
} from '@vitrine/core'
import { ask, begin, beginnings, likelyMoves, type World, wait } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'

const definitions: { readonly [type: string]: EventDefinition } = {
  ...listingEvents,
  ...publisherEvents,
  ...leadEvents,
  ...vanityUrlEvents,
  ...messageEvents,
}
const folder = new URL('../corpus/', import.meta.url)

/** One stored example of a shape, with the schema that it was written under. Never changed once it is checked in. */
interface Shape {
  readonly type: string
  readonly version: number
  readonly schema: unknown
  readonly data: Record<string, unknown>
}

if (process.env.UPDATE_CORPUS) addMissingShapes()
const shapes = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Shape)

describe('the corpus of every shape that was ever stored', () => {
  for (const [type, definition] of Object.entries(definitions)) {
    it(`B9 ${type} ${definition.version} has the schema under which its example was stored`, () => {
      const shape = shapes.find((one) => one.type === type && one.version === definition.version)
      // Has the schema changed? Then it is a new version, with an upcaster: run with UPDATE_CORPUS=1 to add its example.
      expect(shape?.schema).toEqual(schemaOf(definition))
    })
  }

  for (const { type, version, data } of shapes) {
    it(`B9 a stored ${type} of version ${version} is read`, () => {
      const definition = definitions[type]
      const lifted = definition?.upcast.slice(version - 1).reduce((older, upcast) => upcast(older), data)
      expect(definition?.data.parse(lifted)).toEqual(lifted)
    })
  }
})

function schemaOf({ data }: EventDefinition): unknown {
  return JSON.parse(JSON.stringify(z.toJSONSchema(data, { unrepresentable: 'any' })))
}

function addMissingShapes(): void {
  const examples = examplesOfAll()
  for (const [type, definition] of Object.entries(definitions)) {
    const file = new URL(`${type}.${definition.version}.json`, folder)
    const data = examples.get(type)
    if (existsSync(file) || !data) continue
    const shape = { type, version: definition.version, schema: schemaOf(definition), data }
    writeFileSync(file, `${JSON.stringify(shape, null, 2)}\n`)
  }
}

function messageExamples(): readonly (readonly [string, object])[] {
  const recipient = 0
  const claim = '0190a000-0000-7000-8000-0000000000c1'
  const notAfter = '2026-03-08T09:00:00.000Z'
  return [
    [
      'MessageRequested',
      {
        policy: 'notify',
        key: 'auto-publish-revoked',
        kind: 'auto-publish-revoked',
        event: {
          id: '0190a000-0000-7000-8000-000000000009',
          stream: 'publisher-0190a000-0000-7000-8000-000000000003',
          version: 4,
          position: 9,
          occurredAt: '2026-03-01T09:00:00.000Z',
        },
        about: ['0190a000-0000-7000-8000-000000000001'],
        recipients: [
          { is: 'member', publisherId: '0190a000-0000-7000-8000-000000000003', actorId: 'u-luc' },
          { is: 'address', publisherId: '0190a000-0000-7000-8000-000000000003', addressId: 'a-1' },
          { is: 'invitee', publisherId: '0190a000-0000-7000-8000-000000000003', invitationId: 'i-1' },
          { is: 'staff', actorId: 'u-rita' },
          { is: 'endpoint', publisherId: '0190a000-0000-7000-8000-000000000003', endpointId: 'n-1' },
          { is: 'named', name: 'legal', by: 'email' },
        ],
        notAfter,
      },
    ],
    ['MessageAttempted', { recipient, claim, attempt: 1, until: '2026-03-01T09:01:00.000Z' }],
    ['MessageDelivered', { recipient, claim, receipt: 'queued as 7' }],
    ['MessageFailed', { recipient, claim, reason: 'The receiver answered 503.', nextAt: '2026-03-01T09:02:00.000Z' }],
    ['MessageGivenUp', { recipient, reason: 'The receiver answered 404.' }],
    ['MessageExpired', { recipient }],
    ['MessageSuppressed', { recipient, reason: 'muted' }],
    ['MessageResent', { recipient, why: 'The mailbox is back.', notAfter }],
  ]
}

/** The first event of each type that any likely move writes, from every beginning, at once and after the deadline. */
function examplesOfAll(): ReadonlyMap<string, object> {
  const rules = defineMarketplace({ baseUrl: 'https://market.example' })
  const invited = { actorId: 'u-zoe', invitationId: '0190a000-0000-7000-8000-000000000003' }
  const found = new Map<string, object>([
    ['SlugReserved', { listingId: '0190a000-0000-7000-8000-000000000001', version: 3 }],
    ['ClaimLapsed', { slug: 'ledgerline' }],
    ['SlugTaken', { listingId: '0190a000-0000-7000-8000-000000000001' }],
    ['SlugFreed', { listingId: '0190a000-0000-7000-8000-000000000001' }],
    ['EvidenceErased', { evidenceId: '0190a000-0000-7000-8000-000000000002' }],
    ['MemberJoined', { ...invited, name: 'Zoe Stranger', role: 'lister', locale: 'fr' }],
    ['MemberRemoved', invited],
    ['EndpointEnabled', { endpointId: '0190a000-0000-7000-8000-000000000003' }],
    ['ReviewResumed', {}],
    ['Superseded', { revision: 1 }],
    ...messageExamples(),
  ])
  const add = ({ events }: World) => {
    for (const { type, data } of events) if (!found.has(type)) found.set(type, data)
  }
  const tryAll = (world: World) => likelyMoves(world).map(({ by, command }) => ask(world, by, command))
  for (const from of beginnings) {
    const world = begin(rules, from)
    for (const now of [world, wait(world, 46 * 24 * 60 * 60 * 1000), wait(world, 61 * 24 * 60 * 60 * 1000)]) {
      for (const next of tryAll(now)) {
        add(next)
        if (next.events.length > now.events.length) for (const after of tryAll(next)) add(after)
      }
    }
  }
  return found
}
