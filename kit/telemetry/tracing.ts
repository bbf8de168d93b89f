import { parseTraceParent } from '@opentelemetry/core'

/** One step of a trace. */
export type Span = {
  /** W3C trace context to hand on; undefined when there is no trace. */
  readonly traceparent: string | undefined
  readonly end: (outcome?: { readonly error?: unknown; readonly attributes?: SpanAttributes }) => void
}
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>
export type SpanKind = 'server' | 'consumer' | 'internal'

/** Starts spans. The context is handed on as a value, never through a global. */
export type Tracing = {
  readonly start: (name: string, kind: SpanKind, parent: string | undefined, attributes?: SpanAttributes) => Span
  /** Sends what is still held back. */
  readonly close: () => Promise<void>
}

/** Hands an incoming trace on without recording anything: what runs when no collector is configured. */
export const passThroughTracing: Tracing = {
  start: (_name, _kind, parent) => ({ traceparent: validTraceparent(parent), end: () => undefined }),
  close: async () => undefined,
}

/** `text` when it is a well-formed W3C trace context. */
export const validTraceparent = (text: string | undefined): string | undefined =>
  text !== undefined && parseTraceParent(text) !== null ? text : undefined
