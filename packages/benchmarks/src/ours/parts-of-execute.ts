import { hash } from 'node:crypto'
import {
  type AnyCommand,
  type Append,
  canonicalJson,
  type EventStore,
  type Json,
  jsonProblem,
  type Listing,
  type ListingFacts,
  listingAggregate,
  type Person,
  type Store,
  type StoredEvent,
  step as stepOf,
} from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { bareFacts, decideStep } from '../bare/decide-step.js'
import type { Effort } from '../harness/benchmark.js'
import { type Contender, interleave } from '../harness/interleave.js'
import type { Step } from '../logs/lives.js'
import { commandFor, marketplaceDesk } from './marketplace-desk.js'

/** A part of what a command costs, in microseconds. */
export interface Part {
  readonly name: string
  readonly micros: number
}

interface Work {
  readonly steps: readonly Step[]
  readonly listings: number
  readonly effort: Effort
}

/**
 * What parsing, deciding and appending cost by themselves: the commands, states and appends of whole lives are recorded
 * first, then each part is done again alone.
 */
export async function partsOfExecute({ steps, listings, effort }: Work): Promise<readonly Part[]> {
  const asked = decisionsOf(steps, listings)
  const appends = await appendsOf(steps, listings)
  let log: EventStore | undefined
  const contenders: readonly Contender[] = [
    { name: 'parse', operations: asked.length, run: () => asked.forEach(parse) },
    {
      name: 'decide',
      operations: asked.length,
      run: () => {
        for (const { command, state, facts } of asked) decideStep(command, state, facts)
      },
    },
    {
      name: 'append',
      once: true,
      operations: appends.length,
      prepare: async () => {
        log = (await memoryStore().open()).log
      },
      run: async () => {
        for (const append of appends) await log!.append(append)
      },
    },
  ]
  const speeds = await interleave(contenders, effort)
  return contenders.map(({ name }) => ({ name, micros: speeds.micros(name) }))
}

interface AskedOf {
  readonly command: AnyCommand
  readonly by: Person
  readonly state: Listing
  readonly facts: ListingFacts
}

function decisionsOf(steps: readonly Step[], listings: number): readonly AskedOf[] {
  return Array.from({ length: listings }, (_, listing) => {
    let state = listingAggregate.decider.initial()
    return steps.map((step) => {
      const asked = { command: commandFor(step, listing, state), by: step.by, state, facts: bareFacts(step.by) }
      const events = decideStep(asked.command, state, asked.facts)
      state = events.reduce((before, event) => stepOf(listingAggregate.decider, before, event as StoredEvent), state)
      return asked
    })
  }).flat()
}

/** The appends as `execute` makes them, by listening at the store. */
async function appendsOf(steps: readonly Step[], listings: number): Promise<readonly Append[]> {
  const appends: Append[] = []
  const inner = memoryStore()
  const listening: Store = {
    async open() {
      const opened = await inner.open()
      const append: EventStore['append'] = (one, options) => {
        appends.push(one)
        return opened.log.append(one, options)
      }
      return { ...opened, log: { ...opened.log, append } }
    },
  }
  const desk = await marketplaceDesk(listening)
  for (const step of steps) {
    for (let listing = 0; listing < listings; listing += 1) await desk.take(step, listing)
  }
  await desk.close?.()
  return appends
}

/** What reading a command takes: a check, a copy, its schema, and the hash by which a repeat is known. */
function parse({ command, by }: AskedOf): void {
  if (jsonProblem(command) !== undefined) throw new Error(`${command.type} is no JSON.`)
  const row = listingAggregate.rows[command.type]!
  const read = row.command.parse(JSON.parse(JSON.stringify(command)))
  hash('sha256', canonicalJson([by.id, read as Json]), 'hex')
}
