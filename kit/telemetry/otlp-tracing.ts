import { ROOT_CONTEXT, type SpanContext, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { parseTraceParent } from '@opentelemetry/core'
import type { Tracing } from './tracing.ts'

const kinds = { server: SpanKind.SERVER, consumer: SpanKind.CONSUMER, internal: SpanKind.INTERNAL } as const

/** Records spans and sends them to the OTLP/HTTP collector at `endpoint`. Loads the exporter only when called. */
export const createOtlpTracing = async (service: string, endpoint: string): Promise<Tracing> => {
  const [{ BatchSpanProcessor, TracerProvider }, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all(
    [
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ],
  )
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  })
  const tracer = provider.getTracer('@knowton/kit')
  return {
    start: (name, kind, parent, attributes = {}) => {
      const parentContext = parent === undefined ? null : parseTraceParent(parent)
      const context = parentContext === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parentContext)
      const span = tracer.startSpan(name, { kind: kinds[kind], attributes }, context)
      return {
        traceparent: toTraceparent(span.spanContext()),
        end: (outcome) => {
          if (outcome?.attributes !== undefined) span.setAttributes(outcome.attributes)
          if (outcome?.error !== undefined) {
            span.recordException(outcome.error instanceof Error ? outcome.error : String(outcome.error))
            span.setStatus({ code: SpanStatusCode.ERROR })
          }
          span.end()
        },
      }
    },
    close: () => provider.shutdown(),
  }
}

const toTraceparent = (context: SpanContext) =>
  `00-${context.traceId}-${context.spanId}-${context.traceFlags.toString(16).padStart(2, '0')}`
