import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Waits until no other process has its turn at something; ends the turn when the function that it gives is called. */
export async function takeTurn(what: string): Promise<() => void> {
  const folder = join(tmpdir(), `turn-${what.replace(/[^a-z0-9]+/gi, '-')}`)
  while (!taken(folder)) await sleep(100)
  return () => rmSync(folder, { recursive: true, force: true })
}

function taken(folder: string): boolean {
  try {
    mkdirSync(folder)
    writeFileSync(join(folder, 'pid'), String(process.pid))
    return true
  } catch {
    if (!isHeld(folder)) rmSync(folder, { recursive: true, force: true })
    return false
  }
}

/** Whether the process whose turn it is still runs; one that died cannot end its turn. */
function isHeld(folder: string): boolean {
  try {
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 0)
    return true
  } catch {
    return false
  }
}
