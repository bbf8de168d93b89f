import { type ErrorEntry, type ErrorTable, Fault, requestErrors } from '@knowton/core'
import { type FieldFault, RequestFault } from './request-fault.ts'

/** An answer that says why not (RFC 9457). */
export type Problem = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What a refusal adds to its code. */
export type RefusalFacts = {
  readonly kind: string
  readonly detail?: string
  readonly facts?: Readonly<Record<string, string | number | boolean>>
}

/** Turns refusals and thrown errors into problem documents; nothing of an undeclared fault gets out but its time and place. */
export const createProblems = (errors: ErrorTable) => {
  const table: ErrorTable = { ...requestErrors, ...errors }
  return {
    ofRefusal: (refusal: RefusalFacts, requestId: string): Problem =>
      toProblem(refusal.kind, entryOf(table, refusal.kind), requestId, refusal),
    ofError: (error: unknown, requestId: string): Problem => {
      if (error instanceof RequestFault) return toProblem(error.code, entryOf(table, error.code), requestId, error)
      if (error instanceof Fault) {
        const entry = table[error.code]
        if (entry !== undefined) return toProblem(error.code, entry, requestId)
        if (error.retry === 'later') return ofCode(table, 'internal.unavailable', requestId)
      }
      return ofCode(table, 'internal.fault', requestId)
    },
  }
}
export type Problems = ReturnType<typeof createProblems>

const ofCode = (table: ErrorTable, code: string, requestId: string) => toProblem(code, entryOf(table, code), requestId)

const entryOf = (table: ErrorTable, code: string): ErrorEntry => {
  const entry = table[code]
  if (entry === undefined) throw new Fault('internal.fault', `The error table has no code "${code}".`)
  return entry
}

type More = {
  readonly detail?: string | undefined
  readonly faults?: readonly FieldFault[] | undefined
  readonly facts?: Readonly<Record<string, string | number | boolean>>
}

const toProblem = (code: string, entry: ErrorEntry, requestId: string, more: More = {}): Problem => ({
  status: entry.status,
  headers: {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...(entry.retry === 'later' && { 'retry-after': '1' }),
    ...(code.startsWith('auth.') && entry.status === 401 && { 'www-authenticate': challengeOf(code) }),
  },
  body: JSON.stringify({
    type: `https://knowton.io/errors/${code}`,
    title: entry.says,
    status: entry.status,
    code,
    detail: more.detail,
    instance: requestId,
    faults: more.faults,
    facts: more.facts,
  }),
})

/** RFC 6750: no error code when nothing was presented. */
const challengeOf = (code: string) => (code === 'auth.missing' ? 'Bearer' : 'Bearer error="invalid_token"')
