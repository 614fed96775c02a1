import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { binariesFor } from './binaries.js'
import { startKeeper } from './keeper.js'
import { type ServerUser, serverUser } from './server-user.js'

/** A server that was started, with one database of its own. */
export interface PostgresServer {
  /** Where it is reached, as its superuser. It stays the same when the server is stopped and started. */
  readonly url: string
  /** The folder of its data. */
  readonly data: string
  /** Stops it and keeps its data: orderly, or as a crash would. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>
  /** Starts it again. */
  start(): Promise<void>
  /** Stops it and removes everything. */
  close(): Promise<void>
}

/** Takes one to two seconds. The server goes with this process, however it ends. */
export async function startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<PostgresServer> {
  const user = serverUser()
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-postgres-'))
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid)
  const { initdb, control } = binariesFor(user, folder)
  const data = join(folder, 'data')
  const stopping = (mode: string) => ['stop', '-D', data, '-m', mode, '-w', '-t', '30']
  const keeper = startKeeper(folder, [control, ...stopping('immediate')], user)
  const close = async () => {
    keeper.ref()
    keeper.stdin?.end()
    if (keeper.exitCode === null) await once(keeper, 'exit')
  }
  try {
    const password = randomBytes(12).toString('hex')
    await initialise(initdb, folder, data, password, user)
    const port = await freePort()
    const log = join(folder, 'log.txt')
    const starting = [
      'start',
      '-D',
      data,
      '-l',
      log,
      '-w',
      '-t',
      '60',
      '-o',
      wordsFor({ ...settings, port: `${port}` }),
    ]
    const start = () =>
      run(control, starting, user).catch((cause) => {
        throw new Error(`PostgreSQL did not start: ${lastLines(log)}`, { cause })
      })
    await start()
    const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`
    return { url, data, stop: (mode = 'fast') => run(control, stopping(mode), user), start, close }
  } catch (fault) {
    await close()
    throw fault
  }
}

async function initialise(initdb: string, folder: string, data: string, password: string, user: ServerUser) {
  const file = join(folder, 'password.txt')
  writeFileSync(file, password)
  const how = [
    '--username=postgres',
    `--pwfile=${file}`,
    '--auth=password',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ]
  await run(initdb, ['-D', data, ...how], user)
}

/** What is left as PostgreSQL has it matters as much: `fsync` and `synchronous_commit` stay on. */
function wordsFor(settings: Readonly<Record<string, string>>): string {
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '300',
    max_prepared_transactions: '10',
    ...settings,
  }
  return Object.entries(all)
    .map(([name, value]) => `-c ${name}='${value}'`)
    .join(' ')
}

async function run(program: string, words: readonly string[], user: ServerUser): Promise<void> {
  const child = spawn(program, words, { ...user, stdio: ['ignore', 'ignore', 'pipe'], env: environment() })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`${program} ${words[0]} ended with ${code}: ${said.trim()}`)
}

/** Nothing that is set for somebody else's server is to reach this one. */
function environment(): NodeJS.ProcessEnv {
  const foreign = /^(PG|LC_|LANG)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((closed) => server.close(closed))
  if (address === null || typeof address === 'string') throw new Error('No port could be had on 127.0.0.1.')
  return address.port
}

function lastLines(file: string): string {
  try {
    return readFileSync(file, 'utf8').split('\n').slice(-6).join('\n')
  } catch {
    return 'it wrote no log.'
  }
}
