import { type EventsOutput, Fault, type RouteShape } from '@knowton/core'
import * as z from 'zod'

/** Whether a route answers with server-sent events. */
export const isEvents = (output: RouteShape['output']): output is EventsOutput =>
  output !== 'bytes' && !(output instanceof z.ZodType)

/** Makes JSON text of what a handler answers. Throws `internal.output` when it does not have the declared shape. */
export const createOutputEncoder = (routeName: string, output: RouteShape['output']): ((value: unknown) => string) => {
  if (output === 'bytes') return () => refuse(routeName, 'bytes are streamed, not encoded')
  const schema = isEvents(output) ? output.data : output
  return (value) => {
    const encoded = z.safeEncode(schema, value)
    return encoded.success ? JSON.stringify(encoded.data) : refuse(routeName, z.prettifyError(encoded.error))
  }
}

const refuse = (routeName: string, why: string): never => {
  throw new Fault('internal.output', `The answer of ${routeName} does not have the declared shape: ${why}`)
}
