// fast-check while mutants are tried: the same cases each time, fewer of them, and no search for the smallest that fails.
import * as fc from 'fast-check'

const most = Number(process.env.VITRINE_MUTATION_RUNS ?? 25)

const sparing = {
  ...fc,
  assert: (property, { numRuns = 100, ...parameters } = {}) =>
    fc.assert(property, { seed: 1, endOnFailure: true, ...parameters, numRuns: Math.min(numRuns, most) }),
}

/** As the module is imported: whole, or by its default. */
export const fastCheck = { ...sparing, default: sparing }
