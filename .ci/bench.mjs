import { inOrder } from './sh.mjs'

process.env.UPDATE_DOCS = '1' // the page on stores shows what was measured last
inOrder(
  ['tsup'],
  [process.execPath, '--expose-gc', 'packages/benchmarks/dist/main.js', ...process.argv.slice(2)],
  ['vitest', 'run', '--reporter=dot', 'docs/architecture.test.ts'],
)
