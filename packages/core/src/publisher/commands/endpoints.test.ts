import { defineMarketplace, isRefused, publisherAggregate, publisherEvents, secretsAt, system } from '@vitrine/core'
import { answerOf, ask, type By, begin, people, publisherId, type World, wait } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'
import { signingSecret } from './endpoints.js'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const { ada, luc, sam, vic, rita, olaf, zoe } = people
const hour = 60 * 60 * 1000
const url = 'https://hooks.marsh.example/vitrine'

const asked = (world: World, by: By, type: string, payload: object = {}) =>
  ask(world, by, { type, publisherId, ...payload })

/** The types of the events, or why not. */
function came(world: World): unknown {
  const answer = answerOf(world)
  return isRefused(answer) ? answer.refused.code : answer.map(({ type }) => type)
}

const endpointIdIn = ({ publisher }: World) => Object.keys(publisher.endpoints).at(-1) ?? ''
const endpointIn = (world: World) => world.publisher.endpoints[endpointIdIn(world)]
const of = (world: World, by: By, type: string) => asked(world, by, type, { endpointId: endpointIdIn(world) })

const none = begin(rules, 'publisher')
const added = asked(none, ada, 'AddEndpoint', { url })

describe('without an endpoint', () => {
  it('P8 an administrator adds one, for all kinds or for some, each once', () => {
    expect(came(added)).toEqual(['EndpointAdded'])
    expect(endpointIn(added)).toMatchObject({
      url,
      status: 'enabled',
      secret: { subject: `endpoint-${endpointIdIn(added)}` },
    })
    expect(endpointIn(added)).not.toHaveProperty('kinds')
    const some = asked(none, ada, 'AddEndpoint', { url, kinds: ['rejected', 'published', 'rejected'] })
    expect(endpointIn(some)?.kinds).toEqual(['published', 'rejected'])
  })

  it('T34 nobody else: no other role, no staff, no stranger, not the system', () => {
    const codes = [luc, sam, vic, rita, olaf, zoe, 'system' as const].map((by) =>
      came(asked(none, by, 'AddEndpoint', { url })),
    )
    expect(codes).toEqual([
      ...Array(3).fill('role-may-not'),
      ...Array(2).fill('not-for-staff'),
      'unknown-publisher',
      'not-for-the-system',
    ])
  })

  it('there is none to be disabled, enabled, renewed or removed', () => {
    for (const type of ['DisableEndpoint', 'EnableEndpoint', 'RotateEndpointSecret', 'RemoveEndpoint'])
      expect(came(asked(none, ada, type, { endpointId: publisherId }))).toBe('no-endpoint')
  })

  it('C9 the URL is https, and http for localhost alone; without a password or a fragment', () => {
    const taken = (text: string) =>
      publisherAggregate.rows.AddEndpoint?.command.safeParse({ type: 'AddEndpoint', publisherId, url: text }).success
    expect([url, `${url}?team=1`, 'http://localhost:8080/hook', ` ${url} `].map(taken)).toEqual(Array(4).fill(true))
    const refused = [
      'http://hooks.marsh.example/',
      'ftp://hooks.marsh.example/',
      'hooks.marsh.example',
      `${url}#a`,
      'http://localhost.marsh.example/',
      'ftp://localhost/',
    ]
    const named = [
      'https://ada:pw@hooks.marsh.example/',
      'https://ada@hooks.marsh.example/',
      'https://:pw@hooks.marsh.example/',
    ]
    expect([...refused, ...named, `${url}/${'a'.repeat(2_000)}`].map(taken)).toEqual(Array(10).fill(false))
  })

  it('kinds are those that go to a publisher', () => {
    const taken = (...kinds: readonly string[]) =>
      publisherAggregate.rows.AddEndpoint?.command.safeParse({ type: 'AddEndpoint', publisherId, url, kinds }).success
    expect([
      taken('rejected', 'question-asked'),
      taken('invitation'),
      taken('lead-captured'),
      taken('other'),
      taken(),
    ]).toEqual([true, false, false, false, false])
  })

  it('twenty are enough', () => {
    const add = (world: World) => asked(world, ada, 'AddEndpoint', { url })
    const twenty = Array.from({ length: 20 }).reduce((world: World) => add(world), none)
    expect(Object.keys(twenty.publisher.endpoints)).toHaveLength(20)
    const message = 'A publisher has 20 endpoints at most. Remove one first.'
    expect(answerOf(add(twenty))).toMatchObject({ refused: { code: 'too-many-endpoints', message } })
    expect(came(add(of(twenty, ada, 'RemoveEndpoint')))).toEqual(['EndpointAdded'])
  })
})

describe('with an endpoint', () => {
  const disabled = of(added, ada, 'DisableEndpoint')
  const gone = of(added, 'system', 'DisableEndpoint')

  it('T33 it is disabled and enabled again, once', () => {
    expect([came(disabled), endpointIn(disabled)?.status]).toEqual([['EndpointDisabled'], 'disabled'])
    expect(came(of(disabled, ada, 'DisableEndpoint'))).toEqual([])
    const enabled = of(disabled, ada, 'EnableEndpoint')
    expect([came(enabled), endpointIn(enabled)?.status]).toEqual([['EndpointEnabled'], 'enabled'])
    expect(came(of(enabled, ada, 'EnableEndpoint'))).toEqual([])
  })

  it('C6 the system disables it when its receiver says that it is gone, and says so, until it is enabled again', () => {
    expect(gone.events.at(-1)).toMatchObject({ data: { cause: 'gone' }, metadata: { actor: { role: system.id } } })
    expect(endpointIn(gone)).toMatchObject({ status: 'disabled', cause: 'gone' })
    expect(endpointIn(of(gone, ada, 'EnableEndpoint'))).not.toHaveProperty('cause')
    expect(endpointIn(disabled)).not.toHaveProperty('cause')
    expect(came(of(gone, 'system', 'DisableEndpoint'))).toEqual([])
    expect(came(of(disabled, 'system', 'EnableEndpoint'))).toBe('not-for-the-system')
  })

  it('C8 a new secret: both are valid for 24 hours, by an instant that is stored, then the new one alone', () => {
    const rotated = of(added, ada, 'RotateEndpointSecret')
    const [before, after] = [endpointIn(added), endpointIn(rotated)]
    const until = wait(rotated, 24 * hour).now
    expect(rotated.events.at(-1)).toMatchObject({ type: 'EndpointSecretRotated', data: { until } })
    expect(after?.secret).not.toEqual(before?.secret)
    expect(secretsAt(before!, rotated.now)).toEqual([before?.secret])
    expect(secretsAt(after!, until)).toEqual([after?.secret, before?.secret])
    expect(secretsAt(after!, wait(rotated, 24 * hour + 1).now)).toEqual([after?.secret])
  })

  it('C8 renewed again: the one before the last is valid no more', () => {
    const once = of(added, ada, 'RotateEndpointSecret')
    const twice = of(once, ada, 'RotateEndpointSecret')
    expect(secretsAt(endpointIn(twice)!, twice.now)).toEqual([endpointIn(twice)?.secret, endpointIn(once)?.secret])
  })

  it('B21 removed: it is unknown, and its key is destroyed with all of its secrets', () => {
    const removed = of(added, ada, 'RemoveEndpoint')
    expect(came(removed)).toEqual(['EndpointRemoved'])
    expect(removed.publisher.endpoints).toEqual({})
    const { EndpointRemoved } = publisherEvents
    expect(EndpointRemoved.erases?.(removed.events.at(-1)!)).toEqual([endpointIn(added)?.secret.subject])
    const rotated = of(added, ada, 'RotateEndpointSecret')
    expect(endpointIn(rotated)?.secret.subject).toBe(endpointIn(added)?.secret.subject)
  })

  it('T34 an id that nobody added is unknown, also the name of what every object has', () => {
    for (const type of ['DisableEndpoint', 'EnableEndpoint', 'RotateEndpointSecret', 'RemoveEndpoint'])
      expect(came(asked(added, ada, type, { endpointId: publisherId }))).toBe('unknown-endpoint')
  })

  it('its secret is personal: administrators open it, nobody else, staff neither', () => {
    const { fields, opens } = publisherAggregate.personal!
    expect(fields).toContain('endpoints')
    expect([publisherEvents.EndpointAdded.personal, publisherEvents.EndpointSecretRotated.personal]).toEqual([
      ['secret'],
      ['secret'],
    ])
    const viewer = { actorId: 'u', staff: false, member: true }
    const roles = ['administrator', 'lister', 'sales', 'viewer'] as const
    expect(roles.map((role) => opens({ ...viewer, role }))).toEqual([true, false, false, false])
    expect(opens({ actorId: 'u', staff: true, member: false })).toBe(false)
    expect(JSON.stringify([added.events, added.publisher])).not.toContain('whsec_')
  })
})

describe('the secret of an endpoint', () => {
  it('C8 is whsec_ and base64 of the same 32 bytes, with its padding', () => {
    const bytes = Buffer.from(Array.from({ length: 32 }, (_, index) => 255 - index * 5))
    expect(signingSecret(bytes.toString('base64url'))).toBe(`whsec_${bytes.toString('base64')}`)
    expect(signingSecret(bytes.toString('base64url'))).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(signingSecret(Buffer.from('abc').toString('base64url'))).toBe('whsec_YWJj')
  })
})
