import assert from 'node:assert/strict'
import { copied } from '../copied.js'
import { seenListing } from '../lifecycle/seen-listing.js'
import { people } from '../people.js'
import type { MarketModel } from './market-model.js'
import { answerText, completed, type Deed, expect, fits } from './model-deeds.js'
import type { RealAnswer, RealMarket } from './real-market.js'

/** Whatever the order in which they are decided: one of them explains every answer, and what is there afterwards. */
export function together(deeds: readonly Deed[]) {
  return async (model: MarketModel, real: RealMarket): Promise<void> => {
    const commands = await Promise.all(deeds.map(({ row }) => completed(real, row)))
    const answers = await real.atOnce(() =>
      Promise.all(commands.map((command, door) => real.ask(command, people[deeds[door]!.by], { door }))),
    )
    const after = seenListing(await real.listing())
    const named = deeds.map((deed, at) => ({ ...deed, ...revisionIn(commands[at]!) }))
    const orders = ordersOf(deeds.map((_, at) => at))
    const race = { model, deeds: named, commands: commands.map((command) => JSON.stringify(command)), answers, after }
    const order = orders.find((one) => explains(one, race))
    const told = deeds.map(({ row }, at) => `${row.deed}: ${answerText(answers[at]!)}`).join('; ')
    assert.ok(order, `No order explains what came of asking at once: ${told}. It is now ${JSON.stringify(after)}`)
  }
}

interface Race {
  readonly model: MarketModel
  readonly deeds: readonly Deed[]
  /** What each asks for, as text. */
  readonly commands: readonly string[]
  readonly answers: readonly RealAnswer[]
  readonly after: MarketModel['listing']
}

/** Moves the model when it does. */
function explains(order: readonly number[], { model, deeds, commands, answers, after }: Race): boolean {
  const tried = copied(model)
  const fitting = order.every((at, place) => {
    const before = copied(tried)
    const answer = answers[at]!
    if (fits(expect(tried, deeds[at]!), answer)) return true
    // It named what was there when it was asked: another one was first.
    Object.assign(tried, before)
    if ('refused' in answer) return outdated.has(answer.refused.code)
    // Another one has asked for the very same, and it holds (T33).
    const isDone = order.slice(0, place).some((one) => commands[one] === commands[at] && 'events' in answers[one]!)
    return answer.events.length === 0 && isDone
  })
  if (!fitting || JSON.stringify(sorted(tried.listing)) !== JSON.stringify(sorted(after))) return false
  Object.assign(model, tried)
  return true
}

const outdated = new Set([
  'submission-outdated',
  'content-changed',
  'another-revision',
  'question-closed',
  'unknown-question',
  'unknown-evidence',
  'deadline-not-later',
])

function revisionIn(command: object): { readonly revision?: number } {
  return 'revision' in command ? { revision: Number(command.revision) } : {}
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
