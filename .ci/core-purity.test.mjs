import { describe, expect, it } from 'vitest'
import { impurities } from './core-purity.mjs'

const impure = [
  ['the clock', 'export const at = Date.now()', 'reads the clock (Date)'],
  ['the clock, by key', "export const at = Date['now']()", 'reads the clock (Date)'],
  ['the clock, renamed', 'const Clock = Date', 'reads the clock (Date)'],
  ['the clock, taken apart', 'const { now } = Date', 'reads the clock (Date)'],
  ['the present instant', 'export const at = new Date()', 'reads the clock (Date)'],
  ['the present instant, without brackets', 'export const at = new Date', 'reads the clock (Date)'],
  ['the present instant, perhaps', 'export const at = (...parts) => new Date(...parts)', 'reads the clock (Date)'],
  ['the present instant as text', 'export const at = Date()', 'reads the clock (Date)'],
  ['chance', 'export const die = Math.random()', 'takes a chance (Math.random)'],
  ['chance, taken apart', 'const { random } = Math', 'takes a chance (Math.random)'],
  ['chance, by key', "const die = Math['random']()", 'takes a chance (Math.random)'],
  ...'performance process fetch crypto console globalThis Promise setTimeout setInterval setImmediate queueMicrotask'
    .split(' ')
    .flatMap((name) => [
      [`${name}, called`, `${name}()`, `touches ${name}`],
      [`${name}, a member of it`, `const x = ${name}.member`, `touches ${name}`],
      [`${name}, handed on`, `const x = { ${name} }`, `touches ${name}`],
      [`${name}, as a default`, `const f = (x = ${name}) => x`, `touches ${name}`],
    ]),
  ['a superclass that promises', 'class Later extends Promise {}', 'touches Promise'],
  ['an async function', 'async function f() {}', 'is async'],
  ['an async arrow', 'const f = async () => 1', 'is async'],
  ['an async method', 'const o = { async f() {} }', 'is async'],
  ['await', 'await 1', 'awaits'],
  ['for await', 'for await (const x of []) {}', 'awaits'],
  ['import.meta', 'const here = import.meta.url', 'reads import.meta'],
  ["Node's modules", "import { readFileSync } from 'node:fs'", "imports 'node:fs'"],
  ["Node's modules, for a type", "import type { Stats } from 'node:fs'", "imports 'node:fs'"],
  ["Node's modules, inside a type", "type Stats = import('node:fs').Stats", "imports 'node:fs'"],
  ['a module at run time', "const fs = import('node:fs')", "imports 'node:fs'"],
  ['a computed module', 'const fs = import(zod)', "imports '<computed>'"],
  ['another package', "import pg from 'pg'", "imports 'pg'"],
  ['another package, passed on', "export { Client } from 'pg'", "imports 'pg'"],
  ['a sibling package', "import { openMarketplace } from '@vitrine/runtime'", "imports '@vitrine/runtime'"],
  ['a package with a like name', "import 'zod-extra'", "imports 'zod-extra'"],
  [
    'a file outside the core',
    "import { x } from '../../../runtime/src/index.js'",
    "imports '../../../runtime/src/index.js'",
  ],
  ...['v1', 'v4', 'v6', 'v7'].map((name) => [
    `uuid's ${name}`,
    `import { ${name} } from 'uuid'`,
    `takes ${name} from uuid`,
  ]),
  ["uuid's v4, renamed", "import { v4 as v5 } from 'uuid'", 'takes v4 from uuid'],
  ["uuid's v4, passed on", "export { v4 } from 'uuid'", 'takes v4 from uuid'],
  ['all of uuid', "import * as uuid from 'uuid'", 'takes everything from uuid'],
]

const pure = [
  ['an instant that was handed in', 'const at = new Date(now)'],
  ['instants as numbers', "const at = Date.parse('2026-03-01') + Date.UTC(2026, 2, 1)"],
  ['a question about a value', 'const is = (x: unknown) => x instanceof Date'],
  ['certain arithmetic', 'const most = Math.max(1, 2)'],
  ['promises of a port', 'export interface Store { append(events: Event[]): Promise<void>; now: () => Date }'],
  ['promises as types', 'export type Later = (clock: Date, p: typeof process) => Promise<Date>'],
  ['types of values', 'export const later = (run: () => Promise<Date>) => [run]'],
  [
    'keys and members that are named alike',
    'const o = { process: 1, crypto() {} }; o.process; const { process: p } = o',
  ],
  ['its own files', "import { a } from './a.js'; export { b } from '../listing/b.js'; import type { C } from './c.js'"],
  [
    'its three packages',
    "import { produce } from 'immer'; import { v5, validate as isId, version } from 'uuid'; import * as z from 'zod'",
  ],
  ['words in comments and texts', "// Date.now()\nconst text = 'await fetch()'"],
]

describe('a source of the core', () => {
  it.each(impure)('may not touch %s', (_, text, what) => {
    expect(impurities('listing/decide.ts', text)).toEqual([{ line: 1, what }])
  })

  it.each(pure)('may hold %s', (_, text) => {
    expect(impurities('listing/decide.ts', text)).toEqual([])
  })

  it('is shown by line', () => {
    expect(impurities('a.ts', '\n\nconst x = Math.random()')).toEqual([
      { line: 3, what: 'takes a chance (Math.random)' },
    ])
  })
})
