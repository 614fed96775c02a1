// Every linter is run, also when an earlier one has found something.
import { succeeds } from './sh.mjs'

const steps = [
  [process.execPath, '.ci/check-excuses.mjs'],
  ['biome', 'check', '--error-on-warnings'],
  ['oxlint', '--type-aware', '--deny-warnings'],
]
process.exit(steps.filter(([command, ...args]) => !succeeds(command, args)).length)
