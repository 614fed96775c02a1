import type { Rules } from '@vitrine/core'
import * as fc from 'fast-check'
import { type LivedOptions, type LivedWorld, livedWorlds, storyOf } from '../histories.js'
import { deadlineLaws } from './deadline-laws.js'
import { foldLaws } from './fold-laws.js'
import type { Law } from './law.js'
import { liveLaws } from './live-laws.js'
import { nextActionLaws } from './next-action-laws.js'
import { privacyLaws } from './privacy-law.js'
import { reviewLaws } from './review-laws.js'
import { rightsLaws } from './rights-laws.js'
import { transitionLaws } from './transition-laws.js'
import { writingLaws } from './writing-laws.js'

/** How laws are put to the proof. */
export interface LawOptions extends LivedOptions {
  /** Histories, each of which must keep the laws; 100 by default. */
  readonly runs?: number
  /** As the report of a breach gives them: the same history again. */
  readonly seed?: number
  readonly path?: string
}

/** A law as a test: a title and a function, for whatever runs your tests. */
export interface LawCase {
  readonly title: string
  /** @throws Error that tells the shortest history found that breaks it, and how to see it again */
  run(): void
}

/** Every law of the lifecycle. */
export const laws: readonly Law[] = [
  ...writingLaws,
  ...liveLaws,
  ...rightsLaws,
  ...reviewLaws,
  ...deadlineLaws,
  ...transitionLaws,
  ...foldLaws,
  ...nextActionLaws,
  ...privacyLaws,
]

/** Every law as a test of its own: `for (const { title, run } of lawsOf(rules)) it(title, run)`. */
export function lawsOf(rules: Rules, options: LawOptions = {}): readonly LawCase[] {
  return laws.map((law) => ({ title: law.title, run: () => holdTo([law], rules, options) }))
}

/** @throws Error at the first history that breaks one of the laws, shrunk */
export function holdTo(held: readonly Law[], rules: Rules, { runs = 100, seed, path, ...how }: LawOptions): void {
  const worlds = livedWorlds(rules, how)
  const found = fc.check(
    fc.property(worlds, (world) => breachOf(held, world) === undefined),
    { numRuns: runs, ...(seed !== undefined && { seed }), ...(path !== undefined && { path }) },
  )
  if (!found.failed) return
  const [world] = found.counterexample ?? []
  if (!world)
    throw new Error(`No history could be made: ${String(found.errorInstance)}`, { cause: found.errorInstance })
  throw new Error(reportOf(held, world, { seed: found.seed, path: found.counterexamplePath ?? '' }), {
    cause: found.errorInstance,
  })
}

interface Breach {
  readonly law: Law
  readonly sentence: string
}

/** The first law that a history breaks. What throws breaks the law that it was asked for. */
function breachOf(held: readonly Law[], world: LivedWorld): Breach | undefined {
  for (const law of held) {
    const sentence = sentenceOf(law, world)
    if (sentence !== undefined) return { law, sentence }
  }
  return undefined
}

function sentenceOf(law: Law, world: LivedWorld): string | undefined {
  try {
    return law.breach(world)
  } catch (fault) {
    return `It throws: ${fault instanceof Error ? fault.message : String(fault)}`
  }
}

function reportOf(held: readonly Law[], world: LivedWorld, { seed, path }: { seed: number; path: string }): string {
  const breach = breachOf(held, world)
  const commands = world.asked.length - world.begun
  return [
    `A law is broken: ${breach?.law.title ?? 'another one each time'}.`,
    `  ${breach?.sentence ?? ''}`,
    `The shortest history found, of ${commands} ${commands === 1 ? 'command' : 'commands'}:`,
    ...storyOf(world).map((line) => `  ${line}`),
    `To see it again: { seed: ${seed}, path: '${path}' }`,
  ].join('\n')
}
