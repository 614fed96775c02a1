import { describe, expect, it } from 'vitest'
import { actorId, actorIdProblem, newActorId } from './actor-id.js'

describe('the id of a person', () => {
  it.each(['u-ada', 'auth0|7f', 'Zoë Müller', '👩‍👩‍👧', 'x'.repeat(255)])('may be %o', (id) => {
    expect(actorIdProblem(id)).toBeUndefined()
    expect(newActorId.parse(id)).toBe(id)
  })

  it.each([
    ['', 'has 0 characters where 1 to 255 were expected'],
    ['x'.repeat(256), 'has 256 characters where 1 to 255 were expected'],
    ['a\0b', 'holds a control character'],
    ['a\nb', 'holds a control character'],
    ['\ud800', 'holds half of a character'],
    ['system', 'is one under which no person can act'],
    ['visitor', 'is one under which no person can act'],
    ['marketplace', 'is one under which no person can act'],
    ['publisher', 'is one under which no person can act'],
    ['__proto__', 'is one under which no person can act'],
  ])('is not %j', (id, problem) => {
    expect(actorIdProblem(id)).toBe(problem)
    expect(newActorId.safeParse(id).error?.issues).toMatchObject([{ message: `the id ${problem}` }])
  })

  it('of somebody who is there already is only held to its length', () => {
    for (const id of ['system', 'a\0b', 'x'.repeat(255)]) expect(actorId.parse(id)).toBe(id)
    for (const id of ['', 'x'.repeat(256)]) expect(actorId.safeParse(id).success).toBe(false)
  })
})
