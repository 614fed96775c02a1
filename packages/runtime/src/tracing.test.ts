import { type Span, type Tracer, type TracerProvider, trace } from '@opentelemetry/api'
import { memoryStore } from '@vitrine/store-memory'
import { afterEach, expect, it } from 'vitest'
import { begin, telling } from '../test/message-stage.js'
import { allEvents, draftIn, open, publisherIn } from '../test/stage.js'
import { noTracing, openTracing } from './tracing.js'

afterEach(() => trace.disable())

/** A tracer that remembers its spans by name, and what they say, and gives each a context. */
function tracerOf(names: string[], said: string[] = []): TracerProvider {
  const span = {
    spanContext: () => ({ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 }),
    setStatus: () => span,
    end: () => {},
  } as object as Span
  const startSpan = (name: string, options: object) => {
    names.push(name)
    said.push(name, JSON.stringify(options))
    return span
  }
  return { getTracer: () => ({ startSpan }) as object as Tracer }
}

it('spans stand around commands, views and policies where OpenTelemetry is set up', async () => {
  const names: string[] = []
  trace.setGlobalTracerProvider(tracerOf(names))
  const market = await open({ store: memoryStore() })
  await draftIn(market, await publisherIn(market))
  await market.catchUp()
  expect(names).toContain('execute Register')
  expect(names).toContain('view catalogue')
  expect(names).toContain('policy publish-on-approval')
})

it('spans stand around appends and deliveries too, and say nothing of what is in them', async () => {
  const names: string[] = []
  const said: string[] = []
  trace.setGlobalTracerProvider(tracerOf(names, said))
  const { market, publisherId } = await telling()
  await begin(market, publisherId)
  await market.catchUp()
  expect(names).toContain('append')
  expect(names.filter((name) => name === 'deliver draft-begun')).toHaveLength(2)
  expect(said.join()).not.toMatch(/Ledgerline|Marsh|@/)
})

it('without it nothing is traced, and events carry no trace', async () => {
  const store = memoryStore()
  const market = await open({ store })
  await publisherIn(market)
  expect((await allEvents((await store.open()).log))[0]?.metadata).not.toHaveProperty('traceparent')
  expect(await noTracing.span('x', {}, async () => 7)).toBe(7)
  expect(noTracing.traceparent()).toBeUndefined()
  expect((await openTracing()).traceparent()).toBeUndefined()
})

it('what a span surrounds fails as it would fail without', async () => {
  const tracing = await openTracing()
  const fault = new Error('A fault')
  await expect(tracing.span('x', {}, () => Promise.reject(fault))).rejects.toBe(fault)
})
