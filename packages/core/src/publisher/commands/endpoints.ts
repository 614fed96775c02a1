import * as z from 'zod'
import { daysAfter } from '../../days-after.js'
import { unknown } from '../../decide.js'
import { id } from '../../id.js'
import { type MessageKind, messageKindNames, messageKinds } from '../../message-kinds.js'
import { type Refused, refuse } from '../../refusal.js'
import { endpointIn, type Publisher } from '../state.js'
import { endpointSubject } from '../subjects.js'
import { administrators, dataOf, publisherRow } from './publisher-row.js'

/** So many endpoints a publisher may have. */
const mostEndpoints = 20

/** The kinds of messages that can go to an endpoint: those to the publisher itself. */
const endpointKinds = messageKindNames.filter((kind) => messageKinds[kind].to === 'publisher')

const url = z
  .string()
  .trim()
  .max(2_000)
  .refine(isEndpointUrl, 'an https URL is expected, without a name and password in it; http for localhost alone')
const kinds = z
  .array(z.enum(endpointKinds as [MessageKind, ...MessageKind[]]))
  .min(1)
  .transform((names) => [...new Set(names)].toSorted())

export const addEndpoint = publisherRow(
  'AddEndpoint',
  { url, kinds: kinds.optional() },
  {
    who: administrators,
    when: `there are fewer than ${mostEndpoints}; the secret by which it knows the messages is in the answer. All kinds that go to the publisher, when none is named`,
    subject: (_command, made) => endpointSubject(made.id),
    secret: signingSecret,
    writes: ['EndpointAdded'],
    may: ({ endpoints }) => (Object.keys(endpoints).length < mostEndpoints ? undefined : tooMany),
    does: ({ url, kinds }, _publisher, { made }) => {
      const data = { endpointId: made.id, url, secret: made.secret!.sealed }
      return [{ type: 'EndpointAdded', data: kinds ? { ...data, kinds } : data }]
    },
    commandOf: (events, { id: publisherId }) => {
      const { endpointId, url, kinds, secret } = dataOf(events, 'EndpointAdded')
      const command = { type: 'AddEndpoint' as const, publisherId, url }
      const made = { id: endpointId, secret: { hash: '', sealed: secret } }
      return { command: kinds ? { ...command, kinds: kinds as MessageKind[] } : command, made }
    },
  },
)

export const disableEndpoint = publisherRow(
  'DisableEndpoint',
  { endpointId: id },
  {
    who: { ...administrators, system: true },
    when: 'by the system when its receiver says that it is gone',
    writes: ['EndpointDisabled'],
    already: ({ endpointId }, publisher) => endpointIn(publisher, endpointId)?.status === 'disabled',
    may: withoutEndpoints,
    does: ({ endpointId }, publisher, { asker }) => {
      const data = asker.system ? { endpointId, cause: 'gone' as const } : { endpointId }
      return endpointIn(publisher, endpointId) ? [{ type: 'EndpointDisabled', data }] : unknown('endpoint')
    },
    commandOf: (events, { id: publisherId }) => ({
      command: { type: 'DisableEndpoint', publisherId, endpointId: dataOf(events, 'EndpointDisabled').endpointId },
      made: {},
    }),
  },
)

export const enableEndpoint = publisherRow(
  'EnableEndpoint',
  { endpointId: id },
  {
    who: administrators,
    writes: ['EndpointEnabled'],
    already: ({ endpointId }, publisher) => endpointIn(publisher, endpointId)?.status === 'enabled',
    may: withoutEndpoints,
    does: ({ endpointId }, publisher) =>
      endpointIn(publisher, endpointId) ? [{ type: 'EndpointEnabled', data: { endpointId } }] : unknown('endpoint'),
    commandOf: (events, { id: publisherId }) => ({
      command: { type: 'EnableEndpoint', publisherId, ...dataOf(events, 'EndpointEnabled') },
      made: {},
    }),
  },
)

export const removeEndpoint = publisherRow(
  'RemoveEndpoint',
  { endpointId: id },
  {
    who: administrators,
    when: 'its secrets are erased',
    writes: ['EndpointRemoved'],
    may: withoutEndpoints,
    does: ({ endpointId }, publisher) =>
      endpointIn(publisher, endpointId) ? [{ type: 'EndpointRemoved', data: { endpointId } }] : unknown('endpoint'),
    commandOf: (events, { id: publisherId }) => ({
      command: { type: 'RemoveEndpoint', publisherId, ...dataOf(events, 'EndpointRemoved') },
      made: {},
    }),
  },
)

export const rotateEndpointSecret = publisherRow(
  'RotateEndpointSecret',
  { endpointId: id },
  {
    who: administrators,
    when: 'messages are signed with the new secret and the one before, for 24 hours; then with the new one alone',
    subject: ({ endpointId }) => endpointSubject(endpointId),
    secret: signingSecret,
    writes: ['EndpointSecretRotated'],
    may: withoutEndpoints,
    does: ({ endpointId }, publisher, { made, now }) => {
      const data = { endpointId, secret: made.secret!.sealed, until: daysAfter(now, 1) }
      return endpointIn(publisher, endpointId) ? [{ type: 'EndpointSecretRotated', data }] : unknown('endpoint')
    },
    commandOf: (events, { id: publisherId }) => {
      const { endpointId, secret } = dataOf(events, 'EndpointSecretRotated')
      const made = { secret: { hash: '', sealed: secret } }
      return { command: { type: 'RotateEndpointSecret', publisherId, endpointId }, made }
    },
  },
)

/** As receivers of webhooks expect it: `whsec_`, and the bytes of the token in base64 with its padding. */
export function signingSecret(token: string): string {
  const text = token.replaceAll('-', '+').replaceAll('_', '/')
  return `whsec_${text.padEnd(Math.ceil(text.length / 4) * 4, '=')}`
}

const tooMany = refuse('too-many-endpoints', `A publisher has ${mostEndpoints} endpoints at most. Remove one first.`)
const noEndpoint = refuse('no-endpoint', 'The publisher has no endpoint.')

function withoutEndpoints({ endpoints }: Publisher): Refused | undefined {
  return Object.keys(endpoints).length > 0 ? undefined : noEndpoint
}

function isEndpointUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password, hash } = new URL(text)
  if (username !== '' || password !== '' || hash !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost')
}
