import { isRefused, leadRows, listingRows, publisherRows, type Rules } from '@vitrine/core'
import * as fc from 'fast-check'
import { pauses } from './arbitraries/moments.js'
import { keepSamples, type Samples, sampleFor } from './arbitraries/sample-for.js'
import { cast, likelyAskers, type Move, payloadsFor, smallChange } from './moves.js'
import { people } from './people.js'
import { enquiry } from './sample-content.js'
import {
  type Aggregates,
  answerOf,
  ask,
  emptyWorld,
  leadId,
  listingId,
  publisherId,
  secretOf,
  type World,
  wait,
} from './world.js'

/** One thing to try: a command by its type, one of the payloads that fit, and by whom. */
export interface Attempt {
  readonly type: string
  readonly payload: number
  /** Its place among the cast; whom the command is for when absent. */
  readonly by?: number
}

/** A step of a generated story: how long to wait, and what to try until something changes. */
export interface StoryStep {
  /** Milliseconds. */
  readonly wait: number
  readonly tries: readonly Attempt[]
}

/** Stories of at most so many steps. They shrink by dropping steps, waits, and what was tried in vain. */
export function stories(maxLength = 40): fc.Arbitrary<readonly StoryStep[]> {
  const likely = fc.record({ type: fc.constantFrom(...types), payload: fc.nat(15) })
  const anybody = fc.record({ type: fc.constantFrom(...types), payload: fc.nat(15), by: fc.nat(cast.length - 1) })
  const tries = fc.oneof(
    { weight: 2, arbitrary: fc.array(likely, { minLength: 1, maxLength: 8, size: 'max' }) },
    { weight: 1, arbitrary: anybody.map((attempt) => [attempt]) },
  )
  return fc.array(fc.record({ wait: pauses(), tries }), { maxLength, size: 'max' })
}

/** What a step tries in a world, in its order: by whom, and with a payload that fits. */
export function movesOf(world: World, { tries }: StoryStep): readonly Move[] {
  const payloads = Map.groupBy(payloadsFor(world), ({ type }) => type)
  return tries.flatMap(({ type, payload, by }) => {
    const fitting = payloads.get(type) ?? []
    const command = fitting[payload % fitting.length]
    const askers = by === undefined ? likelyAskers(type) : [cast[by % cast.length]!]
    return command ? askers.map((asker) => ({ by: asker, command })) : []
  })
}

/**
 * Where a story begins, so that short ones go far: from nothing, with a publisher, a draft, something live, a lead, an
 * update, or somebody who is invited to the team.
 */
export const beginnings = [
  'nothing',
  'publisher',
  'draft',
  'submitted',
  'approved',
  'live',
  'lead',
  'update',
  'trustedUpdate',
  'trustedApproval',
  'invited',
  'joined',
] as const
export type Beginning = (typeof beginnings)[number]

/** How worlds are lived in. */
export interface LivedOptions {
  /** Steps after the beginning, at most; 40 by default. */
  readonly maxLength?: number
  /** Where stories begin; anywhere by default. */
  readonly from?: readonly Beginning[]
  /** Content that is ready to be handed in, by kind, where none can be made. */
  readonly content?: Samples
  /** What decides; the core's by default. */
  readonly aggregates?: Aggregates
}

/** A world with the way on which it came about. */
export interface LivedWorld extends World {
  readonly from: Beginning
  /** How many commands were asked before the story began. */
  readonly begun: number
}

/** Worlds that were lived in: a beginning, then a story. Every event in them was decided by the rules. */
export function livedWorlds(rules: Rules, options: LivedOptions | number = {}): fc.Arbitrary<LivedWorld> {
  const {
    maxLength,
    from = beginnings,
    content,
    aggregates,
  } = typeof options === 'number' ? { maxLength: options } : options
  if (content) keepSamples(rules, content)
  const kinds = Object.keys(rules.kinds)
  const how = fc.record({ from: fc.constantFrom(...from), kind: fc.constantFrom(...kinds), story: stories(maxLength) })
  return how.map(({ from, kind, story }) => {
    const before = begin(rules, from, kind, aggregates)
    return told({ ...story.reduce(tell, before), from, begun: before.asked.length })
  })
}

/** The story of what was asked since the beginning, a line each. */
export function storyOf({ asked, from, begun, now }: LivedWorld): readonly string[] {
  const lines = asked.slice(begun).map(({ command, facts, answer }) => {
    const outcome = isRefused(answer)
      ? `refused: ${answer.refused.code}`
      : answer.map(({ type }) => type).join(', ') || 'nothing to do'
    return `${facts.now} ${facts.asker.name} asks ${JSON.stringify(command)} → ${outcome}`
  })
  return [`It begins with: ${from}`, ...lines, `It is ${now}`]
}

/** A world that a failing property prints as its story. */
function told(world: LivedWorld): LivedWorld {
  return Object.defineProperty({ ...world }, fc.toStringMethod, { value: () => `\n${storyOf(world).join('\n')}\n` })
}

/** One step further in a story: the first of its moves that changes something, else the last, in vain. */
export function tell(world: World, step: StoryStep): World {
  const waited = wait(world, step.wait)
  const moves = movesOf(waited, step)
  let next = waited
  for (const { by, command } of moves) {
    next = ask(waited, by, command)
    const answer = answerOf(next)
    if (!isRefused(answer) && answer.length > 0) return next
  }
  return step.tries.length === 1 ? next : waited
}

/** A world at one of the beginnings. */
export function begin(
  rules: Rules,
  from: Beginning,
  kind = Object.keys(rules.kinds)[0]!,
  aggregates?: Aggregates,
): World {
  const acts = beginnings.indexOf(from)
  return script(rules, kind)
    .slice(0, acts)
    .flat()
    .reduce((world, move) => play(world, move), emptyWorld(rules, undefined, aggregates))
}

type Scripted = Move | ((world: World) => Move)

function play(world: World, move: Scripted): World {
  const { by, command } = typeof move === 'function' ? move(world) : move
  return ask(wait(world, 60_000), by, command)
}

function script(rules: Rules, kind: string): readonly (readonly Scripted[])[] {
  const { ada, luc, sam, vic, rita, olaf, zoe } = people
  const changes = sampleFor(rules, kind)
  const onListing = (by: Move['by'], type: string, payload: object = {}): Move => ({
    by,
    command: { type, listingId, ...payload },
  })
  const onPublisher = (by: Move['by'], type: string, payload: object = {}): Move => ({
    by,
    command: { type, publisherId, ...payload },
  })
  const checks = Object.entries(rules.kinds[kind]?.checks ?? {})
  const required = checks.filter(([, need]) => need === 'required').map(([check]) => check)
  const approvedBy =
    (by: Move['by']) =>
    ({ listing: { working } }: World): Move =>
      onListing(
        by,
        'Approve',
        'submission' in working
          ? { submissionId: working.submission.id, contentHash: working.submission.contentHash }
          : { submissionId: publisherId, contentHash: '' },
      )
  return [
    [
      onPublisher(ada, 'Register', { name: 'Marsh Software' }),
      onPublisher(olaf, 'ApprovePublisher'),
      onPublisher(olaf, 'GrantAutoPublish'),
      ...[luc, sam, vic].map(({ id, name }) =>
        onPublisher(ada, 'AddMember', {
          actorId: id,
          name,
          role: id === luc.id ? 'lister' : id === sam.id ? 'sales' : 'viewer',
        }),
      ),
    ],
    [
      onListing(ada, 'Create', { publisherId, kind, name: 'Ledgerline' }),
      onListing(ada, 'Revise', { changes: { ...changes } }),
    ],
    [onListing(ada, 'Submit', { publishMode: 'manual', comment: 'First version' })],
    [
      ...required.map((check) => onListing(rita, 'RecordCheck', { check, verdict: 'passed', note: 'Seen' })),
      approvedBy(rita),
    ],
    [onListing(ada, 'Publish', { revision: 1 })],
    [{ by: 'visitor', command: { type: 'CaptureLead', leadId, listingId, ...enquiry } }],
    [
      onListing(ada, 'StartRevision'),
      onListing(ada, 'Revise', { changes: smallChange(rules, kind, 'Better than before') }),
    ],
    [onPublisher(olaf, 'GrantAutoApproval'), onListing(ada, 'Submit', { publishMode: 'manual', comment: 'New words' })],
    [approvedBy('system')],
    [
      onPublisher(ada, 'InviteMember', { email: 'zoe@home.example', role: 'administrator', locale: 'fr' }),
      onPublisher(ada, 'SetNotificationAddress', { email: 'listings@marsh.example' }),
    ],
    [
      ({ publisher }) => {
        const [invitationId = ''] = Object.keys(publisher.invitations)
        return onPublisher(zoe, 'AcceptInvitation', { invitationId, secret: secretOf(invitationId) })
      },
    ],
  ]
}

/** Every command there is, in the order of a life. */
const types = [...Object.keys(listingRows), ...Object.keys(publisherRows), ...Object.keys(leadRows)]
