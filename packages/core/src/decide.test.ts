import {
  type Aggregate,
  type AnyCommand,
  type Asker,
  deadlineCommandId,
  decideBy,
  deliveryId,
  type Facts,
  idFromCommand,
  isRefused,
  madeFromCommand,
  messageId,
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
import { notify } from './messages/drafts.js'

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

function refusalOf(subject: typeof lamps, row: LampRow, state: Lamp['state'], asker?: Partial<Asker>): object {
  const answer = decideBy(subject, row, { command: { type: row.type }, state: { state }, facts: facts(asker) })
  if (isRefused(answer)) return answer.refused
  throw new Error('Nothing was refused.')
}

const visit = lampRow('Visit', { begins: true, who: { person: true, visitor: true } })

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

  it.each([
    [rows.SwitchOn, 'on', { member: 'administrator' }, 'SwitchOn needs the state revision to be off; it is on.'],
    [rows.SwitchOn, 'none', { member: 'administrator' }, 'There is no lamp with this id.'],
    [rows.Make, 'on', {}, 'There is a lamp with this id already.'],
    [rows.SwitchOn, 'off', { system: true }, 'SwitchOn is not for the system to do.'],
    [rows.SwitchOn, 'off', { member: 'viewer' }, 'SwitchOn is for administrators of the publisher; Uma is a viewer.'],
    [rows.Repair, 'off', { member: 'administrator' }, 'Repair is for reviewers; Uma is an administrator.'],
    [visit, 'none', { staff: 'operator' }, 'Visit is for any person who is not staff, visitors; Uma is an operator.'],
    [
      rows.Repair,
      'off',
      { staff: 'reviewer', member: 'viewer' },
      "Repair is for staff who are not on the publisher's team; Uma is (T27).",
    ],
  ] as const)('says why: %#', (row, state, asker, message) => {
    expect(refusalOf(lamps, row, state, asker)).toMatchObject({ message })
  })

  it('says from which statuses it could be done', () => {
    const broken = { ...lamps, standing: () => ({ status: 'broken' }) }
    const row = lampRow('Dim', { from: { status: ['off', 'on'] } })
    expect(refusalOf(broken, row, 'on')).toEqual({
      code: 'not-from-here',
      message: 'Dim needs the status to be off or on; it is broken.',
      allowedFrom: { status: ['off', 'on'] },
      standing: { status: 'broken' },
    })
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

describe('ids that logs hold', () => {
  it('are made under names that never change either', () => {
    expect(notify).toBe('notify')
  })

  it('never change: who asks again after an update asks under the same id', () => {
    expect([
      reactionId('event', 'policy', 'key'),
      messageId('event', 'policy', 'key'),
      deliveryId('message', 2),
      idFromCommand('actor', 'command'),
      madeFromCommand('stream', 'actor', 'command'),
      deadlineCommandId('stream', 'RemindDeadline', { submissionId: 'one', publishBy: 'then', threshold: 7 }),
      deadlineCommandId('stream', 'MarkOverdue', { respondBy: 'then' }),
      deadlineCommandId('stream', 'LapseClaim', { slug: 'slug', reservedAt: 3 }),
    ]).toEqual([
      '840de3d2-7047-54e3-8eb6-1a66df824cff',
      '5ec76a8f-46af-57db-8c87-6f5b64560c0b',
      'db21db31-b06e-53fd-91c1-4550acb658fc',
      '74224205-7158-5506-867e-d9907e382250',
      '145f291e-1d40-5d34-9136-386999eb37d2',
      '0be68c27-7fcb-5861-aee7-e828b44812ff',
      '4ae5c61e-cb23-5868-8c39-0a01415a93a3',
      '6f7a30e7-6aaf-5c5d-afcd-a78a99398026',
    ])
  })
})

describe('reading what events say', () => {
  const reading = readingOf(lamps.events)

  it('finds the first of a type, or says that there is none', () => {
    const events = [{ type: 'Switched', data: { to: 'on' } }]
    expect(reading.dataOf(events, 'Switched')).toEqual({ to: 'on' })
    expect(reading.findData([], 'Switched')).toBeUndefined()
    const fault = { code: 'impossible-history', message: 'There is no Switched among the events of this command.' }
    expect(() => reading.dataOf([], 'Switched')).toThrow(expect.objectContaining(fault))
  })
})

describe('an answer', () => {
  it('is told from a refusal, also where there is none', () => {
    expect(isRefused(refuse('night', 'It is night.', { until: 6 }))).toBe(true)
    expect([isRefused([]), isRefused(undefined)]).toEqual([false, false])
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
    expect(Object.hasOwn(new VitrineError('some-code', 'A sentence.'), 'cause')).toBe(false)
    expect(newerThanThisCode({ type: 'T', stream: 's', version: 3 })).toMatchObject({
      code: 'newer-than-this-code',
      stream: 's',
    })
  })
})
