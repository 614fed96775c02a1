import { inOrder } from './sh.mjs'

inOrder(['tsup'], [process.execPath, 'examples/dist/workers.js', ...process.argv.slice(2)])
