import { type PublisherTold, type Recipient, recipientsOf, whyNotTold } from '@vitrine/core'
import { describe, expect, it } from 'vitest'

const publisher: PublisherTold = {
  id: 'p-1',
  members: {
    'u-ada': { role: 'administrator', muted: ['lead-captured'] },
    'u-luc': { role: 'lister', muted: ['question-asked', 'rejected', 'legal-notice'] },
    'u-sam': { role: 'sales' },
    'u-sue': { role: 'sales', muted: ['lead-captured'] },
    'u-vic': { role: 'viewer' },
  },
  endpoints: {},
}
const { 'u-sam': _sam, 'u-sue': _sue, ...withoutSales } = publisher.members
const member = (actorId: string): Recipient => ({ is: 'member', publisherId: 'p-1', actorId })
const toPublisher = { are: 'publisher', publisherId: 'p-1' } as const
const toSales = { are: 'sales', publisherId: 'p-1', leadId: 'l-1' } as const
const names = (recipients: readonly Recipient[]) =>
  recipients.map((to) => ('actorId' in to ? to.actorId : 'addressId' in to ? to.addressId : to.is))
const told = (
  kind: string,
  ...[to, from]: [Parameters<typeof recipientsOf>[1], Parameters<typeof recipientsOf>[2]]
) => {
  const { recipients, muted } = recipientsOf(kind, to, from)
  return [names(recipients), names(muted)]
}

describe('P8 who is told', () => {
  it('of a publisher: its administrators and listers who have not muted the kind', () => {
    expect(told('published', toPublisher, { publisher })).toEqual([['u-ada', 'u-luc'], []])
    expect(told('question-asked', toPublisher, { publisher })).toEqual([['u-ada'], ['u-luc']])
  })

  it('of a publisher with a notification address: that address, and no member', () => {
    const withAddress = { ...publisher, notificationAddress: { id: 'a-1' } }
    expect(recipientsOf('question-asked', toPublisher, { publisher: withAddress })).toEqual({
      recipients: [{ is: 'address', publisherId: 'p-1', addressId: 'a-1' }],
      muted: [],
    })
  })

  it('of a publisher with endpoints: those that are enabled and want the kind, beside the people or the address', () => {
    const all = { status: 'enabled' } as const
    const some = { status: 'enabled', kinds: ['rejected'] } as const
    const withEndpoints = { ...publisher, endpoints: { all, some, off: { status: 'disabled' } as const } }
    const endpoint = (endpointId: string) => ({ is: 'endpoint', publisherId: 'p-1', endpointId }) as const
    const told = (kind: string) => recipientsOf(kind, toPublisher, { publisher: withEndpoints }).recipients
    expect(told('rejected').slice(2)).toEqual([endpoint('all'), endpoint('some')])
    expect(told('published').slice(2)).toEqual([endpoint('all')])
    const withAddress = { ...withEndpoints, notificationAddress: { id: 'a-1' } }
    expect(names(recipientsOf('published', toPublisher, { publisher: withAddress }).recipients)).toEqual([
      'a-1',
      'endpoint',
    ])
    expect(names(recipientsOf('lead-captured', toSales, { publisher: withEndpoints }).recipients)).toEqual(['u-sam'])
    const why = (kind: string, id: string) => whyNotTold(kind, endpoint(id), withEndpoints)
    expect([
      why('published', 'all'),
      why('published', 'some'),
      why('published', 'off'),
      why('rejected', 'none'),
    ]).toEqual([undefined, 'muted', 'gone', 'gone'])
  })

  it('mandatory kinds cannot be muted', () => {
    expect(told('rejected', toPublisher, { publisher })).toEqual([['u-ada', 'u-luc'], []])
  })

  it('of a lead: its assignee, or every sales member, else the administrators', () => {
    expect(told('lead-captured', toSales, { publisher, assignee: 'u-sam' })).toEqual([['u-sam'], []])
    expect(told('lead-captured', toSales, { publisher })).toEqual([['u-sam'], ['u-sue']])
    expect(told('lead-captured', toSales, { publisher, assignee: 'u-gone' })).toEqual([['u-sam'], ['u-sue']])
    expect(told('lead-captured', toSales, { publisher, assignee: 'u-luc' })).toEqual([['u-sam'], ['u-sue']])
    expect(told('published', toSales, { publisher: { ...publisher, members: withoutSales } })).toEqual([['u-ada'], []])
  })

  it('of reviewers: all of them; of those who were named: they', () => {
    const toReviewers = { are: 'reviewers' } as const
    expect(recipientsOf('listing-submitted', toReviewers, { reviewers: ['u-rita'] }).recipients).toEqual([
      { is: 'staff', actorId: 'u-rita' },
    ])
    const recipients: readonly Recipient[] = [{ is: 'named', name: 'legal' }]
    expect(recipientsOf('legal-notice', { are: 'recipients', recipients }, {})).toEqual({ recipients, muted: [] })
  })

  it('is nobody where nobody is known', () => {
    for (const to of [toPublisher, toSales, { are: 'reviewers' } as const])
      expect(recipientsOf('rejected', to, {})).toEqual({ recipients: [], muted: [] })
  })
})

describe('C20 a recipient is not told any more', () => {
  it.each([
    ['rejected', ['administrator', 'lister']],
    ['lead-captured', ['administrator', 'sales']],
    ['a-kind-of-its-own', ['administrator', 'lister', 'sales', 'viewer']],
  ] as const)('%s is for %j, as they are on the team', (kind, roles) => {
    const all = ['administrator', 'lister', 'sales', 'viewer'] as const
    const told = all.filter((role) => {
      const team = { ...publisher, members: { 'u-one': { name: 'One', role } } }
      return whyNotTold(kind, member('u-one'), team) === undefined
    })
    expect(told).toEqual(roles)
  })

  it('who has left the team, or is on it in a role that the kind is not for', () => {
    expect(whyNotTold('rejected', member('u-gone'), publisher)).toBe('left')
    expect(whyNotTold('rejected', member('u-sam'), publisher)).toBe('left')
    expect(whyNotTold('lead-captured', member('u-luc'), publisher)).toBe('left')
    expect(whyNotTold('lead-captured', member('u-vic'), publisher)).toBe('left')
    expect(whyNotTold('rejected', member('constructor'), publisher)).toBe('left')
  })

  it('who has muted the kind since, unless it is mandatory', () => {
    expect(whyNotTold('question-asked', member('u-luc'), publisher)).toBe('muted')
    expect(whyNotTold('rejected', member('u-luc'), publisher)).toBeUndefined()
    expect(whyNotTold('legal-notice', member('u-luc'), publisher)).toBe('muted')
  })

  it('and everybody else still is: kinds of one’s own are for members in any role', () => {
    expect(whyNotTold('published', member('u-luc'), publisher)).toBeUndefined()
    expect(
      whyNotTold('lead-captured', member('u-ada'), { ...publisher, members: { 'u-ada': { role: 'administrator' } } }),
    ).toBeUndefined()
    expect(whyNotTold('legal-notice', member('u-vic'), publisher)).toBeUndefined()
    expect(whyNotTold('listing-submitted', member('u-vic'), publisher)).toBeUndefined()
    expect(whyNotTold('rejected', { is: 'staff', actorId: 'u-rita' }, publisher)).toBeUndefined()
  })
})
