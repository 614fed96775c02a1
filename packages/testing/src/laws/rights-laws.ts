import { type AnyCommand, isRefused, leadRows, roleOf } from '@vitrine/core'
import { lifecycleTable } from '../lifecycle/lifecycle-table.js'
import { payloadsFor } from '../moves.js'
import { people, staffOf } from '../people.js'
import { answerOf, ask, factsFor } from '../world.js'
import { firstOf, type Law, writtenIn } from './law.js'

/** Who may ask for what of publishers and leads, as the domain has it; of listings the table of the lifecycle says it. */
const holders: { readonly [role: string]: string } = {
  person: 'Register AcceptInvitation',
  visitor: 'CaptureLead',
  operator: `ApprovePublisher RefusePublisher SuspendPublisher ReinstatePublisher GrantAutoPublish RevokeAutoPublish
    GrantAutoApproval RevokeAutoApproval EraseLead`,
  system: 'RecordResponseOverdue UnassignLead DisableEndpoint',
  administrator: `UpdateProfile AddMember ChangeRole RemoveMember InviteMember RevokeInvitation SetNotificationAddress
    RemoveNotificationAddress SetNotificationPreferences AddEndpoint DisableEndpoint EnableEndpoint RotateEndpointSecret
    RemoveEndpoint AssignLead UnassignLead MarkContacted MarkPurchased MarkDelivered MarkLost ReopenLead AddLeadNote EraseLead`,
  sales: `RemoveMember SetNotificationPreferences AssignLead UnassignLead MarkContacted MarkPurchased MarkDelivered MarkLost
    ReopenLead AddLeadNote`,
  lister: 'RemoveMember SetNotificationPreferences',
  viewer: 'RemoveMember SetNotificationPreferences',
}

/** Only who holds the right moves things, and others learn nothing. */
export const rightsLaws: readonly Law[] = [
  {
    title: 'only who holds the right to it moves anything',
    breach: (world) =>
      firstOf(writtenIn(world), ({ command, facts: { asker } }) =>
        mayAsk(roleOf(asker), command) ? undefined : `${command.type} was done for ${asker.name}, ${roleOf(asker)}.`,
      ),
  },
  {
    title: 'T34 a stranger gets the answer of an unknown id, whatever the state',
    breach: (world) =>
      firstOf(payloadsFor(world), (command) => {
        if (command.type === 'Register') return undefined
        const asked = command.type === 'AcceptInvitation' ? { ...command, secret: 'a wrong one' } : command
        const answer = answerOf(ask(world, { id: 'u-nobody', name: 'Nobody Known' }, asked))
        const said = isRefused(answer) ? answer.refused.code : 'accepted'
        if (/^unknown-(listing|publisher|kind|lead|invitation)$/.test(said)) return undefined
        return `A stranger asks for ${command.type} and is answered: ${said}.`
      }),
  },
  {
    title: 'T34 to a lister and to who left the team every lead is an unknown one',
    breach: (world) =>
      firstOf(Object.values(people), (by) => {
        const { member } = factsFor(world, by).asker
        if (member !== 'lister' && (member !== undefined || staffOf(by.id) !== undefined)) return undefined
        return firstOf(
          payloadsFor(world).filter(({ type }) => type in leadRows),
          (command) => {
            const answer = answerOf(ask(world, by, command))
            const said = isRefused(answer) ? answer.refused.code : 'accepted'
            if (said === 'unknown-lead' || said === 'unknown-listing') return undefined
            return `${by.name} asks for ${command.type} and is answered: ${said}.`
          },
        )
      }),
  },
]

function mayAsk(role: string, { type }: AnyCommand): boolean {
  const rows = lifecycleTable.filter(({ deed }) => deed.split(': ')[0] === type)
  if (rows.length > 0) return rows.some(({ who }) => who.some((one) => one === role))
  return (holders[role] ?? '').split(/\s+/).includes(type)
}
