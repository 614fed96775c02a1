import * as z from 'zod'
import { memberRoles } from '../../actor.js'
import { email } from '../../email.js'
import { sameJson } from '../../json.js'
import { type MessageKind, messageKindNames, messageKinds } from '../../message-kinds.js'
import { personal } from '../../personal.js'
import { refuse } from '../../refusal.js'
import { memberIn } from '../state.js'
import { addressSubject } from '../subjects.js'
import { administrators, dataOf, locale, publisherRow } from './publisher-row.js'

export const setNotificationAddress = publisherRow(
  'SetNotificationAddress',
  { email: personal(email), locale },
  {
    who: administrators,
    when: 'the address before it is erased. It always writes: no two addresses share a key, so nobody can tell that they are the same',
    subject: (_command, made) => addressSubject(made.id),
    writes: ['NotificationAddressSet'],
    does: ({ email, locale }, { notificationAddress: before }, { made: { id: addressId } }) => {
      const data = { addressId, email, locale }
      return [{ type: 'NotificationAddressSet', data: before ? { ...data, replaces: before.id } : data }]
    },
    commandOf: (events, { id: publisherId }) => {
      const { addressId, email, locale } = dataOf(events, 'NotificationAddressSet')
      return { command: { type: 'SetNotificationAddress', publisherId, email, locale }, made: { id: addressId } }
    },
  },
)

export const removeNotificationAddress = publisherRow(
  'RemoveNotificationAddress',
  {},
  {
    who: administrators,
    when: 'the address is erased; messages go to the people on the team again',
    writes: ['NotificationAddressRemoved'],
    already: (_command, { notificationAddress }) => notificationAddress === undefined,
    does: (_command, { notificationAddress }) => [
      { type: 'NotificationAddressRemoved', data: { addressId: notificationAddress!.id } },
    ],
    commandOf: (_events, { id: publisherId }) => ({
      command: { type: 'RemoveNotificationAddress', publisherId },
      made: {},
    }),
  },
)

export const setNotificationPreferences = publisherRow(
  'SetNotificationPreferences',
  { muted: z.array(z.enum(messageKindNames)).transform(inOrder) },
  {
    who: { members: memberRoles },
    when: 'for oneself; no kind among them is mandatory',
    writes: ['NotificationPreferencesSet'],
    already: ({ muted }, publisher, { asker }) => sameJson(memberIn(publisher, asker.id)?.muted ?? [], muted),
    does: ({ muted }, _publisher, { asker }) => {
      const mandatory = muted.filter((kind) => messageKinds[kind].mandatory)
      if (mandatory.length > 0) return cannotMute(mandatory)
      return [{ type: 'NotificationPreferencesSet', data: { actorId: asker.id, muted } }]
    },
    commandOf: (events, { id: publisherId }) => {
      const muted = dataOf(events, 'NotificationPreferencesSet').muted as MessageKind[]
      return { command: { type: 'SetNotificationPreferences', publisherId, muted }, made: {} }
    },
  },
)

function inOrder<Kind extends string>(kinds: readonly Kind[]): Kind[] {
  return [...new Set(kinds)].sort()
}

function cannotMute(kinds: readonly string[]) {
  const [is, them] = kinds.length === 1 ? ['is a message', 'it'] : ['are messages', 'them']
  return refuse('mandatory-message', `${kinds.join(', ')} ${is} that everybody gets: nobody can mute ${them}.`, {
    kinds,
  })
}
