import type { Tracer } from '@opentelemetry/api'

/** What a span may say: names and numbers, never what a command holds. */
export type SpanFacts = { readonly [name: string]: string | number | boolean }

/** Spans around what the runtime does. Does nothing where OpenTelemetry is not installed. */
export interface Tracing {
  span<Result>(name: string, facts: SpanFacts, run: () => Promise<Result>): Promise<Result>
  /** The trace that is under way, as the header of W3C Trace Context. */
  traceparent(): string | undefined
}

export const noTracing: Tracing = { span: (_name, _facts, run) => run(), traceparent: () => undefined }

/** Traces by `@opentelemetry/api` where it is installed. */
export async function openTracing(): Promise<Tracing> {
  const api = await import('@opentelemetry/api').catch(() => undefined)
  if (!api) return noTracing
  return {
    span: (name, facts, run) => {
      const span = tracerNow(api)?.startSpan(name, { attributes: facts })
      // Nobody set up tracing: there is nothing to carry on and nothing to end.
      if (!span || span.spanContext() === api.INVALID_SPAN_CONTEXT) return run()
      return api.context.with(api.trace.setSpan(api.context.active(), span), async () => {
        try {
          return await run()
        } catch (error) {
          span.setStatus({ code: api.SpanStatusCode.ERROR })
          throw error
        } finally {
          span.end()
        }
      })
    },
    traceparent: () => {
      const context = api.trace.getActiveSpan()?.spanContext()
      if (!context || !api.isSpanContextValid(context)) return undefined
      return `00-${context.traceId}-${context.spanId}-0${context.traceFlags & 1}`
    },
  }
}

/** Tracing may be set up at any time; while it is not, no span is made at all. */
function tracerNow({ trace, ProxyTracerProvider }: typeof import('@opentelemetry/api')): Tracer | undefined {
  const provider = trace.getTracerProvider()
  return provider instanceof ProxyTracerProvider ? provider.getDelegateTracer('vitrine') : provider.getTracer('vitrine')
}
