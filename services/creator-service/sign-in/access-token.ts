import { createPrivateKey, type KeyObject } from 'node:crypto'
import { Fault } from '@knowton/core'
import { SignJWT } from 'jose'
import type { SignAccessToken } from '../ports.ts'

/** Prepares to sign access tokens (ES256). Throws a fault `config.invalid` unless `pem` is a P-256 key in PKCS #8. */
export const createAccessTokenSigner = (pem: string, newId: () => string): SignAccessToken => {
  const key = parseKey(pem.replaceAll('\\n', '\n'))
  return ({ account, sessionId, now, expiresAt }) =>
    new SignJWT({ sid: sessionId })
      .setProtectedHeader({ alg: 'ES256', typ: 'JWT' })
      .setIssuer('knowton')
      .setAudience('knowton')
      .setSubject(account)
      .setJti(newId())
      .setIssuedAt(now)
      .setExpirationTime(expiresAt)
      .sign(key)
}

const parseKey = (pem: string): KeyObject => {
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key
  } catch {
    // answered below: the text is no key at all, and must not be shown
  }
  throw new Fault('config.invalid', 'ACCESS_TOKEN_KEY must be a P-256 private key in PEM (PKCS #8).')
}
