import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { pauses } from '../arbitraries/moments.js'
import { copied } from '../copied.js'
import { isFor } from '../lifecycle/judge.js'
import { lifecycleTable } from '../lifecycle/lifecycle-table.js'
import { seenListing } from '../lifecycle/seen-listing.js'
import { people } from '../people.js'
import { together } from './deeds-at-once.js'
import { type MarketModel, rest, rowOf } from './market-model.js'
import { answerText, askersOf, completed, type Deed, expect, fits, names, parted } from './model-deeds.js'
import { capture, type RealAnswer, type RealMarket } from './real-market.js'

/** A step on both sides: it fails where the marketplace does something else than the model. */
export type ModelStep = fc.AsyncCommand<MarketModel, RealMarket>

/** Every kind of step, the deeds of the lifecycle most often. */
export function modelSteps(): fc.Arbitrary<ModelStep>[] {
  const deeds = fc.constantFrom(...rows).chain((row) => fc.constantFrom(...askersOf(row)).map((by) => ({ row, by })))
  const anybodys = fc.record({ row: fc.constantFrom(...rows), by: fc.constantFrom(...names) })
  const likely = fc.array(deeds, { minLength: 1, maxLength: 24, size: 'max' }).map((some) => {
    const told = some.map(({ row, by }) => `${by} asks for ${row.deed}`)
    return step(`the first that is possible: ${told.join('; ')}`, firstOf(some))
  })
  return [
    ...Array.from({ length: 12 }, () => likely),
    modes.map((mode) => step(`on to an approval, ${mode}`, onToApproval(mode))),
    modes.map((mode) =>
      step(`on to an approval, ${mode}, and what comes of it`, inTurn(onToApproval(mode), comeToRest)),
    ),
    modes.map((mode) => step(`on to a publication, ${mode}`, inTurn(onToApproval(mode), oneByOne(['Publish'])))),
    anybodys.map((deed) => step(`${deed.by} asks for ${deed.row.deed}`, alone(deed))),
    fc
      .array(deeds, { minLength: 2, maxLength: 3 })
      .map((some) =>
        step(`at once: ${some.map(({ row, by }) => `${by} asks for ${row.deed}`).join('; ')}`, together(some)),
      ),
    pauses().map((pause) => step(`${pause} ms pass`, wait(pause))),
    fc
      .constantFrom(...rights, ...granted, ...granted)
      .map(([command, change]) => step(command, right(command, change))),
    fc.constant(step('everything comes to rest', comeToRest)),
    fc.constant(step('the process starts again', async (_model, real) => real.restart())),
    fc
      .constantFrom(true, false, false)
      .map((gone) => step(gone ? 'Luc leaves the team' : 'Luc joins the team', team(gone))),
    fc.boolean().map((erased) => step(erased ? 'the lead is erased' : 'a visitor asks', lead(erased))),
  ]
}

type Run = (model: MarketModel, real: RealMarket) => Promise<unknown>

const modes = fc.constantFrom('manual', 'auto')

/** What the system does happens by itself. */
const rows = lifecycleTable.filter(({ who }) => !who.includes('system'))

function step(told: string, run: Run): ModelStep {
  return {
    check: () => true,
    toString: () => told,
    run: async (model, real) => {
      await run(model, real)
      assert.deepEqual(seenListing(await real.listing()), model.listing, `After "${told}" the listing is another one`)
    },
  }
}

/** The first of them that writes something by the model, else the last, so that stories go on. */
function firstOf(deeds: readonly Deed[]): Run {
  return async (model, real) => {
    const possible = deeds.find((deed) => {
      const expected = expect(copied(model), deed)
      return 'writes' in expected && expected.writes.length > 0
    })
    await alone(possible ?? deeds.at(-1)!)(model, real)
  }
}

/** What leads to an approval, whatever comes of each. */
function onToApproval(mode: string): Run {
  const deeds = ['Create', 'StartRevision', 'Revise: one text', `Submit: ${mode}`, 'RecordCheck: content passed']
  return oneByOne([...deeds, 'Approve'])
}

function inTurn(...runs: readonly Run[]): Run {
  return async (model, real) => {
    for (const run of runs) await run(model, real)
  }
}

function oneByOne(deeds: readonly string[]): Run {
  const rows = deeds.map(rowOf)
  return async (model, real) => {
    for (const row of rows) await alone({ row, by: isFor(row, 'reviewer') ? 'rita' : 'ada' })(model, real)
  }
}

function alone({ row, by }: Deed): Run {
  return async (model, real) => {
    const command = await completed(real, row)
    const commandId = `alone-${crypto.randomUUID()}`
    const answer = await real.ask(command, people[by], { commandId })
    const expected = expect(model, { row, by })
    assert.ok(fits(expected, answer), parted(row, expected, answer))
    if ('refused' in answer || answer.events.length === 0) return
    // T28: the same again, through the other door, is answered as the first time and written once.
    const again = await real.ask(command, people[by], { commandId, door: 1 })
    assert.deepEqual(toldAgain(again), { ...toldAgain(answer), duplicate: true }, `${row.deed}, asked again`)
  }
}

function wait(pause: number): Run {
  return async (model, real) => {
    model.now += pause
    real.setTime(model.now)
  }
}

const rights: readonly (readonly [string, (model: MarketModel) => void])[] = [
  ['GrantAutoPublish', (model) => Object.assign(model, { autoPublish: true })],
  ['RevokeAutoPublish', (model) => Object.assign(model, { autoPublish: false })],
  ['GrantAutoApproval', (model) => Object.assign(model, { autoApproval: true })],
  ['RevokeAutoApproval', (model) => Object.assign(model, { autoApproval: false })],
  ['SuspendPublisher', (model) => Object.assign(model, { publisher: 'suspended' })],
  ['ReinstatePublisher', (model) => Object.assign(model, { publisher: 'approved' })],
]

const granted = rights.filter(([command]) => /^(Grant|Reinstate)/.test(command))

function right(type: string, change: (model: MarketModel) => void): Run {
  return async (model, real) => {
    const reason = type === 'SuspendPublisher' ? { reason: 'Unpaid fees' } : {}
    const answer = await real.ask({ type, publisherId: real.publisherId, ...reason }, people.olaf)
    assert.ok(!('refused' in answer), `${type}: ${answerText(answer)}`)
    change(model)
  }
}

async function comeToRest(model: MarketModel, real: RealMarket): Promise<void> {
  await real.rest()
  rest(model)
}

function team(gone: boolean): Run {
  return async (model, real) => {
    const { id: actorId, name } = people.luc
    const command = gone ? { type: 'RemoveMember', actorId } : { type: 'AddMember', actorId, name, role: 'lister' }
    const answer = await real.ask({ ...command, publisherId: real.publisherId }, people.ada)
    assert.equal('refused' in answer, gone && !model.lucIsIn, answerText(answer))
    model.lucIsIn = !gone
  }
}

function lead(erased: boolean): Run {
  return async (model, real) => {
    const erase = { type: 'EraseLead', leadId: real.leadId }
    const answer = await (erased ? real.ask(erase, people.olaf) : real.ask(capture(real), 'visitor'))
    if (erased && model.lead === 'new') model.lead = 'erased'
    const captured = !erased && model.lead === 'none' && model.listing.live === 'public'
    if (captured) model.lead = 'new'
    const done = captured || (erased && model.lead !== 'none')
    assert.equal(!('refused' in answer), done, answerText(answer))
    assert.equal(await real.leadStatus(), model.lead)
  }
}

/** What an answer says of what was written; what was personal in it may be erased by now. */
function toldAgain(answer: RealAnswer): object {
  if ('refused' in answer) return { refused: answer.refused.code }
  const { events, version, position, duplicate } = answer
  return { ids: events.map(({ id }) => id), version, position, ...(duplicate && { duplicate }) }
}
