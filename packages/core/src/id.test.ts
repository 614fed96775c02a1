import { expect, it } from 'vitest'
import { id } from './id.js'

const uuid = '0190a000-0000-7000-8000-00000000abcd'

it('an id is a UUID and nothing more; its capitals are lowered', () => {
  expect(id.parse(uuid.toUpperCase())).toBe(uuid)
  for (const wrong of [`x${uuid}`, `${uuid}x`, uuid.slice(1), uuid.replaceAll('-', ''), '']) {
    expect(id.safeParse(wrong).error?.issues).toMatchObject([{ message: 'a UUID is expected' }])
  }
})
