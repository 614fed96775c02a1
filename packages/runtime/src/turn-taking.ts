import { RuntimeError } from './errors.js'

/** Runs the task when all earlier ones of the same name have ended. */
export type TakeTurns = <Result>(name: string, task: () => Promise<Result>) => Promise<Result>

/** At most `limit` tasks wait behind the one that runs. @throws RuntimeError `overloaded` */
export function turnTaking(limit: number): TakeTurns {
  const lines = new Map<string, (() => void)[]>()
  return async (name, task) => {
    const line = lines.get(name)
    if (line) await wait(line, name, limit)
    else lines.set(name, [])
    try {
      return await task()
    } finally {
      callNext(lines, name)
    }
  }
}

async function wait(line: (() => void)[], name: string, limit: number): Promise<void> {
  if (line.length >= limit) {
    const message = `${limit} commands wait for stream ${name} already. Try again later, or send fewer at once.`
    throw new RuntimeError('overloaded', message, { stream: name, waiting: line.length })
  }
  await new Promise<void>((resolve) => line.push(resolve))
}

function callNext(lines: Map<string, (() => void)[]>, name: string): void {
  const next = lines.get(name)?.shift()
  if (next) next()
  else lines.delete(name)
}
