import {
  type AnyCommand,
  claimLapse,
  leadAggregate,
  listingAggregate,
  publisherAggregate,
  type Row,
  vanityUrlAggregate,
} from '@vitrine/core'
import { describe, expect, it } from 'vitest'

const aggregates = [listingAggregate, publisherAggregate, leadAggregate, vanityUrlAggregate, claimLapse]
type Said = Pick<Row<never, never, AnyCommand, never>, 'type' | 'command' | 'writes' | 'when'>

const rows = aggregates.flatMap(({ rows, events, idField }) =>
  Object.entries<Said>(rows).map(([type, row]) => ({ type, row, events, idField })),
)

describe('a row', () => {
  it.each(rows)('of $type stands under the type that its command has, and takes no other', ({ type, row, idField }) => {
    expect(row.type).toBe(type)
    const pathsOf = (command: object) => row.command.safeParse(command).error?.issues.map(({ path }) => path[0]) ?? []
    expect(pathsOf({ type, [idField]: '' })).not.toContain('type')
    expect(pathsOf({ type: '', [idField]: '' })).toContain('type')
    expect(pathsOf({ type })).toContain(idField)
  })

  it.each(rows)('of $type writes events that its aggregate has', ({ row, events }) => {
    expect(row.writes.length).toBeGreaterThan(0)
    for (const type of row.writes) expect(events).toHaveProperty(type)
  })

  it.each(rows)('of $type says in a sentence what else must hold, or nothing', ({ row }) => {
    expect(row.when ?? 'says nothing').toMatch(/^\S+( \S+)+$/)
  })
})

describe('an aggregate', () => {
  it('has a name, streams that begin with it, and a field that names one in a command', () => {
    expect(aggregates.map(({ noun, prefix, idField }) => [noun, prefix, idField])).toEqual([
      ['listing', 'listing-', 'listingId'],
      ['publisher', 'publisher-', 'publisherId'],
      ['lead', 'lead-', 'leadId'],
      ['vanity-url', 'vanity-', 'slug'],
      ['listing', 'listing-', 'listingId'],
    ])
  })
})
