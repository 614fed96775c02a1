import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { claimsOf, engineProblemsOf, enginesOf, numbersIn, problemsOf } from './guarantees.mjs'

const page = `
| Promise | What | Proven by |
|---|---|---|
| T1 | the deadline | \`T1 the 61st day\` |
| T2 | stored in the event | \`T2 is stored\` \`T2 stays\` |
| T3 | nobody proves this | later |
| A1 | each store does | \`A1 is stored\` |

| Scenario | memory | SQLite |
|---|---|---|
| A1, A3–A4 | yes | yes: by its contract |
| A5 | one process | yes |
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

it('reads what is said of each engine, ranges of numbers too', () => {
  expect(enginesOf(page)).toEqual([
    { numbers: ['A1', 'A3', 'A4'], said: { memory: 'yes', SQLite: 'yes: by its contract' } },
    { numbers: ['A5'], said: { memory: 'one process', SQLite: 'yes' } },
  ])
  expect(numbersIn('B3 B4 C23, D22–D24, A45–47')).toEqual('B3 B4 C23 D22 D23 D24 A45 A46 A47'.split(' '))
})

it('finds what is said to be proven on an engine whose tests have not shown it', () => {
  const shown = (engine, title, state = 'passed') => ({ file: `packages/store-${engine}/test/a.test.ts`, title, state })
  const of = (engine) => ['A1', 'A3', 'A4'].map((number) => shown(engine, `a log > ${number} is so`))
  const all = [...of('memory'), ...of('sqlite'), shown('sqlite', 'A5 too')]
  expect(engineProblemsOf(enginesOf(page), all)).toEqual([])
  const some = [
    ...of('memory'),
    shown('sqlite', 'A1 is so'),
    shown('sqlite', 'A3 is so', 'failed'),
    shown('sqlite', 'A50'),
  ]
  const elsewhere = {
    file: 'packages/runtime/test/a.test.ts',
    title: 'A5 SQLite and memory agree in SQLite',
    state: 'passed',
  }
  expect(engineProblemsOf(enginesOf(page), [...some, elsewhere])).toEqual([
    'A3 is said to be proven on SQLite, and no test there has shown it',
    'A4 is said to be proven on SQLite, and no test there has shown it',
  ])
})

it('every number of the rules, the policies and the scenarios has a row on the page, or a line that says why there is none', () => {
  const page = readFileSync(new URL('../docs/guarantees.md', import.meta.url), 'utf8')
  const said = [...page.matchAll(/^- ([A-Z]\d+)[^:]*:/gm)].flatMap(([, number]) => numbersIn(number))
  const known = new Set([...claimsOf(page).flatMap(({ number }) => numbersIn(number)), ...said])
  const wanted = numbersIn('T1–T10, T12–T23, T27–T34, P1–P8, A1–A54, B1–B24, C1–C23, D1–D26')
  expect(wanted.filter((number) => !known.has(number))).toEqual([])
  const onEngines = new Set(enginesOf(page).flatMap(({ numbers }) => numbers))
  expect(numbersIn('A1–A54').filter((number) => !onEngines.has(number))).toEqual([])
})
