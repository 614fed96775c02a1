import type { Message, Notifier, SendOutcome } from '@vitrine/core'
import { cloudEvent, type Sender } from './cloud-event.js'
import { destinationOf, type WaysOut } from './destination.js'
import { faultInWords, outcomeOf } from './outcome.js'
import { connections, type Post } from './post.js'
import { settingsOf, type WebhookNotifierOptions } from './settings.js'
import { keysOf, signedHeaders } from './signature.js'
import { type TimeLimit, timeLimit } from './time-limit.js'

/** What is posted: the body, and headers that are made from it. */
interface Letter {
  readonly url: string
  readonly body: Buffer
  readonly headers: Readonly<Record<string, string>>
}

/** How it is sent. */
interface Way {
  readonly ways: WaysOut
  readonly limit: TimeLimit
  readonly post: Post
}

/**
 * A notifier that posts messages to `{ by: 'webhook' }` addresses: a CloudEvent 1.0 in JSON, signed by Standard Webhooks
 * 1.0. It connects to public addresses only, unless told otherwise. Throws `bad-settings` when the options make no sense.
 */
export function webhookNotifier(options: WebhookNotifierOptions): Notifier {
  const settings = settingsOf(options)
  const { post, close } = connections(options.ca)
  const underWay = new Set<Promise<SendOutcome>>()
  let isClosed = false
  return {
    name: 'webhook',
    by: 'webhook',
    send: async (message, { signal }) => {
      if (isClosed) return failed('The notifier is closed.')
      const letter = letterOf(message, settings)
      if ('outcome' in letter) return letter
      const limit = timeLimit(settings, signal)
      const attempt = sent(letter, { limit, post, ways: settings })
      underWay.add(attempt)
      return attempt.finally(() => {
        limit.end()
        underWay.delete(attempt)
      })
    },
    close: async () => {
      isClosed = true
      await Promise.all(underWay)
      close()
    },
  }
}

/** The message, ready to be posted; or why it never can be. */
function letterOf(message: Message<object>, sender: Sender): Letter | SendOutcome {
  const { address, id } = message
  if (address.by !== 'webhook') return refused('The address is not that of a webhook.')
  if (!/^[\w-]{1,128}$/.test(id)) return refused('The id of the message does not fit into a header.')
  const keys = keysOf(address.secrets)
  if (typeof keys === 'string') return refused(keys)
  const body = cloudEvent(message, sender)
  if (typeof body === 'string') return refused(body)
  const headers = { 'content-type': 'application/cloudevents+json; charset=utf-8', 'user-agent': 'vitrine-webhook' }
  return { url: address.url, body, headers: { ...headers, ...signedHeaders(id, Date.now(), body, keys) } }
}

async function sent({ url, ...letter }: Letter, { limit, ways, post }: Way): Promise<SendOutcome> {
  const { signal } = limit
  const to = await Promise.race([destinationOf(url, ways), aborted(signal)])
  if (to === 'aborted') return failed(String(signal.reason))
  if ('outcome' in to) return to
  return post(to, { ...letter, ...limit }).then(
    (answer) => outcomeOf(answer, Date.now()),
    (fault: unknown) => failed(signal.aborted ? String(signal.reason) : faultInWords(fault)),
  )
}

function aborted(signal: AbortSignal): Promise<'aborted'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('aborted')
    else signal.addEventListener('abort', () => resolve('aborted'), { once: true })
  })
}

function refused(reason: string): SendOutcome {
  return { outcome: 'refused', reason }
}

function failed(reason: string): SendOutcome {
  return { outcome: 'failed', reason }
}
