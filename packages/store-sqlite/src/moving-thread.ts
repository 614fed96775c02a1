import { resolve } from 'node:path'
import { Worker } from 'node:worker_threads'

/**
 * Moves what was committed from the write-ahead log into the file, in a thread of its own: a connection that moves many pages
 * itself stands still for so long, with its event loop. What the thread does not come to, or cannot do, the connection does.
 */
export interface MovingThread {
  /** After a commit. What is committed while the thread is at work, it moves the next time. */
  ask(): void
  close(): Promise<void>
}

/** Milliseconds after which a thread that was not asked again ends. */
const idle = 1_000

/** Waits for nobody: what others read meanwhile stays for the next time. */
const program = `
  const { parentPort, workerData } = require('node:worker_threads')
  const { DatabaseSync } = require('node:sqlite')
  const database = new DatabaseSync(workerData)
  const move = database.prepare('PRAGMA wal_checkpoint(PASSIVE)')
  parentPort.on('message', () => {
    move.get()
    parentPort.postMessage('moved')
  })`

export function movingThread(file: string): MovingThread {
  const path = resolve(file)
  let thread: Worker | undefined
  let isAtWork = false
  let isUnfit = false
  let rest: NodeJS.Timeout | undefined

  const begin = (): Worker => {
    const begun = new Worker(program, { eval: true, workerData: path, execArgv: ['--no-warnings'] })
    begun.on('message', () => {
      isAtWork = false
      rest = setTimeout(() => void end(), idle).unref()
    })
    begun.on('error', giveUp)
    // A listener keeps the process alive, so this comes last.
    begun.unref()
    return begun
  }

  // The connection meets by itself what the thread could not get over, and says so.
  const giveUp = () => {
    isUnfit = true
    thread = undefined
    clearTimeout(rest)
  }

  const end = async () => {
    const ended = thread
    thread = undefined
    clearTimeout(rest)
    await ended?.terminate()
  }

  return {
    ask: () => {
      if (isAtWork || isUnfit) return
      clearTimeout(rest)
      try {
        thread ??= begin()
        thread.postMessage('move')
        isAtWork = true
      } catch {
        giveUp()
      }
    },
    close: async () => {
      isUnfit = true
      await end()
    },
  }
}
