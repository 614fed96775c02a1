import type { Message, MessageFacts } from '@vitrine/core'

/** What Standard Webhooks asks for: less than 20 kB, so that receivers may bound what they read. */
const largestBody = 20_000

/** Of a lead, where it is and what it is about. Who asks, and for what, is read where it can be withheld and erased. */
const ofLead: ReadonlySet<string> = new Set([
  'listingId',
  'listingName',
  'publisherName',
  'page',
  'leadId',
] satisfies (keyof MessageFacts['lead-captured'])[])

/** Names of whoever sends: the `source` of all events, and what their types begin with. */
export interface Sender {
  readonly source: string
  readonly typePrefix: string
}

/** A message as a CloudEvent 1.0 in JSON: the bytes to sign and to send, or a sentence on why there are none. */
export function cloudEvent(message: Message<object>, sender: Sender): Buffer | string {
  if (message.kind === 'invitation') return 'An invitation holds a secret for one person, and goes to no webhook.'
  const data = plain(factsToSend(message))
  if (data === undefined) return 'The facts cannot be written as JSON.'
  const whole = written(message, sender, data)
  if (whole.length < largestBody) return whole
  const cut = written(message, sender, shortened(data, whole.length))
  return cut.length < largestBody ? cut : 'The facts are too large for a webhook, even without their largest.'
}

function factsToSend({ kind, facts }: Message<object>): object {
  return kind === 'lead-captured'
    ? Object.fromEntries(Object.entries(facts).filter(([name]) => ofLead.has(name)))
    : facts
}

/** The facts as JSON has them; `undefined` when it cannot. */
function plain(facts: object): { readonly [fact: string]: unknown } | undefined {
  try {
    const data: unknown = JSON.parse(JSON.stringify(facts))
    return typeof data === 'object' && data !== null ? { ...data } : undefined
  } catch {
    return undefined
  }
}

function written(
  message: Message<object>,
  { source, typePrefix }: Sender,
  data: { readonly listingId?: unknown },
): Buffer {
  const event = {
    specversion: '1.0',
    id: message.id,
    source,
    type: `${typePrefix}.${message.kind}.v1`,
    subject: typeof data.listingId === 'string' ? data.listingId : message.thread,
    time: message.occurredAt,
    datacontenttype: 'application/json',
    data,
  }
  return Buffer.from(JSON.stringify(event))
}

/** Without the largest facts, whose names stand in `cut`: what is left are the short ones, ids and links among them. */
function shortened(data: { readonly [fact: string]: unknown }, size: number): { readonly [fact: string]: unknown } {
  const cut = new Set<string>()
  let left = size + '"cut":[],'.length
  for (const [name, bytes] of largestFirst(data)) {
    if (left < largestBody) break
    cut.add(name)
    left -= bytes
  }
  return { ...Object.fromEntries(Object.entries(data).filter(([name]) => !cut.has(name))), cut: [...cut] }
}

function largestFirst(data: object): readonly (readonly [string, number])[] {
  return Object.entries(data)
    .map(([name, value]) => [name, Buffer.byteLength(JSON.stringify(value))] as const)
    .toSorted(([, one], [, other]) => other - one)
}
