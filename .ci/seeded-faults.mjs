// Puts faults into a copy of the sources, one at a time, and runs a suite of @vitrine/testing that must find each:
//   npm run seeded-faults [PART OF A NAME]
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './sh.mjs'
import { faults } from './the-seeded-faults.mjs'

const wanted = process.argv[2] ?? ''
const copy = mkdtempSync(join(tmpdir(), 'faults-'))
process.on('exit', () => rmSync(copy, { recursive: true, force: true }))
copySources()

const missed = faults.filter(({ name }) => name.includes(wanted)).filter((fault) => !isFound(fault))
console.log(
  `\n${missed.length === 0 ? 'Every fault is found.' : `Not found: ${missed.map(({ name }) => name).join('; ')}`}`,
)
process.exit(missed.length)

function copySources() {
  const isOwn = (file) => !/(node_modules|[/\\]dist|coverage)$/.test(file)
  const configurations = readdirSync(root).filter((name) =>
    /^(tsconfig.*|package)\.json$|^vitest\.config\.ts$/.test(name),
  )
  for (const name of ['packages', '.ci', ...configurations])
    cpSync(join(root, name), join(copy, name), { recursive: true, filter: isOwn })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  for (const name of readdirSync(join(root, 'packages')))
    symlinkSync(join(root, 'packages', name, 'node_modules'), join(copy, 'packages', name, 'node_modules'))
}

function isFound({ name, file, sound, faulty, suite, title }) {
  const path = join(copy, file)
  const before = readFileSync(path, 'utf8')
  if (before.split(sound).length !== 2) throw new Error(`${file} does not hold once: ${sound}`)
  writeFileSync(
    path,
    before.replace(sound, () => faulty),
  )
  const words = ['run', suite, '-t', title, '--root', copy, '--reporter=default']
  const { stdout, stderr, status } = spawnSync(join(root, 'node_modules/.bin/vitest'), words, {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', VITRINE_MODEL_STEPS: '3000' },
  })
  writeFileSync(path, before)
  const ran = /^ +Test Files +\d+ (failed|passed)/m.test(stdout)
  if (!ran) throw new Error(`The suite ${suite} did not run: ${stderr}`)
  console.log(`${status ? 'found ' : 'MISSED'} ${name} (${suite})`)
  return status !== 0
}
