import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { pauses } from '../arbitraries/moments.js'
import { copied } from '../copied.js'
import { commandOf } from '../lifecycle/deeds.js'
import { isFor } from '../lifecycle/judge.js'
import { lifecycleTable } from '../lifecycle/lifecycle-table.js'
import { seenListing } from '../lifecycle/seen-listing.js'
import type { TableRow, Whom } from '../lifecycle/table-row.js'
import { people } from '../people.js'
import { doDeed, type Expected, expire, type MarketModel, rest, rowOf } from './market-model.js'
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

type Name = 'ada' | 'luc' | 'sam' | 'rita' | 'olaf' | 'zoe'
type Run = (model: MarketModel, real: RealMarket) => Promise<unknown>

interface Deed {
  readonly row: TableRow
  readonly by: Name
  /** The revision that its command names: it stood there when it was asked. */
  readonly revision?: number
}

const names = ['ada', 'luc', 'sam', 'rita', 'olaf', 'zoe'] as const
const roles: { readonly [name in Name]: Whom | 'nobody' } = {
  ada: 'administrator',
  luc: 'lister',
  sam: 'nobody',
  rita: 'reviewer',
  olaf: 'operator',
  zoe: 'nobody',
}
const modes = fc.constantFrom('manual', 'auto')

/** What the system does happens by itself. */
const rows = lifecycleTable.filter(({ who }) => !who.includes('system'))

function askersOf(row: TableRow): readonly Name[] {
  return names.filter((name) => isFor(row, roles[name]))
}

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

/** Whatever the order in which they are decided: one of them explains every answer, and what is there afterwards. */
function together(deeds: readonly Deed[]): Run {
  return async (model, real) => {
    const commands = await Promise.all(deeds.map(({ row }) => completed(real, row)))
    const answers = await real.atOnce(() =>
      Promise.all(commands.map((command, door) => real.ask(command, people[deeds[door]!.by], { door }))),
    )
    const after = seenListing(await real.listing())
    const named = deeds.map((deed, at) => ({ ...deed, ...revisionIn(commands[at]!) }))
    const orders = ordersOf(deeds.map((_, at) => at))
    const order = orders.find((one) => explains(one, { model, deeds: named, answers, after }))
    const told = deeds.map(({ row }, at) => `${row.deed}: ${answerText(answers[at]!)}`).join('; ')
    assert.ok(order, `No order explains what came of asking at once: ${told}. It is now ${JSON.stringify(after)}`)
  }
}

interface Race {
  readonly model: MarketModel
  readonly deeds: readonly Deed[]
  readonly answers: readonly RealAnswer[]
  readonly after: MarketModel['listing']
}

/** Moves the model when it does. */
function explains(order: readonly number[], { model, deeds, answers, after }: Race): boolean {
  const tried = copied(model)
  const fitting = order.every((at) => {
    const before = copied(tried)
    const answer = answers[at]!
    if (fits(expect(tried, deeds[at]!), answer)) return true
    // It named what was there when it was asked: another one was first.
    Object.assign(tried, before)
    return 'refused' in answer && outdated.has(answer.refused.code)
  })
  if (!fitting || JSON.stringify(sorted(tried.listing)) !== JSON.stringify(sorted(after))) return false
  Object.assign(model, tried)
  return true
}

const outdated = new Set(
  ['submission-outdated', 'content-changed', 'another-revision', 'question-closed', 'unknown-question'].concat([
    'unknown-evidence',
    'deadline-not-later',
  ]),
)

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

/** What the model expects of a deed; it is done there. */
function expect(model: MarketModel, { row, by, revision }: Deed): Expected {
  expire(model)
  const role = roles[by]
  const sameCommand = lifecycleTable.filter(({ deed }) => deed.split(': ')[0] === row.deed.split(': ')[0])
  const isOut = by === 'luc' && !model.lucIsIn
  if (role === 'nobody' || isOut || !sameCommand.some((one) => isFor(one, role)))
    return { refused: [...codesForOthers] }
  return doDeed(model, asNow(row, revision, model.listing), role, people[by].id)
}

/** Of a publication that was asked for a revision: by now another one may stand there, or it is live already (T33). */
function asNow(row: TableRow, revision: number | undefined, listing: MarketModel['listing']): TableRow {
  const { working, live, liveRevision } = listing
  if (!row.deed.startsWith('Publish') || revision === undefined) return row
  if (revision === (working === 'none' ? liveRevision : listing.revision)) return row
  const another = rowOf('Publish: another revision')
  const isAsAsked = live === 'private' || (live === 'public' && row.deed !== 'Publish: privately')
  return isAsAsked && revision === liveRevision ? { ...another, holds: () => true } : another
}

function revisionIn(command: object): { readonly revision?: number } {
  return 'revision' in command ? { revision: Number(command.revision) } : {}
}

const codesForOthers = ['role-may-not', 'not-for-staff', 'unknown-listing', 'unknown-publisher']

/** What an answer says of what was written; what was personal in it may be erased by now. */
function toldAgain(answer: RealAnswer): object {
  if ('refused' in answer) return { refused: answer.refused.code }
  const { events, version, position, duplicate } = answer
  return { ids: events.map(({ id }) => id), version, position, ...(duplicate && { duplicate }) }
}

function fits(expected: Expected, answer: RealAnswer): boolean {
  if ('refused' in expected) return 'refused' in answer && expected.refused.includes(answer.refused.code)
  return !('refused' in answer) && answer.events.map(({ type }) => type).join() === expected.writes.join()
}

function parted(row: TableRow, expected: Expected, answer: RealAnswer): string {
  const wanted = 'refused' in expected ? `refused: ${expected.refused.join(' or ')}` : expected.writes.join(', ')
  return `${row.deed} is answered: ${answerText(answer)}. By the model: ${wanted || 'nothing to do'}.`
}

function answerText(answer: RealAnswer): string {
  if ('refused' in answer) return `refused: ${answer.refused.code}`
  return answer.events.map(({ type }) => type).join(', ') || 'nothing to do'
}

async function completed(real: RealMarket, row: TableRow): Promise<object> {
  const command = commandOf(row.deed, await real.listing())
  const { listingId, publisherId } = real
  return { ...command, listingId, ...(command.type === 'Create' && { publisherId }), ...evidenceOf(command.type) }
}

/** As somebody writes it, not as it is stored. */
function evidenceOf(type: string): object {
  if (type !== 'ProvideEvidence') return {}
  return { references: [{ customer: 'Northwind', engagement: 'Twelve months', contact: 'nick@northwind.example' }] }
}

function ordersOf(places: readonly number[]): readonly (readonly number[])[] {
  if (places.length < 2) return [places]
  return places.flatMap((first) => ordersOf(places.filter((one) => one !== first)).map((rest) => [first, ...rest]))
}

function sorted(value: object): unknown {
  return JSON.parse(JSON.stringify(value), (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  )
}
