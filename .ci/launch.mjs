// Runs a tool of this workspace, whatever Node and npm (18 or newer) are at hand:
//   node .ci/launch.mjs vitest run
// A Node that is too old for the tools is replaced by one from npm, and the dependencies are installed when they are
// missing or stale. ES2020 syntax only, nothing but Node's own modules: this file is read by the old Node.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const newNode = 'node@24'
const oldest = [18, 0]
const newEnough = [22, 18] // what the tools ask for; the published packages run from 22.16 on

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const pnpm = `pnpm@${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).config.pnpm}`
const cache = join(root, 'node_modules', '.cache')
const installedMark = join(cache, 'installed')
const nodeMark = join(cache, 'node')
const windows = process.platform === 'win32'

main()

function main() {
  if (process.env.VITRINE_WHERE) return process.stdout.write(JSON.stringify([process.execPath, pathOf(process.env)]))
  if (isOlder(oldest))
    fail(`Node ${process.versions.node} is too old even to fetch a newer one. Install Node 22.18 or newer.`)
  const args = process.argv.slice(2)
  if (args.length === 0) fail('Say what to run, for example: node .ci/launch.mjs vitest run')
  if (isOlder(newEnough)) return exitWith(startAgain(args))
  if (args[0] === '--update-lockfile') return exitWith(install('--no-frozen-lockfile'))
  if (!isInstalled()) install('--frozen-lockfile')
  exitWith(run(args))
}

/** This launcher once more, in a newer Node: the one that was used last time, else one from npm. */
function startAgain(args) {
  if (process.env.VITRINE_AGAIN)
    fail(`npm gave no newer Node than ${process.versions.node}. Install Node 22.18 or newer.`)
  const words = [fileURLToPath(import.meta.url)].concat(args)
  const known = existsSync(nodeMark) ? readFileSync(nodeMark, 'utf8') : ''
  if (known && isInstalled() && existsSync(known)) return spawn(known, words, { ...process.env, VITRINE_AGAIN: '1' })
  say(`Node ${process.versions.node} is too old for the tools of this workspace: taking ${newNode} from npm.`)
  const [node, path] = nodeFromNpm()
  return spawn(node, words, { ...withPath(process.env, path), VITRINE_AGAIN: '1', VITRINE_PNPM: '1' })
}

/** Where npx has put Node and pnpm: the program, and a PATH on which both are found. */
function nodeFromNpm() {
  const words = ['-y', '-p', newNode, '-p', pnpm, '-c', 'node .ci/launch.mjs']
  const { status, stdout } = npx(words, { ...process.env, VITRINE_WHERE: '1' }, ['ignore', 'pipe', 'inherit'])
  if (status !== 0)
    fail(
      `npx could not fetch ${newNode} and ${pnpm}: see above. The npm registry must be reachable, or install Node 22.18 or newer.`,
    )
  return JSON.parse(String(stdout).trim().split('\n').pop())
}

function install(lockfile) {
  say('Installing dependencies …')
  const words = ['install', lockfile, '--reporter=append-only']
  const env = childEnv()
  const result = process.env.VITRINE_PNPM
    ? spawn('pnpm', words, env, 'inherit', windows)
    : npx(['-y', pnpm].concat(words), env)
  if (result.status !== 0) {
    const hint = lockfile === '--frozen-lockfile' ? ' If a package.json was changed, run `npm run deps`.' : ''
    fail(`The dependencies could not be installed: see above; a registry must be reachable.${hint}`)
  }
  mkdirSync(cache, { recursive: true })
  writeFileSync(installedMark, manifestsHash())
  writeFileSync(nodeMark, process.execPath)
  return result
}

function run(args) {
  const env = childEnv()
  const path = [join(root, 'node_modules', '.bin'), dirname(process.execPath), pathOf(env)].join(delimiter)
  const isNode = args[0] === 'node'
  return spawn(isNode ? process.execPath : args[0], args.slice(1), withPath(env, path), 'inherit', windows && !isNode)
}

function npx(words, env, stdio) {
  const beside = process.env.npm_execpath && join(dirname(process.env.npm_execpath), 'npx-cli.js')
  const result =
    beside && existsSync(beside)
      ? spawn(process.execPath, [beside].concat(words), env, stdio)
      : spawn('npx', windows ? words.map((word) => `"${word}"`) : words, env, stdio, windows)
  if (result.error)
    fail(`npx could not be started (${result.error.message}). It comes with npm: install npm 8 or newer.`)
  return result
}

function spawn(command, words, env, stdio = 'inherit', shell = false) {
  return spawnSync(command, words, { cwd: root, env, stdio, shell })
}

function pathOf(env) {
  return env.PATH || env.Path || ''
}

function withPath(env, path) {
  const copy = { ...env, PATH: path }
  delete copy.Path
  return copy
}

function exitWith({ status, signal, error }) {
  if (error) fail(`${error.message}. If a tool is missing, delete node_modules and try again.`)
  if (signal) fail(`Stopped by ${signal}.`)
  process.exit(status)
}

function childEnv() {
  const env = { ...process.env }
  delete env.VITRINE_AGAIN
  delete env.VITRINE_PNPM
  return env
}

function isInstalled() {
  return existsSync(installedMark) && readFileSync(installedMark, 'utf8') === manifestsHash()
}

function manifestsHash() {
  const packages = readdirSync(join(root, 'packages')).map((name) => join('packages', name, 'package.json'))
  const manifests = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', join('examples', 'package.json')].concat(
    packages.sort(),
  )
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const file of manifests)
    if (existsSync(join(root, file))) hash.update(file).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

function isOlder([major, minor]) {
  const [ownMajor, ownMinor] = process.versions.node.split('.').map(Number)
  return ownMajor < major || (ownMajor === major && ownMinor < minor)
}

function say(sentence) {
  process.stderr.write(`${sentence}\n`)
}

function fail(sentence) {
  say(sentence)
  process.exit(1)
}
