import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import * as z from 'zod'

/** Why a token is not let through; undefined = it is. */
export type TokenFault = 'auth.missing' | 'auth.invalid' | 'auth.expired'

/** Judges the value of an Authorization header at `nowMs`. */
export type TokenVerifier = (authorization: string | undefined, nowMs: number) => TokenFault | undefined

/** Verified tokens remembered at once; a token is at most 16 KiB, so the memory is bounded too. */
const REMEMBERED = 10_000

const header = z.object({ alg: z.literal('ES256') })
const claims = z.object({ iss: z.string(), exp: z.number(), nbf: z.number().optional() })

/** Verifies ES256 tokens by the key of their issuer; a token that was verified is not verified again until it expires. */
export const createTokenVerifier = (keys: readonly { readonly key: string; readonly pem: string }[]): TokenVerifier => {
  const keyOf = new Map(keys.map(({ key, pem }) => [key, createPublicKey(pem)]))
  const expiryOf = new Map<string, number>()
  return (authorization, nowMs) => {
    const token = bearerToken(authorization)
    if (token === undefined) return 'auth.missing'
    const expiresAt = expiryOf.get(token) ?? verifiedExpiry(token, keyOf, nowMs)
    if (expiresAt === undefined) return 'auth.invalid'
    if (expiresAt <= nowMs) {
      expiryOf.delete(token)
      return 'auth.expired'
    }
    if (expiryOf.size >= REMEMBERED) expiryOf.delete(expiryOf.keys().next().value ?? '')
    expiryOf.set(token, expiresAt)
    return undefined
  }
}

const bearerToken = (authorization = ''): string | undefined => /^Bearer +([^\s]+)$/i.exec(authorization)?.[1]

/** When the token expires, in milliseconds since 1970; undefined when it is not one of ours. */
const verifiedExpiry = (token: string, keyOf: ReadonlyMap<string, KeyObject>, nowMs: number): number | undefined => {
  const [head = '', body = '', signature = '', ...more] = token.split('.')
  if (more.length > 0 || !header.safeParse(parsePart(head)).success) return undefined
  const said = claims.safeParse(parsePart(body))
  const key = said.success ? keyOf.get(said.data.iss) : undefined
  if (!said.success || key === undefined || (said.data.nbf ?? 0) * 1000 > nowMs) return undefined
  const bytes = Buffer.from(signature, 'base64url')
  const signed = verify('sha256', Buffer.from(`${head}.${body}`), { key, dsaEncoding: 'ieee-p1363' }, bytes)
  return signed ? said.data.exp * 1000 : undefined
}

const parsePart = (part: string): unknown => {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
