import { describe, expect, it } from 'vitest'
import { forClient, foundEvent, positionOf } from './stored-form.js'

const recorded = (more: object = {}) => ({
  streamId: 't:log:s',
  id: 'i',
  type: 'Noted',
  revision: 4n,
  data: { n: 1 },
  metadata: { $correlationId: 'k-1', hops: 0, $causationId: 'k-0', tail: 2 },
  position: { commit: 90n, prepare: 90n },
  ...more,
})

describe('an event on the server', () => {
  it('carries correlation and causation under the names that its tools know, and comes back as it was', () => {
    const metadata = '{"correlationId":"k-1","hops":0,"causationId":"k-0"}'
    const [first] = forClient([
      { id: 'i', type: 'Noted', data: '{"n":1}', metadata },
      { id: 'j', type: 'Noted', data: '{}', metadata },
    ])
    const text = new TextDecoder().decode(first!.metadata)
    expect(text).toBe('{"$correlationId":"k-1","hops":0,"$causationId":"k-0","tail":1}')
    const found = foundEvent(recorded({ metadata: JSON.parse(text) }), 't:log:')
    expect(JSON.stringify(found.event.metadata)).toBe(metadata)
    expect(found).toMatchObject({ event: { stream: 's', version: 4, position: 90 }, tail: 1 })
  })

  it('is refused with metadata under a name that the store needs itself', () => {
    const of = (metadata: object) => () =>
      forClient([{ id: 'i', type: 'Noted', data: '{}', metadata: JSON.stringify(metadata) }])
    for (const name of ['$correlationId', '$causationId', 'tail']) expect(of({ [name]: 1 })).toThrow(name)
  })

  it('is refused where it was written in an explicit transaction, whose places are two', () => {
    expect(() => positionOf(recorded({ position: { commit: 90n, prepare: 70n } }))).toThrow('explicit transaction')
    expect(() => positionOf(recorded({ position: undefined }))).toThrow('explicit transaction')
  })

  it('A20 is refused beyond 2^53, never rounded', () => {
    const beyond = 2n ** 53n
    expect(() => foundEvent(recorded({ revision: beyond }), 't:log:')).toThrow('2^53')
    expect(() => positionOf(recorded({ position: { commit: beyond, prepare: beyond } }))).toThrow('2^53')
  })

  it('is refused where somebody else has written it: what JSON cannot read comes as text or bytes', () => {
    for (const alien of [{ data: 'text' }, { metadata: new Uint8Array(1) }, { metadata: undefined }, { data: [1] }]) {
      expect(() => foundEvent(recorded(alien), 't:log:')).toThrow('not written by this store')
    }
  })
})
