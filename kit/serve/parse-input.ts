import type { RouteShape } from '@knowton/core'
import * as z from 'zod'
import { type FieldFault, RequestFault } from './request-fault.ts'

/** The parts of a request as they came. */
export type RawInput = {
  readonly params: unknown
  readonly query: unknown
  readonly headers: unknown
  readonly body: unknown
}

/** A route without a declared body takes none, or an empty object. */
const nothing = z.strictObject({}).optional()

const parts = ['params', 'query', 'headers', 'body'] as const

/**
 * Parses each part of a request by its declared schema. Throws `request.invalid` with every fault at once, and for text
 * that no database can store (NUL, half a surrogate pair).
 */
export const createInputParser = (route: RouteShape) => {
  const schemas = {
    params: route.params,
    query: route.query,
    headers: route.headers,
    body: route.body === 'bytes' ? undefined : (route.body ?? nothing),
  }
  const used = parts.filter((part) => schemas[part] !== undefined)
  return (raw: RawInput): Record<(typeof parts)[number], unknown> => {
    const input: Record<(typeof parts)[number], unknown> = {
      params: undefined,
      query: undefined,
      headers: undefined,
      body: undefined,
    }
    let faults: FieldFault[] | undefined
    for (const part of used) {
      const schema = schemas[part]
      if (schema === undefined) continue
      const unstorable = part === 'headers' ? undefined : unstorableAt(raw[part])
      const parsed = unstorable === undefined ? z.safeDecode(schema, raw[part]) : undefined
      if (parsed?.success) input[part] = parsed.data
      else faults = [...(faults ?? []), ...(parsed ? toFaults(part, parsed.error) : [textFault(part, unstorable)])]
    }
    if (faults !== undefined) throw new RequestFault('request.invalid', { faults })
    return input
  }
}

/** More faults than this are not worth listing. */
const MAX_FAULTS = 50

const toFaults = (part: string, error: z.ZodError): readonly FieldFault[] =>
  error.issues
    .slice(0, MAX_FAULTS)
    .map((issue) => ({ path: [part, ...issue.path.map(String)].join('.'), message: issue.message }))

const textFault = (part: string, path: string | undefined): FieldFault => ({
  path: `${part}${path ?? ''}`,
  message: 'must not hold NUL characters or halves of surrogate pairs',
})

/**
 * Where in `value` there is text that PostgreSQL cannot store, NUL or half a surrogate pair, as `.a.0.b`; undefined
 * when nowhere. Walks without recursion: a hostile body may be nested thousands deep.
 */
const unstorableAt = (value: unknown): string | undefined => {
  if (typeof value === 'string') return isStorable(value) ? undefined : ''
  if (typeof value !== 'object' || value === null) return undefined
  const open: { readonly node: object; readonly path: string }[] = [{ node: value, path: '' }]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const [name, child] of Object.entries(at.node)) {
      if (!isStorable(name)) return at.path
      if (typeof child === 'string') {
        if (!isStorable(child)) return `${at.path}.${name}`
      } else if (typeof child === 'object' && child !== null) {
        open.push({ node: child, path: `${at.path}.${name}` })
      }
    }
  }
  return undefined
}

const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')
