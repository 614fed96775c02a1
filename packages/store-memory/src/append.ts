import { type Append, type Appended, judgeAppend, knownIds, type SerialisedEvent } from '@vitrine/core'
import { addRows, type Log, type StreamRows, versionOf } from './log.js'

/** Checks the append against the log and stores it, all or nothing. */
export function store(log: Log, append: Append, events: readonly (readonly SerialisedEvent[])[]): Appended {
  const facts = append.writes.map((write, at) => {
    const held = log.streams.get(write.stream)
    const actual = versionOf(log, write.stream)
    return { actual, ids: knownIds(actual, write, events[at]!, behind(held), (id) => held?.ids.has(id) ?? false) }
  })
  const verdict = judgeAppend(append, facts, (stream) => versionOf(log, stream))
  return verdict === 'stored' ? written(log, append, events) : repeated(log, append, events)
}

function written(log: Log, append: Append, events: readonly (readonly SerialisedEvent[])[]): Appended {
  let left = events.reduce((sum, write) => sum + write.length, 0)
  const firsts = append.writes.map(({ stream }, at) => {
    left -= events[at]!.length
    return addRows(log, stream, events[at]!, left)
  })
  for (const wake of log.waiting) wake()
  return answer(append, events, firsts, false)
}

function repeated(log: Log, append: Append, events: readonly (readonly SerialisedEvent[])[]): Appended {
  const firsts = append.writes.map((write) => {
    const first = write.expected === 'none' ? 0 : write.expected + 1
    return log.streams.get(write.stream)!.rows[first]!.position
  })
  return answer(append, events, firsts, true)
}

function answer(
  append: Append,
  events: readonly (readonly SerialisedEvent[])[],
  firsts: readonly number[],
  duplicate: boolean,
): Appended {
  const versions = append.writes.map(({ expected }, at) => (expected === 'none' ? -1 : expected) + events[at]!.length)
  const positions = firsts.map((first, at) => events[at]!.map((_, index) => first + index))
  return { position: positions.at(-1)!.at(-1)!, versions, positions, duplicate }
}

function behind(held: StreamRows | undefined) {
  return (from: number, count: number) => held?.rows.slice(from, from + count).filter(({ isGone }) => !isGone) ?? []
}
