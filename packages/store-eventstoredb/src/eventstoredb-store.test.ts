import { memoryStore } from '@vitrine/store-memory'
import { expect, it } from 'vitest'
import { eventStoreDbStore } from './index.js'

const beside = memoryStore()

it('a prefix that could be mistaken for another tenant’s is refused', () => {
  for (const prefix of ['', 'a:b', 'a-b', '$a', '1', 'é', 'a'.repeat(65)]) {
    expect(() => eventStoreDbStore({ connectionString: 'esdb://x?tls=false', beside, prefix })).toThrow('is no prefix')
  }
})

it('a secure server is not appended to without credentials, which would take the shared path', () => {
  const connect =
    (connectionString: string, more: object = {}) =>
    () =>
      eventStoreDbStore({ connectionString, beside, ...more })
  expect(connect('esdb://db.example:2113')).toThrow('needs credentials')
  expect(connect('esdb://admin:changeit@db.example:2113')).not.toThrow()
  expect(connect('esdb://db.example:2113?tls=false')).not.toThrow()
  expect(connect('esdb://db.example:2113', { credentials: { username: 'a', password: 'b' } })).not.toThrow()
  expect(connect('esdb://db.example:2113', { appends: 'batch' })).not.toThrow()
})

it.each<[string, object]>([
  ['options cannot be read', undefined as never],
  ['option beside cannot be nothing', { connectionString: 'esdb://x?tls=false' }],
  ['option appends cannot be the text "fast"', { connectionString: 'esdb://x?tls=false', beside, appends: 'fast' }],
  [
    'option patience cannot be the number NaN',
    { connectionString: 'esdb://x?tls=false', beside, patience: Number.NaN },
  ],
  ['option connectionString cannot be nothing', { beside }],
])('the %s', (message, options) => {
  expect(() => eventStoreDbStore(options as never)).toThrow(
    expect.objectContaining({ code: 'bad-settings', message: expect.stringContaining(`The ${message}: `) }),
  )
})
