// What npm would publish, looked at from outside: packed, linted, its types resolved, installed alone and imported.
import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expected, jest, nodeTest } from './other-runners.mjs'
import { inOrder, readJson, root, succeeds } from './sh.mjs'

inOrder([process.execPath, '.ci/build.mjs'])

const { pnpm } = readJson('package.json').config
const work = mkdtempSync(join(tmpdir(), 'packed-'))
const packages = globSync('packages/*/package.json', { cwd: root })
  .map((file) => ({ ...readJson(file), folder: join(root, file, '..') }))
  .filter((manifest) => !manifest.private)
const tarballs = Object.fromEntries(packages.map((manifest) => [manifest.name, pack(manifest)]))
const problems = packages.flatMap(({ name }) => {
  console.log(`\n${name}`)
  return problemsOf(name, tarballs[name]).map((problem) => `${name}: ${problem}`)
})

rmSync(work, { recursive: true })
console.log(`\nPackages: ${packages.length}, ${problems.length} problems.`)
for (const problem of problems) console.error(problem)
process.exit(packages.length > 0 && problems.length === 0 ? 0 : 1)

function pack({ name, folder }) {
  const file = join(work, `${name.replace(/[@/]/g, '_')}.tgz`)
  if (
    !succeeds('npx', ['-y', `pnpm@${pnpm}`, 'pack', '--out', file], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  )
    throw new Error(`${name} cannot be packed`)
  return file
}

function problemsOf(name, tarball) {
  const problems = contentProblems(tarball)
  if (!succeeds('publint', ['run', tarball, '--strict'])) problems.push('publint: see above')
  if (!succeeds('attw', [tarball, '--profile', 'esm-only', '--no-emoji', '--format', 'ascii']))
    problems.push('attw: see above')
  return problems.concat(importProblems(name))
}

function contentProblems(tarball) {
  const { stdout } = spawnSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
  const files = stdout
    .trim()
    .split('\n')
    .map((file) => file.replace(/^package\//, ''))
  const missing = ['package.json', 'README.md', 'LICENSE', 'dist/index.js', 'dist/index.d.ts'].filter(
    (file) => !files.includes(file),
  )
  const foreign = files.filter(
    (file) => !/^(package\.json|README\.md|LICENSE|dist\/.+\.(js|js\.map|d\.ts))$/.test(file) || /\.test\./.test(file),
  )
  const manifest = spawnSync('tar', ['-xzOf', tarball, 'package/package.json'], { encoding: 'utf8' }).stdout
  return [
    ...missing.map((file) => `${file} is missing`),
    ...foreign.map((file) => `${file} does not belong there`),
    ...(/"(workspace|catalog|file|link):/.test(manifest) ? ['a dependency points into the workspace'] : []),
  ]
}

/** Installs the package alone in an empty folder, with nothing but what it declares, and imports it there; tests run on it with other runners. */
function importProblems(name) {
  const folder = mkdtempSync(join(work, 'empty-'))
  const file = (each) => `file:${tarballs[each]}`
  const overrides = Object.fromEntries(
    Object.keys(tarballs)
      .filter((other) => other !== name)
      .map((other) => [other, file(other)]),
  )
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, dependencies: { [name]: file(name) }, overrides }),
  )
  const options = { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] }
  const words = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--loglevel=error']
  if (!succeeds('npm', words, options)) return ['cannot be installed']
  const program = `const names = Object.keys(await import('${name}')); console.log(names.length + ' exports'); process.exit(names.length > 0 ? 0 : 1)`
  const imported = succeeds(process.execPath, ['--input-type=module', '--eval', program], { cwd: folder })
  if (!imported) return ['cannot be imported, or exports nothing']
  return name === '@vitrine/testing' ? runnerProblems(folder) : []
}

/** What is packed is what other test runners import: scenarios, laws and contracts, passing and failing. */
function runnerProblems(folder) {
  const runs = { nodeTest, jest }
  return Object.entries(runs).flatMap(([runner, run]) => {
    const said = run(folder)
    const missing = [...expected[runner], ...expected.both].filter((words) => !words.test(said))
    if (missing.length > 0) console.error(said)
    return missing.map((words) => `${runner} does not say ${words}`)
  })
}
