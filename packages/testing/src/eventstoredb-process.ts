import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EventStoreDbOptions } from './eventstoredb/start-eventstoredb.js'
import type { Fault } from './eventstoredb/wire/faults.js'
import type { Reply, Request } from './eventstoredb-child.js'
import { serverProgram } from './eventstoredb-program.js'

/** A server in a process of its own, which can be killed and started again on the same port and the same log. */
export interface EventStoreDbProcess {
  readonly connectionString: string
  readonly port: number
  readonly faults: {
    begin(fault: Fault): Promise<void>
    end(): Promise<void>
    /** Cuts all connections; new ones are taken. */
    dropConnections(): Promise<void>
  }
  /** SIGKILL: what was acknowledged is there when it is started again. */
  kill(): Promise<void>
  /** SIGTERM: a clean stop. */
  stop(): Promise<void>
  /** Starts it again after it was killed or stopped. */
  start(): Promise<void>
  /** SIGSTOP: it answers nothing, and its connections stay open, until `resume`. */
  pause(): void
  resume(): void
  /** Kills it, and removes its log if that lay in a folder of its own. */
  dispose(): Promise<void>
}

/** How the process is set up; the log lies in a temporary folder unless one is given. */
export type EventStoreDbProcessOptions = Omit<EventStoreDbOptions, 'now'>

/** Starts a server in a process of its own. It ends with this process at the latest. */
export async function spawnEventStoreDb(options: EventStoreDbProcessOptions = {}): Promise<EventStoreDbProcess> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'eventstoredb-'))
  let { child, port } = await begun({ ...options, folder })
  const kill = () => ended(child, 'SIGKILL')
  return {
    connectionString: `esdb://127.0.0.1:${port}?tls=false`,
    port,
    faults: {
      begin: (fault) => ask(child, { begin: fault }),
      end: () => ask(child, { end: true }),
      dropConnections: () => ask(child, { drop: true }),
    },
    kill,
    stop: () => ended(child, 'SIGTERM'),
    async start() {
      ;({ child, port } = await begun({ ...options, folder, port }))
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async dispose() {
      await kill()
      if (options.folder === undefined) rmSync(folder, { recursive: true })
    },
  }
}

async function begun(options: EventStoreDbOptions): Promise<{ child: ChildProcess; port: number }> {
  const words = [...serverProgram(), JSON.stringify(options)]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const reply = await replyOf(child)
  if (!('port' in reply)) throw new Error('the server did not say on which port it listens')
  return { child, port: reply.port }
}

async function ask(child: ChildProcess, request: Request): Promise<void> {
  const reply = replyOf(child)
  child.send(request)
  await reply
}

async function replyOf(child: ChildProcess): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>()
  const fail = () => reject(new Error('the process of the server ended'))
  child.once('message', resolve)
  child.once('exit', fail)
  return promise.finally(() => {
    child.off('message', resolve)
    child.off('exit', fail)
  })
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill(signal)
  await exit
}
