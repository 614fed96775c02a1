import { succeeds } from './sh.mjs'

const steps = [
  ['depcruise', '--config', '.dependency-cruiser.mjs', 'packages', 'examples'],
  ['knip', '--no-progress', '--no-config-hints'],
]
process.exit(steps.filter(([command, ...args]) => !succeeds(command, args)).length)
