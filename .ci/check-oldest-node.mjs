// Tests on the oldest Node that the packages ask for, which npm brings: those where its own SQLite, processes and threads
// are met. `npm run check:oldest-node -- --all` runs all there are.
import { globSync } from 'node:fs'
import { readJson, root, succeeds } from './sh.mjs'

const met = ['packages/store-sqlite', 'packages/runtime', 'packages/audit/test/tool.test.ts', 'examples']

const asked = globSync('{packages/*,examples}/package.json', { cwd: root }).map((file) => readJson(file).engines.node)
const [floor, ...others] = new Set(asked)
if (others.length > 0) throw new Error(`The packages ask for different Nodes: ${[floor, ...others].join(', ')}.`)
const oldest = `${floor.replace('>=', '')}.0`

const isThatOne = `node --eval "process.exit(process.versions.node === '${oldest}' ? 0 : 1)"`
// The reporter of the workspace notes which tests ran: that is for the guarantees, which are shown on the Node of today.
const tests = `vitest run --reporter=dot ${process.argv[2] === '--all' ? '' : met.join(' ')}`
console.log(`Node ${oldest}`)
process.exit(succeeds('npx', ['-y', '-p', `node@${oldest}`, '-c', `${isThatOne} && ${tests}`]) ? 0 : 1)
