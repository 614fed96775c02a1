import type { SendOutcome } from '@vitrine/core'

/**
 * What became of an attempt that a mail server, or the way to it, put an end to. Only what a server says for good of this
 * message is a refusal: of the sender, the recipient or the message itself, with a code from 500 on. That it wants other
 * credentials or encryption can be mended, so it is a failure.
 */
export function outcomeOf(fault: unknown): SendOutcome {
  const { code, command, responseCode, response } = factsOf(fault)
  if (responseCode === undefined) return { outcome: 'failed', reason: brokenOff(code) }
  const isFinal = responseCode >= 500 && says.has(command) && !aboutAccess.has(responseCode)
  const status = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1]
  const numbers = status === undefined ? `${responseCode}` : `${responseCode} ${status}`
  const reason = `The mail server answered ${numbers}${says.get(command) ?? ' before it was given the message'}.`
  return { outcome: isFinal ? 'refused' : 'failed', reason }
}

const says: ReadonlyMap<string, string> = new Map([
  ['MAIL FROM', ' to the sender'],
  ['RCPT TO', ' to the recipient'],
  ['DATA', ' to the message'],
])

/** STARTTLS or signing in is asked for, or failed. */
const aboutAccess: ReadonlySet<number> = new Set([530, 534, 535, 538])

const phrases: ReadonlyMap<string, string> = new Map([
  ['ETIMEDOUT', 'The mail server did not answer in time; whether it took the message is unknown'],
  ['ECONNECTION', 'The connection to the mail server ended; whether it took the message is unknown'],
  ['ESOCKET', 'The connection to the mail server failed; whether it took the message is unknown'],
  ['EDNS', 'The mail server was not found'],
  ['ETLS', 'No encrypted connection to the mail server could be made'],
  ['EAUTH', 'Signing in at the mail server failed'],
  ['ENOAUTH', 'The mail server wants credentials, and there are none'],
  ['EPROTOCOL', 'The mail server answered what is no SMTP'],
])

function brokenOff(code: string): string {
  const phrase = phrases.get(code) ?? 'The transport failed'
  return /^[A-Z][A-Z0-9_]{1,30}$/.test(code) ? `${phrase} (${code}).` : `${phrase}.`
}

/** Of what a transport throws, what holds nothing personal; of the answer only its beginning is ever used. */
function factsOf(fault: unknown) {
  const { code, command, responseCode, response } = Object(fault) as { readonly [fact: string]: unknown }
  return {
    code: typeof code === 'string' ? code : '',
    command: typeof command === 'string' ? command : '',
    responseCode: typeof responseCode === 'number' ? responseCode : undefined,
    response: typeof response === 'string' ? response : '',
  }
}
