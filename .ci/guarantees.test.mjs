import { expect, it } from 'vitest'
import { claimsOf, problemsOf } from './guarantees.mjs'

const page = `
| Promise | What | Proven by |
|---|---|---|
| T1 | the deadline | \`T1 the 61st day\` |
| T2 | stored in the event | \`T2 is stored\` \`T2 stays\` |
| T3 | nobody proves this | later |
| A1 | each store does | \`A1 is stored\` |
`
const ran = [
  { title: 'when approved > T1 the 61st day', state: 'passed' },
  { title: 'T2 is stored', state: 'failed' },
  { title: 'in memory > A1 is stored', state: 'passed' },
  { title: 'in a file > A1 is stored', state: 'failed' },
]

it('reads what is promised and which tests prove it', () => {
  expect(claimsOf(page)[1]).toEqual({
    number: 'T2',
    promise: 'stored in the event',
    titles: ['T2 is stored', 'T2 stays'],
  })
})

it('finds a test that failed, one that did not run, and a claim without any', () => {
  expect(problemsOf(claimsOf(page), ran)).toEqual([
    'T2 stored in the event: the test "T2 is stored" did not run and pass',
    'T2 stored in the event: the test "T2 stays" did not run and pass',
    'T3 nobody proves this: names no test',
    'A1 each store does: the test "A1 is stored" did not run and pass',
  ])
})
