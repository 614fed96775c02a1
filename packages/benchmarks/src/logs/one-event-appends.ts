import { randomUUID } from 'node:crypto'
import type { NewEvent, Version } from '@vitrine/core'
import { generatedLog } from './generated-log.js'

/** Appends of one event each, to many streams in turn: Revise of a listing, as it is stored. */
export interface OneEventAppends {
  next(): { readonly stream: string; readonly expected: Version; readonly event: NewEvent }
}

/** @param event what is appended, each time under an id of its own; by default a Revised of a generated life */
export function oneEventAppends(streams: number, event = revision()): OneEventAppends {
  const versions = new Map<string, number>()
  let turn = 0
  return {
    next() {
      const stream = `listing-${(turn % streams).toString().padStart(8, '0')}`
      turn += 1
      const expected = versions.get(stream)
      versions.set(stream, (expected ?? -1) + 1)
      return { stream, expected: expected ?? 'none', event: { ...event, id: randomUUID() } }
    },
  }
}

function revision(): NewEvent {
  for (const { writes } of generatedLog({ listings: 1, publishers: 1 })) {
    const found = writes.flatMap(({ events }) => events).find(({ type }) => type === 'Revised')
    if (found) return found
  }
  throw new Error('No listing was revised.')
}
