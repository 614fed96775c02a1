import * as z from 'zod'
import { memberRoles } from '../../actor.js'
import { daysAfter } from '../../days-after.js'
import { unknown } from '../../decide.js'
import { email } from '../../email.js'
import { id } from '../../id.js'
import { personal } from '../../personal.js'
import { refuse } from '../../refusal.js'
import { memberIn } from '../state.js'
import { invitationSubject } from '../subjects.js'
import { administrators, dataOf, locale, publisherRow, role } from './publisher-row.js'
import { memberAlready } from './team.js'

export const inviteMember = publisherRow(
  'InviteMember',
  { email: personal(email), role, locale },
  {
    who: administrators,
    when: 'the invitation is open for as many days as the rules say, 14 by default; its secret reaches the invitee alone',
    subject: (_command, made) => invitationSubject(made.id),
    secret: (token) => token,
    writes: ['MemberInvited'],
    does: ({ email, role, locale }, _publisher, { now, rules, made }) => {
      const { hash: secretHash, sealed: secret } = made.secret!
      const until = daysAfter(now, rules.invitationDays)
      return [
        { type: 'MemberInvited', data: { invitationId: made.id, email, role, locale, until, secretHash, secret } },
      ]
    },
    commandOf: (events, { id: publisherId }) => {
      const { invitationId, email, role, locale, secretHash, secret } = dataOf(events, 'MemberInvited')
      const made = { id: invitationId, secret: { hash: secretHash, sealed: secret } }
      return { command: { type: 'InviteMember', publisherId, email, role, locale }, made }
    },
  },
)

export const revokeInvitation = publisherRow(
  'RevokeInvitation',
  { invitationId: id },
  {
    who: administrators,
    when: 'nobody has accepted it, also when its time is over; the address that it was written to is erased',
    writes: ['InvitationRevoked'],
    already: ({ invitationId }, { endedInvitations }) => endedInvitations[invitationId] === 'revoked',
    may: ({ invitations }) => (Object.keys(invitations).length > 0 ? undefined : noInvitation),
    does: ({ invitationId }, { invitations, endedInvitations }) => {
      if (endedInvitations[invitationId]) return invitationUsed
      return invitations[invitationId] ? [{ type: 'InvitationRevoked', data: { invitationId } }] : unknown('invitation')
    },
    commandOf: (events, { id: publisherId }) => ({
      command: { type: 'RevokeInvitation', publisherId, ...dataOf(events, 'InvitationRevoked') },
      made: {},
    }),
  },
)

export const acceptInvitation = publisherRow(
  'AcceptInvitation',
  { invitationId: id, secret: z.string().min(1).max(200) },
  {
    who: { person: true, members: memberRoles },
    strangersSee: 'invitation',
    when: 'they hold the secret of an open invitation, which is used once, and it is not past its `until`; they are not on the team yet',
    writes: ['MemberJoined'],
    /** It is decided by the hash alone: what is compared, kept and audited never holds the secret itself. */
    prepare: (command, _publisher, { sha256 }) => ({ ...command, secret: sha256(command.secret) }),
    already: ({ invitationId, secret }, publisher, { asker }) =>
      memberIn(publisher, asker.id)?.invitationId === invitationId && publisher.secrets[invitationId] === secret,
    may: (publisher, { asker }) => memberAlready(memberIn(publisher, asker.id)),
    does: ({ invitationId, secret }, { invitations, secrets }, { asker, now }) => {
      const invitation = invitations[invitationId]
      if (!invitation || secrets[invitationId] !== secret) return unknown('invitation')
      const { role, locale, until } = invitation
      if (now > until) return refuse('invitation-expired', `The invitation was open until ${until}.`, { until })
      return [{ type: 'MemberJoined', data: { actorId: asker.id, name: asker.name, role, invitationId, locale } }]
    },
    commandOf: (events, { id: publisherId, secrets }) => {
      const { invitationId } = dataOf(events, 'MemberJoined')
      return {
        command: {
          type: 'AcceptInvitation',
          publisherId,
          invitationId: invitationId!,
          secret: secrets[invitationId!]!,
        },
        made: {},
      }
    },
  },
)

const noInvitation = refuse('no-invitation', 'No invitation is open.')
const invitationUsed = refuse(
  'invitation-used',
  'Somebody joined by this invitation. Remove them from the team instead.',
)
