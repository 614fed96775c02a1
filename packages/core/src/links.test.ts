import { describe, expect, it } from 'vitest'
import { linkOf, pathOf, privatePath } from './links.js'

describe('links', () => {
  it('T18 the vanity URL if there is one, else the listing by its id', () => {
    expect(pathOf('l-1')).toBe('/listings/l-1')
    expect(pathOf('l-1', 'my-app')).toBe('/my-app')
  })

  it('T19 a private link leads back to its token, any other path to itself', () => {
    expect(privatePath('t0ken')).toBe('/private/t0ken')
    expect(linkOf(privatePath('t0ken'))).toBe('t0ken')
    expect(linkOf('/my-app')).toBe('/my-app')
  })
})
