import { type Span, type Tracer, type TracerProvider, trace } from '@opentelemetry/api'
import type { Message, SendOutcome } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { enquiry, memoryNotifier } from '@vitrine/testing'
import { afterEach, expect, it } from 'vitest'
import type { Logger } from '../src/index.js'
import { boxes, telling } from './message-stage.js'
import { ada, allEvents, approve, day, done, draftIn, luc } from './stage.js'
import { mailboxes, tell } from './tell.js'

afterEach(() => trace.disable())

/** Everything that is said of what goes on: to the logger, and to whoever traces. */
function listening() {
  const said: unknown[] = []
  const log = (message: string, facts?: object) => said.push({ message, facts })
  const span = {
    spanContext: () => ({ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 }),
    setStatus: () => span,
    setAttribute: () => span,
    recordException: (error: Error) => said.push(String(error)),
    end: () => undefined,
  } as object as Span
  const startSpan = (name: string, options: object) => {
    said.push({ name, options })
    return span
  }
  const logger: Logger = { debug: log, info: log, warn: log, error: log }
  trace.setGlobalTracerProvider({ getTracer: () => ({ startSpan }) as object as Tracer } as TracerProvider)
  return { said, logger }
}

/** A receiver that repeats all that it knows of the address, whatever it answers; or throws it. */
function talkative(message: Message<object>, attempt: number): SendOutcome {
  const text = `550 ${JSON.stringify(message.address)} is busy`
  if (attempt === 1) return { outcome: 'failed', reason: text }
  if (attempt === 2) throw new Error(text)
  const isOdd = message.id.charCodeAt(0) % 2 === 1
  return isOdd ? { outcome: 'refused', reason: text } : { outcome: 'delivered', receipt: text }
}

it('C10 no log line, span, error, stored event or document holds an address, a secret or what a message says', async () => {
  const { said, logger } = listening()
  const store = memoryStore()
  const email = memoryNotifier({ answer: talkative })
  const wild = { ...email, send: (...given: Parameters<typeof email.send>) => loud(email.send(...given)) }
  const contact = (actorId: string) => {
    if (contacts++ % 5 === 1) throw new Error(`${actorId}@mail.example is not in the directory`)
    return mailboxes.contact(actorId)
  }
  let contacts = 0
  const { market, publisherId, clock } = await telling({
    store,
    logger,
    notifiers: [wild],
    people: { ...mailboxes, contact },
    policies: [tell],
  })
  await done(market, { type: 'InviteMember', publisherId, email: 'ina@mail.example', role: 'sales' }, { by: ada })
  await done(market, { type: 'SetNotificationAddress', publisherId, email: 'team@mail.example' }, { by: ada })
  const listingId = await draftIn(market, publisherId)
  await approve(market, listingId)
  await done(market, { type: 'Publish', listingId, revision: 1 }, { by: luc })
  await done(market, { type: 'CaptureLead', listingId, ...enquiry }, { by: 'visitor' })
  const second = await draftIn(market, publisherId, 'Second')
  await done(market, { type: 'Submit', listingId: second, publishMode: 'manual' }, { by: luc })
  for (let n = 0; n < 8; n += 1) {
    await market.catchUp().catch((error: unknown) => said.push(String(error)))
    clock.wait(day / 8)
  }

  expect(new Set(boxes(email.attempts))).toEqual(new Set(['u-ada', 'u-rita', 'ina', 'team']))
  const personal = email.attempts.flatMap(({ address, facts }) => [...textsOf(address), ...textsOf(facts)])
  const secrets = [...new Set(personal)].filter((text) => /@|#|whsec|Nora|bank/.test(text))
  expect(secrets.length).toBeGreaterThan(6)
  const { messages } = await store.open()
  const documents = await market.asOperator.messages.find({ limit: 1000 })
  expect(documents.documents.length).toBeGreaterThan(5)
  const traces = JSON.stringify([
    said,
    await allEvents(messages),
    documents,
    await market.health(),
    await market.parked(),
  ])
  expect(traces).toContain('is busy')
  for (const secret of secrets) expect(traces, secret).not.toContain(secret)
  expect(traces).not.toMatch(/@mail\.example|@northwind/)
})

/** The same answer; what is thrown is thrown to whoever sends. */
async function loud(answer: Promise<SendOutcome>): Promise<SendOutcome> {
  const outcome = await answer
  if (outcome.outcome === 'failed' && outcome.reason === 'The receiver threw.') throw new Error('to team@mail.example')
  return outcome
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}
