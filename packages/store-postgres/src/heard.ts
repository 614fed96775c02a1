import { abortedError } from '@vitrine/core'
import { translated } from './faults.js'
import type { LogTables } from './log-tables.js'
import { whole } from './stored-event.js'

/** Milliseconds between two looks for the writes of other processes: at first, and at last when nobody tells of them. */
const shortest = 50
const longest = 250
/** At last, where others are heard. */
const longestListening = 2_000

/**
 * Resolves when the log may hold something behind the position, or when a signal says stop. Writes of this process wake it
 * at once, those of others when they are told of, or when it looks. Waiting keeps no process alive.
 */
export function heard(
  { database, own, news }: LogTables,
  position: number,
  beat: number,
  signals: readonly AbortSignal[],
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let timer: NodeJS.Timeout | undefined
  let isOver = false
  const wake = () => resolve()
  const look = async (delay: number) => {
    const newest = await translated(database.where, () => database.ask(`SELECT max(position) FROM ${own}_events`, []))
    if (whole(newest[0]?.max ?? '0') > position) wake()
    else if (!isOver) later(Math.min(delay * 1.5, news.listen() ? longestListening : longest))
  }
  const later = (delay: number) => {
    timer = setTimeout(() => void look(delay).catch(reject), delay).unref()
  }
  news.watching.add(wake)
  for (const signal of signals) signal.addEventListener('abort', wake)
  news.listen()
  if (news.beat() === beat && !signals.some(({ aborted }) => aborted)) later(shortest)
  else wake()
  return promise.finally(() => {
    isOver = true
    clearTimeout(timer)
    news.watching.delete(wake)
    for (const signal of signals) signal.removeEventListener('abort', wake)
  })
}

/** The answer, unless the signal comes first: then nobody waits for it any more. */
export async function unlessAborted<Answer>(signal: AbortSignal | undefined, answer: Promise<Answer>): Promise<Answer> {
  if (!signal) return answer
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = () => reject(abortedError(signal.reason))
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop)
  return Promise.race([answer, promise]).finally(() => signal.removeEventListener('abort', stop))
}
