// Tries mutants of the core, all of them or what is asked for as of Stryker, and writes docs/mutation.md:
//   npm run mutation [-- --mutate 'packages/core/src/lead/*.ts']
// Results are kept between runs: a mutant is tried again when its source, or the tests that reach it, have changed.
import { writeMutationPage } from './mutation/mutation-page.mjs'
import { succeeds } from './sh.mjs'

const asked = process.argv.slice(2)
const isTried = asked[0] === '--page' || succeeds('stryker', ['run', ...asked])
writeMutationPage()
process.exit(isTried ? 0 : 1)
