import type { Rules } from '@vitrine/core'
import * as fc from 'fast-check'
import { likelyMoves, type Move, movesFor } from './moves.js'
import { people } from './people.js'
import { appSample, enquiry, serviceSample } from './sample-content.js'
import { ask, emptyWorld, leadId, listingId, publisherId, secretOf, type World, wait } from './world.js'

/** A step of a generated story: how long to wait, and which of the possible moves to try. */
export interface StoryStep {
  readonly wait: number
  readonly pick: number
  /** Whether any of the cast may try, or only those whom the command is for. */
  readonly anybody: boolean
}

const hour = 60 * 60 * 1000
const day = 24 * hour

/** Stories of at most so many steps. They shrink by dropping steps. */
export function stories(maxLength = 40): fc.Arbitrary<readonly StoryStep[]> {
  const step = fc.record({
    wait: fc.constantFrom(0, 1, 60_000, hour, day, 20 * day, 46 * day, 60 * day, 60 * day + 1),
    pick: fc.nat(),
    anybody: fc.boolean(),
  })
  return fc.array(step, { maxLength, size: 'max' })
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

/** Worlds that were lived in: a beginning, then a story. Every event in them was decided by the rules. */
export function livedWorlds(rules: Rules, maxLength = 40): fc.Arbitrary<World> {
  const how = fc.record({
    from: fc.constantFrom(...beginnings),
    kind: fc.constantFrom('app', 'service'),
    story: stories(maxLength),
  })
  return how.map(({ from, kind, story }) => told(story.reduce(tell, begin(rules, from, kind))))
}

/** A world that a failing property prints as the story of what was asked. */
function told(world: World): World {
  const lines = world.asked.map(({ command, facts, answer }) => {
    const outcome =
      'refused' in answer
        ? `refused: ${answer.refused.code}`
        : answer.map(({ type }) => type).join(', ') || 'nothing to do'
    return `${facts.now} ${facts.asker.name} asks ${JSON.stringify(command)} → ${outcome}`
  })
  return Object.defineProperty({ ...world }, fc.toStringMethod, {
    value: () => `\n${[...lines, `now ${world.now}`].join('\n')}\n`,
  })
}

/** One step further in a story. Moves that change something are preferred, so that the story goes on. */
export function tell(world: World, { wait: pause, pick, anybody }: StoryStep): World {
  const waited = wait(world, pause)
  if (!anybody) return fruitfulStep(waited, pick)
  const moves = movesFor(waited)
  const move = moves[pick % moves.length]
  return move ? ask(waited, move.by, move.command) : waited
}

/** The first of the likely moves, from this one on, that changes something; the world as it is when none does. */
function fruitfulStep(world: World, pick: number): World {
  const moves = likelyMoves(world)
  for (let index = 0; index < moves.length; index += 1) {
    const move = moves[(pick + index) % moves.length]
    const next = move ? ask(world, move.by, move.command) : world
    if (next.events.length > world.events.length) return next
  }
  return world
}

/** A world at one of the beginnings. */
export function begin(rules: Rules, from: Beginning, kind: string = 'app'): World {
  const acts = beginnings.indexOf(from)
  return script(kind)
    .slice(0, acts)
    .flat()
    .reduce((world, move) => play(world, move), emptyWorld(rules))
}

type Scripted = Move | ((world: World) => Move)

function play(world: World, move: Scripted): World {
  const { by, command } = typeof move === 'function' ? move(world) : move
  return ask(wait(world, 60_000), by, command)
}

function script(kind: string): readonly (readonly Scripted[])[] {
  const { ada, luc, sam, vic, rita, olaf, zoe } = people
  const changes = kind === 'service' ? serviceSample : appSample
  const onListing = (by: Move['by'], type: string, payload: object = {}): Move => ({
    by,
    command: { type, listingId, ...payload },
  })
  const onPublisher = (by: Move['by'], type: string, payload: object = {}): Move => ({
    by,
    command: { type, publisherId, ...payload },
  })
  const required = kind === 'service' ? ['content', 'proofOfAbility'] : ['content']
  const approvedBy =
    (by: Move['by']) =>
    ({ listing: { working } }: World): Move =>
      onListing(
        by,
        'Approve',
        'submission' in working
          ? { submissionId: working.submission.id, contentHash: working.submission.contentHash }
          : {},
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
    [onListing(ada, 'StartRevision'), onListing(ada, 'Revise', { changes: { headline: 'Better than before' } })],
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
