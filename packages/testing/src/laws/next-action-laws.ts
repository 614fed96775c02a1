import { type AnyCommand, isRefused, memberRoles, type NextAction, nextActions } from '@vitrine/core'
import { cast, payloadsFor } from '../moves.js'
import { people } from '../people.js'
import { answerOf, ask, type By, factsFor, leadFactsFor, publisherId, type World } from '../world.js'
import { firstOf, type Law } from './law.js'

const { ada, rita, olaf } = people

/** What people are told that they may do is what they may do. */
export const nextActionLaws: readonly Law[] = [
  {
    title: 'what nextActions refuses, decide refuses with the same code or answers without events',
    breach: (world) =>
      // Of what was never created only Create may be asked, and that names its publisher itself.
      world.listing.publisherId === '' ? undefined : firstOf(cast, (by) => allowedAllTheSame(world, by)),
  },
  {
    title: 'what nextActions allows, some payload gets through',
    breach: (world) => {
      const payloads = Map.groupBy([...payloadsFor(world), ...teamPayloads(world)], ({ type }) => type)
      return firstOf([ada, rita, olaf, 'visitor', 'system'] as const, (by) =>
        firstOf(nextIn(world, by), ({ command, refused }) => {
          if (refused) return undefined
          // Whoever is not on the team may hold a secret: whether there is an invitation is not for them to know.
          if (command === 'AcceptInvitation' && !hasOpenInvitation(world)) return undefined
          const through = (payloads.get(command) ?? []).some((payload) => !isRefused(answerOf(ask(world, by, payload))))
          return through ? undefined : `${command} is said to be possible for ${nameOf(by)}, and never gets through.`
        }),
      )
    },
  },
]

function allowedAllTheSame(world: World, by: By): string | undefined {
  const refusals = new Map(nextIn(world, by).map((one) => [one.command, one.refused?.code]))
  return firstOf(payloadsFor(world), (command) => {
    const code = refusals.get(command.type)
    if (code === undefined) return undefined
    const answer = answerOf(ask(world, by, command))
    if (
      isRefused(answer) ? [code, 'content-invalid', 'unknown-kind'].includes(answer.refused.code) : answer.length === 0
    )
      return undefined
    const said = isRefused(answer) ? answer.refused.code : answer.map(({ type }) => type).join(', ')
    return `${command.type} is said to be refused to ${nameOf(by)} with ${code}, and is answered: ${said}.`
  })
}

/** What may be asked next, of the listing, of its publisher and of the lead. */
function nextIn(world: World, by: By): readonly NextAction[] {
  const { aggregates, listing, publisher, lead } = world
  const facts = factsFor(world, by)
  return [
    ...nextActions(aggregates.listing, listing, facts),
    ...nextActions(aggregates.publisher, publisher, facts),
    ...nextActions(aggregates.lead, lead, leadFactsFor(world, by)),
  ]
}

function hasOpenInvitation({ publisher, now }: World): boolean {
  return Object.values(publisher.invitations).some(({ until }) => now <= until)
}

function teamPayloads({ publisher }: World): readonly AnyCommand[] {
  const ofMembers = Object.keys(publisher.members).flatMap((actorId) => [
    { type: 'RemoveMember', publisherId, actorId },
    ...memberRoles.map((role) => ({ type: 'ChangeRole', publisherId, actorId, role })),
  ])
  return [...ofMembers, { type: 'AddMember', publisherId, actorId: 'u-new', name: 'Nell Newly', role: 'viewer' }]
}

function nameOf(by: By): string {
  return typeof by === 'string' ? `the ${by}` : by.name
}
