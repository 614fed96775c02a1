export { bundled } from './bundled.js'
export { endAll, type Started, start } from './start.js'
