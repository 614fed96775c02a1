import { type ChildProcess, spawn } from 'node:child_process'
import type { Socket } from 'node:net'

/**
 * A process that waits until this one is gone, however it ended, then stops the server and removes its folder. Ending it
 * (`stdin.end()`) does the same at once.
 */
export function startKeeper(folder: string, stop: readonly string[], user: object): ChildProcess {
  const program = `(${keep.toString()})(...JSON.parse(process.argv[1]))`
  const words = ['-e', program, JSON.stringify([folder, stop, user])]
  const keeper = spawn(process.execPath, words, { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  keeper.unref()
  ;(keeper.stdin as Socket).unref()
  return keeper
}

/** Runs in a process of its own, from its text: nothing around it can be used. */
function keep(folder: string, stop: readonly [string, ...string[]], user: object): void {
  const { spawnSync: run } = process.getBuiltinModule('node:child_process')
  const { rmSync } = process.getBuiltinModule('node:fs')
  const [command, ...words] = stop
  process.stdin.resume().once('close', () => {
    run(command, words, { ...user, stdio: 'ignore' })
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })
}
