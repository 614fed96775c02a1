// The core is pure: time, chance and everything else come in as values.
import { readdirSync, readFileSync } from 'node:fs'
import { impurities } from './core-purity.mjs'
import { root } from './sh.mjs'

const folder = `${root}packages/core/src/`
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
)
const found = files.flatMap((file) =>
  impurities(file, readFileSync(folder + file, 'utf8')).map(
    ({ line, what }) => `packages/core/src/${file}:${line} ${what}`,
  ),
)
for (const sentence of found) console.error(sentence)
console.log(`The core: ${files.length} files, ${found.length} impurities.`)
process.exit(files.length > 0 && found.length === 0 ? 0 : 1)
