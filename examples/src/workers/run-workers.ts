import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { postgresStore } from '@vitrine/store-postgres'
import { type Findings, lookBack } from './look-back.js'
import { setUp } from './set-up.js'

export interface RunOptions {
  /** Of PostgreSQL. */
  readonly url: string
  readonly schema: string
  /** The program of a worker. */
  readonly program: string
  /** For so long one of them is killed every second. */
  readonly seconds: number
  readonly write: (line: string) => void
}

/**
 * Three processes of one marketplace, of which one is killed every second, and every third second another one stands still
 * until its leases are another's; and what is found in the end.
 */
export async function runWorkers({ url, schema, program, seconds, write }: RunOptions): Promise<Findings> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-workers-'))
  const received = join(folder, 'postbox.txt')
  writeFileSync(received, '')
  try {
    const publisherId = await setUp(url, schema, folder, 10)
    const acknowledged: string[] = []
    let begun = 0
    const begin = () => {
      begun += 1
      const name = `Worker ${begun}`
      return workerOf(spawnWorker(program, [url, schema, folder, name, publisherId]), name, acknowledged)
    }
    const workers = [begin(), begin(), begin()]
    const resumed: Promise<void>[] = []
    for (let second = 0; second < seconds; second += 1) {
      await pause(1_000)
      const victim = await oneAtWork(workers)
      workers.splice(workers.indexOf(victim), 1)
      if (second % 3 === 0) resumed.push(workers[second % 2]!.standStill(stillFor))
      const how = victim.hasEnded() ? 'had ended by itself' : 'was killed'
      await victim.end('SIGKILL')
      write(`${victim.name} ${how}; ${acknowledged.length} events are acknowledged.`)
      workers.push(begin())
    }
    await Promise.all([pause(2_000), ...resumed])
    await Promise.all(workers.map((worker) => worker.end('SIGTERM')))
    return await lookBack(postgresStore({ connectionString: url, schema }), received, acknowledged)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Milliseconds: longer than the leases, so that whoever resumes believes to have what is another's. */
const stillFor = 2_500

/** One that was told something, or that has ended by itself; whoever has not begun yet has nothing to lose. */
async function oneAtWork(workers: readonly Worker[]): Promise<Worker> {
  for (;;) {
    const found = workers.find(({ isAtWork, hasEnded }) => isAtWork() || hasEnded())
    if (found) return found
    await pause(50)
  }
}

function spawnWorker(program: string, words: readonly string[]): ChildProcess {
  return spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
}

interface Worker {
  readonly name: string
  isAtWork(): boolean
  hasEnded(): boolean
  /** Stops it as it stands, in the middle of whatever it does, and lets it go on after so many milliseconds. */
  standStill(milliseconds: number): Promise<void>
  end(signal: NodeJS.Signals): Promise<void>
}

/** A worker, and where it puts down what it was told to be stored. */
function workerOf(child: ChildProcess, name: string, acknowledged: string[]): Worker {
  const ended = once(child, 'close')
  let rest = ''
  let told = 0
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop()!
    acknowledged.push(...lines)
    told += lines.length
  })
  return {
    name,
    isAtWork: () => told > 5,
    hasEnded: () => child.exitCode !== null,
    standStill: async (milliseconds) => {
      child.kill('SIGSTOP')
      await pause(milliseconds)
      child.kill('SIGCONT')
    },
    end: async (signal) => {
      child.kill(signal)
      await ended
    },
  }
}
