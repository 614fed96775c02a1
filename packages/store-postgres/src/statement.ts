import type { Ask, Value } from './database.js'

/** A statement without an answer, with marks `$1`, `$2` … for its own values. */
export interface Step {
  readonly sql: string
  readonly values: readonly Value[]
}

/** Runs steps that touch different rows in one round trip. */
export async function runAll(ask: Ask, steps: readonly Step[]): Promise<void> {
  if (steps.length === 0) return
  const values: Value[] = []
  const parts = steps.map((step, at) => {
    const before = values.length
    values.push(...step.values)
    return `s${at} AS (${step.sql.replaceAll(/\$(\d+)/g, (_, mark) => `$${Number(mark) + before}`)})`
  })
  await ask(`WITH ${parts.join(',\n')} SELECT`, values, false)
}
