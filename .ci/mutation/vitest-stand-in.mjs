// What a test file imports as `vitest` while mutants are tried: it only notes its tests, so that any of them can be run
// again and again in one process. What it expects is vitest's own.
import { format } from 'node:util'

export { expect, expectTypeOf } from 'vitest'

let noted = []
let path = []

/** The tests that are noted while a file is loaded, in its order. */
export async function testsNotedBy(load) {
  noted = []
  path = []
  await load()
  return noted
}

export function describe(name, ...rest) {
  path.push(name)
  lastOf(rest, 'function')()
  path.pop()
}

export function it(name, ...rest) {
  noted.push({ title: [...path, name].join(' > '), run: lastOf(rest, 'function') })
}

it.each =
  (cases) =>
  (name, ...rest) => {
    const run = lastOf(rest, 'function')
    for (const each of cases) {
      const values = Array.isArray(each) ? each : [each]
      it(titleOf(name, values), () => run(...values))
    }
  }

const lastOf = (values, type) => values.findLast((value) => typeof value === type)

function titleOf(name, values) {
  const named = name.replace(/\$(\w+)/g, (whole, key) => String(values[0]?.[key] ?? whole))
  const placeholders = named.match(/%[sdifjoO]/g)?.length ?? 0
  return format(named, ...values.slice(0, placeholders))
}
