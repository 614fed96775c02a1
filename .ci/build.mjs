// From nothing: a file that no longer has a source would otherwise be packed.
import { globSync, rmSync } from 'node:fs'
import { inOrder, root } from './sh.mjs'

for (const path of [...globSync('packages/*/dist', { cwd: root }), 'examples/dist', 'node_modules/.cache/tsc'])
  rmSync(root + path, { recursive: true, force: true })
inOrder(['tsup'], ['tsc', '-b'])
