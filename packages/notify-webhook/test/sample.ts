import { randomBytes } from 'node:crypto'
import type { FactsOf, Message, SendOutcome } from '@vitrine/core'
import { type WebhookNotifierOptions, webhookNotifier } from '../src/index.js'

/** A secret as publishers get them. */
export function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

export const secret = newSecret()
export const listingId = '0d9a6c1e-56a8-4c2f-9d51-9f3a3f2b7c11'

const about = {
  listingId,
  listingName: 'Ledgerline',
  publisherName: 'Marsh Software',
  page: `https://market.example/publisher/listings/${listingId}`,
}

export const rejected: FactsOf<'rejected'> = {
  ...about,
  reasons: [{ field: 'headline', seen: 'It says “every figure” ✓', howToFix: 'Say which ones, and who checks them.' }],
}

export const captured: FactsOf<'lead-captured'> = {
  ...about,
  leadId: '5b8b1fd2-3b3e-4f2e-8d7a-2d0c5f3c9a10',
  from: { name: 'Noor Haddad', email: 'noor@customer.example', phone: '+33 1 23 45 67 89', company: 'Haddad & Fils' },
  message: 'Please call me before Friday.',
}

/** A message to a webhook, with everything that a test does not name. */
export function message(url: string, changes: Partial<Message<object>> = {}): Message<object> {
  return {
    id: '018f3f6e-3a52-7c1e-8a44-0d5a5c7be001',
    kind: 'rejected',
    address: { by: 'webhook', url, secrets: [secret] },
    locale: 'en',
    thread: `listing-${listingId}`,
    occurredAt: '2026-03-01T09:00:00.000Z',
    facts: rejected,
    ...changes,
  }
}

/** As a marketplace has it, with receivers on this machine allowed. */
export const local: WebhookNotifierOptions = {
  source: 'https://market.example',
  allowedNetworks: ['127.0.0.0/8'],
  lookup: async () => ['127.0.0.1'],
}

/** One attempt by a notifier of its own. */
export async function send(
  one: Message<object>,
  options: Partial<WebhookNotifierOptions> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<SendOutcome> {
  const notifier = webhookNotifier({ ...local, ...options })
  const outcome = await notifier.send(one, { signal })
  await notifier.close()
  return outcome
}
