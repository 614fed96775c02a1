import {
  type Aggregate,
  type AnyCommand,
  type Asker,
  deadlineCommandId,
  decideBy,
  type Facts,
  idFromCommand,
  isRefused,
  newerThanThisCode,
  nextActions,
  prepareBy,
  type Row,
  reactionId,
  readingOf,
  refuse,
  settle,
  VitrineError,
} from '@vitrine/core'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { event } from './event-definition.js'

interface Lamp {
  state: 'none' | 'off' | 'on'
}
type LampEvent = { readonly type: 'Switched'; readonly data: { readonly to: 'off' | 'on' } }
type LampRow = Row<Lamp, Facts, AnyCommand, LampEvent>

const lampRow = (type: string, parts: Partial<LampRow>): LampRow => ({
  type,
  command: z.looseObject({ type: z.literal(type) }),
  who: { members: ['administrator'] },
  writes: ['Switched'],
  does: () => [{ type: 'Switched', data: { to: 'on' } }],
  commandOf: () => ({ command: { type }, made: {} }),
  ...parts,
})

const rows = {
  Make: lampRow('Make', { begins: true, who: { person: true }, strangersSee: 'shop' }),
  SwitchOn: lampRow('SwitchOn', { from: { state: ['off'] } }),
  Explain: lampRow('Explain', {
    from: { state: ['off'] },
    whyNot: () => refuse('burnt-out', 'The lamp is burnt out.'),
  }),
  Forbid: lampRow('Forbid', { may: () => refuse('night', 'Not at night.') }),
  Repair: lampRow('Repair', { who: { staff: ['reviewer'] } }),
  Maintain: lampRow('Maintain', { who: { members: ['administrator', 'sales'], staff: ['operator'], system: true } }),
}

const lamps: Aggregate<Lamp, Facts, LampEvent> = {
  noun: 'lamp',
  prefix: 'lamp-',
  idField: 'lampId',
  events: { Switched: event('publisher', z.strictObject({ to: z.enum(['off', 'on']) })) },
  standing: ({ state }) => (state === 'none' ? undefined : { state }),
  decider: {
    initial: () => ({ state: 'none' }),
    evolve: (lamp, { data }) => {
      lamp.state = data.to === 'on' ? 'on' : 'off'
    },
  },
  rows,
  overdue: ({ state }, now) =>
    state === 'off'
      ? ['Maintain', 'Forbid', 'Vanish'].map((type) => ({ commandId: type + now, command: { type } }))
      : [],
}

const facts = (asker: Partial<Asker> = { member: 'administrator' }): Facts => ({
  now: '2026-01-05T09:00:00.000Z',
  asker: { id: 'u', name: 'Uma', ...asker },
  made: { id: 'i', token: 't' },
})
const ask = (type: keyof typeof rows, state: Lamp['state'], asker?: Partial<Asker>) => {
  const answer = decideBy(lamps, rows[type], { command: { type }, state: { state }, facts: facts(asker) })
  return isRefused(answer) ? answer.refused.code : answer.map((one) => one.type)
}

describe('a decision', () => {
  it('asks in order: who, whether it is there, from where, what forbids it, what it does', () => {
    expect(ask('SwitchOn', 'off')).toEqual(['Switched'])
    expect(ask('SwitchOn', 'on')).toBe('not-from-here')
    expect(ask('SwitchOn', 'none')).toBe('unknown-lamp')
    expect(ask('Explain', 'on')).toBe('burnt-out')
    expect(ask('Forbid', 'off')).toBe('night')
    expect(ask('Make', 'none', {})).toEqual(['Switched'])
    expect(ask('Make', 'on', {})).toBe('id-taken')
  })

  it('T34 who may not ask learns nothing of what is there', () => {
    expect(ask('SwitchOn', 'none', { staff: 'operator' })).toBe('not-for-staff')
    expect(ask('Make', 'on', { visitor: true })).toBe('unknown-shop')
  })

  it('T34 what only the state can explain is read for those alone who may ask, of what is there', () => {
    const prepared = { type: 'Read', read: true }
    const row = lampRow('Read', { prepare: () => prepared })
    const prepare = (state: Lamp['state'], asker?: Partial<Asker>) =>
      prepareBy(lamps, row, { command: { type: 'Read' }, state: { state }, facts: facts(asker) })
    expect(prepare('off')).toEqual(prepared)
    expect(prepare('off', {})).toEqual({ type: 'Read' })
    expect(prepare('none')).toEqual({ type: 'Read' })
  })

  it('is made for members, staff, the system, people and visitors each as the row says', () => {
    expect(ask('SwitchOn', 'off', { member: 'viewer' })).toBe('role-may-not')
    expect(ask('SwitchOn', 'off', { staff: 'operator' })).toBe('not-for-staff')
    expect(ask('SwitchOn', 'off', { system: true })).toBe('not-for-the-system')
    expect(ask('SwitchOn', 'off', {})).toBe('unknown-lamp')
    expect(ask('SwitchOn', 'off', { visitor: true })).toBe('unknown-lamp')
    expect(ask('Make', 'none', { visitor: true })).toBe('unknown-shop')
    expect(ask('Repair', 'off', { staff: 'reviewer' })).toEqual(['Switched'])
    expect(ask('Repair', 'off', { staff: 'operator' })).toEqual(['Switched'])
    expect(ask('Repair', 'off', { staff: 'reviewer', member: 'viewer' })).toBe('conflict-of-interest')
    expect(ask('SwitchOn', 'off', { staff: 'reviewer', member: 'viewer' })).toBe('role-may-not')
    expect(ask('Maintain', 'off', { system: true })).toEqual(['Switched'])
  })

  it('names who may, in the sentence of the refusal', () => {
    const { refused } = decideBy(lamps, rows.Maintain, {
      command: { type: 'Maintain' },
      state: { state: 'off' },
      facts: facts({ staff: 'reviewer' }),
    }) as ReturnType<typeof refuse>
    expect(refused.message).toBe(
      'Maintain is for administrators and sales people of the publisher, operators, the system; Uma is a reviewer.',
    )
  })
})

describe('what time has decided', () => {
  it('T4 is decided before anything is said to be possible; what cannot be decided changes nothing', () => {
    const before: Lamp = { state: 'off' }
    expect(settle(lamps, before, facts())).toEqual({ state: 'on' })
    expect(before).toEqual({ state: 'off' })
    const actions = nextActions(lamps, before, facts())
    expect(actions.find(({ command }) => command === 'SwitchOn')?.refused?.code).toBe('not-from-here')
    expect(actions.find(({ command }) => command === 'Maintain')?.refused).toBeUndefined()
  })
})

describe('ids that everybody computes alike', () => {
  it('T28 the same event, policy and key give the same command id, anything else another', () => {
    expect(reactionId('e', 'p', 'k')).toBe(reactionId('e', 'p', 'k'))
    expect(
      new Set([
        reactionId('e', 'p', 'k'),
        reactionId('f', 'p', 'k'),
        reactionId('e', 'q', 'k'),
        reactionId('e', 'p', 'l'),
      ]).size,
    ).toBe(4)
  })

  it('T29 a deadline and a threshold give one command id', () => {
    const deadline = { submissionId: 's', publishBy: 'd' }
    expect(deadlineCommandId('l', 'Remind', { ...deadline, threshold: 7 })).toBe(
      deadlineCommandId('l', 'Remind', { ...deadline, threshold: 7 }),
    )
    expect(deadlineCommandId('l', 'Remind', { ...deadline, threshold: 7 })).not.toBe(
      deadlineCommandId('l', 'Remind', deadline),
    )
  })

  it('an aggregate whose caller brought no id gets the same one again on a retry', () => {
    expect(idFromCommand('u', 'c')).toBe(idFromCommand('u', 'c'))
    expect(idFromCommand('u', 'c')).not.toBe(idFromCommand('v', 'c'))
  })
})

describe('reading what events say', () => {
  const reading = readingOf(lamps.events)

  it('finds the first of a type, or says that there is none', () => {
    const events = [{ type: 'Switched', data: { to: 'on' } }]
    expect(reading.dataOf(events, 'Switched')).toEqual({ to: 'on' })
    expect(reading.findData([], 'Switched')).toBeUndefined()
    expect(() => reading.dataOf([], 'Switched')).toThrow('There is no Switched')
  })
})

describe('faults', () => {
  it('carry a code, what they are about, and their cause', () => {
    const cause = new Error('disk full')
    const error = new VitrineError('some-code', 'A sentence.', { stream: 's', expected: 1, actual: 'none', cause })
    expect(error).toMatchObject({
      code: 'some-code',
      stream: 's',
      expected: 1,
      actual: 'none',
      cause,
      name: 'VitrineError',
    })
    expect(new VitrineError('some-code', 'A sentence.').cause).toBeUndefined()
    expect(newerThanThisCode({ type: 'T', stream: 's', version: 3 })).toMatchObject({
      code: 'newer-than-this-code',
      stream: 's',
    })
  })
})
