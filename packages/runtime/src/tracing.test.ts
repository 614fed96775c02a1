import { type Span, type Tracer, type TracerProvider, trace } from '@opentelemetry/api'
import { memoryStore } from '@vitrine/store-memory'
import { afterEach, expect, it } from 'vitest'
import { allEvents, draftIn, open, publisherIn } from '../test/stage.js'
import { noTracing, openTracing } from './tracing.js'

afterEach(() => trace.disable())

/** A tracer that remembers the names of its spans, and gives each a context. */
function tracerOf(names: string[]): TracerProvider {
  const span = {
    spanContext: () => ({ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 }),
    setStatus: () => span,
    end: () => {},
  } as object as Span
  const startSpan = (name: string) => {
    names.push(name)
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
