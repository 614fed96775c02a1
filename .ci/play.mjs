import { inOrder } from './sh.mjs'

inOrder(['tsup'], [process.execPath, 'examples/dist/play.js', ...process.argv.slice(2)])
