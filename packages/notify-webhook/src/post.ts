import { Agent, type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { type AgentOptions, Agent as HttpsAgent, request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import type { Destination } from './destination.js'

/** What matters of an answer. The body is no part of it: nothing that a receiver writes there is kept. */
export interface Answer {
  readonly status: number
  readonly retryAfter: string | undefined
  readonly date: string | undefined
}

/** One request: what is sent, and for how long somebody waits. */
export interface Posting {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly signal: AbortSignal
  connected(): void
}

/**
 * Posts to the addresses of the destination and to no other: the host is not looked up again, but stands in the `Host`
 * header and is what the certificate must be for. Redirects are not followed, cookies not kept, bodies not unpacked.
 * Fails when there is no answer.
 */
export type Post = (to: Destination, posting: Posting) => Promise<Answer>

/** How much of a body is read, and how long, so that a receiver is not cut off while it writes something short. */
const mostBodyBytes = 16_384
const bodyPatience = 1000

/** Answers before the answer (`103 Early Hints`): some are usual, a stream of them is not. */
const mostInterim = 8

const bounds = {
  maxHeaderSize: 16_384,
  // Every address gets the time for a slow connection: Node gives up the first one after a quarter of a second.
  autoSelectFamily: true,
  autoSelectFamilyAttemptTimeout: 1000,
}

/**
 * Connections of one's own: those of the process may go through a proxy, which would look the host up once more. Each is
 * used once, and no session is resumed, so that every attempt is checked like the first.
 */
export function connections(ca: AgentOptions['ca']): { readonly post: Post; close(): void } {
  const plain = new Agent({ keepAlive: false })
  const secure = new HttpsAgent({ keepAlive: false, maxCachedSessions: 0, rejectUnauthorized: true, ca })
  return {
    post: (to, posting) =>
      answerTo(
        to.url.protocol === 'https:'
          ? posted(requestHttps, { agent: secure, ready: 'secureConnect' }, to, posting)
          : posted(requestHttp, { agent: plain, ready: 'connect' }, to, posting),
      ),
    close: () => {
      plain.destroy()
      secure.destroy()
    },
  }
}

function posted(
  request: typeof requestHttp,
  { agent, ready }: { readonly agent: Agent; readonly ready: 'connect' | 'secureConnect' },
  to: Destination,
  { headers, body, signal, connected }: Posting,
): ClientRequest {
  const all = { ...headers, 'content-length': body.length }
  const options = { ...bounds, agent, method: 'POST', headers: all, lookup: pinnedTo(to), signal }
  const posted = request(to.url, options)
  posted.once('socket', (socket) => socket.once(ready, connected))
  posted.end(body)
  return posted
}

function pinnedTo({ addresses }: Destination): LookupFunction {
  return (_host, _options, found) => found(null, [...addresses])
}

function answerTo(request: ClientRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let interim = 0
    request.on('information', () => {
      interim += 1
      if (interim > mostInterim) request.destroy(new Error('too many interim answers'))
    })
    // Once there are headers the answer is known, and what happens to the connection no longer matters.
    request.once('response', (response) => {
      request.off('close', closed)
      void skimmed(response).then(() => resolve(answerIn(response)))
    })
    const closed = () => reject(fault)
    let fault = new Error('closed without an answer')
    request.on('error', (met) => {
      fault = met
    })
    request.once('close', closed)
  })
}

/** Ends when the body does, or is cut off. The status stands, whatever becomes of the body. */
function skimmed(response: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let bytes = 0
    const timer = setTimeout(() => response.destroy(), bodyPatience)
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > mostBodyBytes) response.destroy()
    })
    response.on('error', () => {})
    response.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

function answerIn({ statusCode = 0, headers }: IncomingMessage): Answer {
  return { status: statusCode, retryAfter: headers['retry-after'], date: headers.date }
}
