import { inOrder } from './sh.mjs'

inOrder(['tsup'], [process.execPath, 'examples/dist/preview-messages.js', ...process.argv.slice(2)])
