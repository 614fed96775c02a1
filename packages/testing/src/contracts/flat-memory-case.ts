import assert from 'node:assert/strict'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type ContractCase, type NewStore, onOne } from './contract-case.js'
import { append, noted } from './sample-appends.js'

const mebibyte = 2 ** 20

/** The memory of a reader does not grow with what it has read. */
export function flatMemoryCase(newStore: NewStore, events: number): ContractCase {
  const title = `A42 ${events.toLocaleString('en')} events are read in pages; memory stays flat`
  return onOne(newStore, title, async ({ log }) => {
    for (let n = 0; n < events; n += 1000) {
      await log.append(
        append(`s-${n}`, 'none', ...Array.from({ length: 1000 }, () => noted({ text: 'x'.repeat(100) }))),
      )
    }
    const before = heapInUse()
    let most = 0
    let seen = 0
    for await (const page of log.readAll()) {
      seen += page.events.length
      if (seen % (events / 5) === 0) most = Math.max(most, heapInUse() - before)
    }
    assert.equal(seen, events)
    assert.ok(most < 24 * mebibyte, `the heap grew by ${Math.round(most / mebibyte)} MiB`)
  })
}

/** What is reachable: garbage is collected first, for how much of it waits is chance. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}
