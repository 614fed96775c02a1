import { inOrder } from './sh.mjs'

inOrder(['tsup'], [process.execPath, '--expose-gc', 'packages/benchmarks/dist/main.js', ...process.argv.slice(2)])
