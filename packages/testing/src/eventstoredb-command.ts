import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { EventStoreDBClient, START } from '@eventstore/db-client'
import { takeTurn } from './eventstoredb/take-turn.js'

/** A real server that a command of yours runs. */
export interface EventStoreDbCommand {
  readonly connectionString: string
  /** SIGKILL, to the command and all that it started. */
  kill(): Promise<void>
  /** SIGTERM. */
  stop(): Promise<void>
  /** Starts it again, and waits until it takes writes. */
  start(): Promise<void>
  /** Kills it, and lets the next in. */
  dispose(): Promise<void>
}

const patience = 120_000
const longestStop = 20_000

/**
 * Runs a server by a command that stays in the foreground, and waits until it takes writes. Of several processes that
 * want the same server one has it at a time; the others wait for their turn.
 */
export async function runEventStoreDb(connectionString: string, command: string): Promise<EventStoreDbCommand> {
  const endTurn = await takeTurn(connectionString)
  let child: ChildProcess | undefined
  const start = async () => {
    if (await answers(connectionString))
      throw new Error(
        `A server answers at ${connectionString} before the command was run: stop it, only what the command starts can be killed`,
      )
    child = spawn(command, { shell: true, detached: true, stdio: ['ignore', 'ignore', 'inherit'] })
    await ready(connectionString, child)
  }
  const end = (signal: NodeJS.Signals) => ended(child, signal)
  await start()
  return {
    connectionString,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    start,
    async dispose() {
      await end('SIGKILL')
      endTurn()
    },
  }
}

async function ready(connectionString: string, child: ChildProcess): Promise<void> {
  for (const end = Date.now() + patience; Date.now() < end; await sleep(200)) {
    if (child.exitCode !== null) throw new Error(`the command for ${connectionString} ended with ${child.exitCode}`)
    if (await answers(connectionString)) return
  }
  throw new Error(`nothing answers at ${connectionString} ${patience / 1_000} s after the command was run`)
}

/** Whether a server with a leader is there. */
async function answers(connectionString: string): Promise<boolean> {
  const client = EventStoreDBClient.connectionString(connectionString)
  try {
    const events = client.readAll({ fromPosition: START, maxCount: 1, requiresLeader: true })
    for await (const _ of events) break
    return true
  } catch {
    return false
  } finally {
    await client.dispose()
  }
}

async function ended(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  process.kill(-child.pid, signal)
  await exit
  await allGone(child.pid)
}

/** The shell may end before what it started: the port and the log are free only then. */
async function allGone(group: number): Promise<void> {
  for (const end = Date.now() + longestStop; Date.now() < end && isThere(group); ) await sleep(50)
}

function isThere(group: number): boolean {
  try {
    return process.kill(-group, 0)
  } catch {
    return false
  }
}
