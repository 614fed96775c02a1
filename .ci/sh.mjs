import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

export function readJson(file) {
  return JSON.parse(readFileSync(root + file, 'utf8'))
}

/** Runs a command in the root of the workspace (or in `cwd`), showing what it says; answers whether it succeeded. */
export function succeeds(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
  if (error) process.stderr.write(`${command}: ${error.message}\n`)
  return status === 0
}

/** Runs the commands in order; the first that fails ends the process. */
export function inOrder(...commands) {
  for (const [command, ...args] of commands) if (!succeeds(command, args)) process.exit(1)
}
