// Every package as a tarball in packed/, for a service that uses them from a checkout: npm run pack
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { inOrder, readJson, root, succeeds } from './sh.mjs'

inOrder([process.execPath, '.ci/build.mjs'])

const { pnpm } = readJson('package.json').config
const folders = globSync('packages/*/package.json', { cwd: root })
  .filter((file) => !readJson(file).private)
  .map((file) => join(root, file, '..'))
const words = ['-y', `pnpm@${pnpm}`, 'pack', '--pack-destination', join(root, 'packed')]
for (const cwd of folders) if (!succeeds('npx', words, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })) process.exit(1)
console.log(globSync('packed/*.tgz', { cwd: root }).join('\n'))
