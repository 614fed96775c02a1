import { hash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { sqliteStore } from '@vitrine/store-sqlite'
import { inFolder } from '../harness/in-folder.js'
import { fillLog, generatedLog, type LogPlan } from './generated-log.js'

/** A plan of a log that ends: it is kept. */
export type KeptPlan = Pick<LogPlan, 'publishers' | 'leads' | 'chain'> & { readonly events: number }

/**
 * The file of a generated log, made once and kept between runs: a million events take minutes. It is named by its plan and
 * by how such logs begin, so that it is made anew when they are made otherwise.
 */
export async function keptLog(plan: KeptPlan): Promise<string> {
  const folder = join(process.cwd(), 'node_modules', '.cache', 'benchmark-logs')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${plan.events}-${shapeOf(plan)}.db`)
  if (!existsSync(file)) {
    await inFolder(async (another) => {
      await make(join(another, 'log.db'), plan)
      renameSync(join(another, 'log.db'), file)
    })
  }
  return file
}

/** Enough of a log that every life there is has begun in it. */
const beginning = 4_000

function shapeOf(plan: KeptPlan): string {
  const appends = generatedLog({ ...plan, events: Math.min(plan.events, beginning) })
  return hash('sha256', JSON.stringify([plan, [...appends]]), 'hex').slice(0, 16)
}

/** What can be lost in a power cut can be made again. */
async function make(file: string, plan: KeptPlan): Promise<void> {
  const store = await sqliteStore(file, { synchronous: 'NORMAL' }).open()
  await fillLog(store.log, generatedLog(plan), { until: plan.events })
  await store.close()
}
