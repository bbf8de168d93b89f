import type { ErrorTable, RequestErrorCode } from '@knowton/core'
import { problemType } from '@knowton/derive'

/** An answer of the gateway itself that says why not (RFC 9457). */
export type ProblemAnswer = { readonly status: number; readonly headers: readonly string[]; readonly body: Buffer }

/** Writes the problem document of a code; `retryAfterSeconds` where the table says that trying again can help. */
export type Problems = (
  code: RequestErrorCode,
  requestId: string,
  more?: { readonly detail?: string; readonly retryAfterSeconds?: number },
) => ProblemAnswer

/** Makes problem documents by the platform's error table. */
export const createProblems =
  (errors: ErrorTable & Readonly<Record<RequestErrorCode, ErrorTable[string]>>): Problems =>
  (code, requestId, { detail, retryAfterSeconds = 1 } = {}) => {
    const { status, says, retry } = errors[code]
    const body = Buffer.from(
      JSON.stringify({
        type: problemType(code),
        title: says,
        status,
        code,
        ...(detail && { detail }),
        instance: requestId,
      }),
    )
    return {
      status,
      body,
      headers: [
        'Content-Type',
        'application/problem+json',
        'Content-Length',
        String(body.length),
        'Cache-Control',
        'no-store',
        ...(retry === 'later' ? ['Retry-After', String(retryAfterSeconds)] : []),
        ...(status === 401 ? ['WWW-Authenticate', challengeOf(code)] : []),
      ],
    }
  }

const challengeOf = (code: RequestErrorCode): string =>
  code === 'auth.missing' ? 'Bearer' : 'Bearer error="invalid_token"'
