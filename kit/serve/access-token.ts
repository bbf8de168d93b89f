import { createPublicKey } from 'node:crypto'
import { type AccountId, accountId, addressOf, type Clock } from '@knowton/core'
import { errors, jwtVerify } from 'jose'
import * as z from 'zod'
import type { User } from '../host.ts'
import { RequestFault } from './request-fault.ts'

/** Tells who presents an `Authorization` header. Throws `auth.missing`, `auth.invalid` or `auth.expired`. */
export type Authenticate = (authorization: string | undefined) => Promise<User>

const claims = z.object({ sub: accountId, sid: z.string().min(1).max(200), exp: z.int() })

/** Tokens remembered as verified; the oldest is forgotten first. */
const MAX_REMEMBERED = 10_000

/** Verifies access tokens (ES256, issuer and audience `knowton`) with the public key; each signature only once. */
export const createAuthenticate = (publicKeyPem: string, clock: Clock): Authenticate => {
  const key = createPublicKey(publicKeyPem)
  const remembered = new Map<string, { readonly user: User; readonly expiresAtMs: number }>()

  const verify = async (token: string) => {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['ES256'],
      issuer: 'knowton',
      audience: 'knowton',
      requiredClaims: ['sub', 'sid', 'jti', 'iat', 'exp'],
      currentDate: clock(),
    }).catch(refuseToken)
    const parsed = claims.safeParse(payload)
    if (!parsed.success) throw new RequestFault('auth.invalid')
    const { sub, sid, exp } = parsed.data
    return { user: toUser(sub, sid), expiresAtMs: exp * 1000 }
  }

  return async (authorization) => {
    const token = tokenOf(authorization)
    const known = remembered.get(token)
    if (known !== undefined) {
      if (clock().getTime() < known.expiresAtMs) return known.user
      remembered.delete(token)
      throw new RequestFault('auth.expired')
    }
    const verified = await verify(token)
    if (remembered.size >= MAX_REMEMBERED) forgetOldest(remembered)
    remembered.set(token, verified)
    return verified.user
  }
}

/** The token of a `Bearer` header, the scheme in any case (RFC 9110); longer ones than 4 KiB are none of ours. */
const tokenOf = (authorization: string | undefined): string => {
  if (authorization === undefined) throw new RequestFault('auth.missing')
  const match = /^bearer +([A-Za-z0-9._~+/-]{1,4096}=*)$/i.exec(authorization)
  if (match?.[1] === undefined) throw new RequestFault('auth.invalid')
  return match[1]
}

const refuseToken = (error: unknown): never => {
  if (error instanceof errors.JWTExpired) throw new RequestFault('auth.expired')
  if (error instanceof errors.JOSEError) throw new RequestFault('auth.invalid')
  throw error
}

const toUser = (account: AccountId, sessionId: string): User => ({ account, address: addressOf(account), sessionId })

const forgetOldest = (remembered: Map<string, unknown>) => {
  const oldest = remembered.keys().next()
  if (!oldest.done) remembered.delete(oldest.value)
}
