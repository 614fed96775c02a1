import { hardFindings, type Json, type JsonObject, type Kind, kindOf, missingFields, type Rules } from '@vitrine/core'
import * as fc from 'fast-check'
import { appSample, serviceSample } from '../sample-content.js'
import { schemasOf, takes, valuesOf } from './values-of.js'

/** Content of each kind that is ready to be handed in, handed in by whom it is easier for than for us. */
export type Samples = { readonly [kind: string]: JsonObject }

/**
 * Content of a kind that is complete and meets every hard guideline, without a name: Create gives one. Fields of the
 * built-in kinds have samples; others are made by their schemas until the guidelines are content.
 * @throws Error that says which guideline is not met, and how to hand in content that meets it
 */
export function sampleFor(rules: Rules, kindName: string): JsonObject {
  const samples = known.get(rules) ?? new Map<string, JsonObject>()
  known.set(rules, samples)
  const sample = samples.get(kindName) ?? makeSample(rules, kindName)
  samples.set(kindName, sample)
  return sample
}

/** Says of rules what content is ready to be handed in, before any is made. */
export function keepSamples(rules: Rules, given: Samples): void {
  const samples = new Map(Object.entries(given))
  for (const [kindName, sample] of samples) {
    const problem = problemOf(rules, kindName, { name: 'Ledgerline', ...sample })
    if (problem !== undefined) throw new Error(`The content that was handed in for ${kindName} ${problem}`)
  }
  known.set(rules, samples)
}

const known = new WeakMap<Rules, Map<string, JsonObject>>()
const attempts = 200

function makeSample(rules: Rules, kindName: string): JsonObject {
  const candidates = candidatesFor(kindOf(rules, kindName))
  let sample: JsonObject = Object.fromEntries([...candidates].map(([field, values]) => [field, values[0]!]))
  for (let attempt = 1; attempt < attempts; attempt += 1) {
    const wrong = hardFindings(rules, kindName, { name: 'Ledgerline', ...sample }).map(({ field }) => field)
    if (wrong.length === 0) return sample
    for (const field of wrong) {
      const values = candidates.get(field) ?? []
      if (values.length > 0) sample = { ...sample, [field]: values[attempt % values.length]! }
    }
  }
  const problem = problemOf(rules, kindName, { name: 'Ledgerline', ...sample }) ?? ''
  throw new Error(
    `None of ${attempts} made for the kind ${kindName} is ready: the last one ${problem} ${advice(kindName)}`,
  )
}

/** Values for the fields that are needed or have a sample, but the name. */
function candidatesFor(kind: Kind): ReadonlyMap<string, readonly Json[]> {
  const samples: JsonObject =
    kind.name === 'service' ? { ...appSample, ...serviceSample } : { ...serviceSample, ...appSample }
  const required = missingFields(kind, { name: 'Ledgerline' })
  const candidates = new Map<string, readonly Json[]>()
  for (const [field, schema] of schemasOf(kind)) {
    const sample = samples[field]
    if (sample !== undefined && takes(schema, sample)) candidates.set(field, [sample])
    else if (required.includes(field)) candidates.set(field, fc.sample(valuesOf(schema), { numRuns: 60, seed: 1 }))
  }
  return candidates
}

function problemOf(rules: Rules, kindName: string, content: JsonObject): string | undefined {
  const missing = missingFields(kindOf(rules, kindName), content)
  if (missing.length > 0) return `lacks ${missing.join(', ')}.`
  const [finding] = hardFindings(rules, kindName, content)
  return finding && `does not meet the guideline ${finding.guideline}: ${finding.message}`
}

function advice(kindName: string): string {
  return `Hand in content that is ready: { content: { ${kindName}: { … } } }.`
}
