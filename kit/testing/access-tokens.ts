import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'

/** A key pair for access tokens, made for one test run. */
export type TestTokens = {
  /** For `ACCESS_TOKEN_PUBLIC_KEY`. */
  readonly publicKeyPem: string
  /** PKCS #8, for the service that signs tokens itself. */
  readonly privateKeyPem: string
  /** Signs a token of `account` that is right but for `claims`. */
  readonly sign: (account: string, claims?: Readonly<Record<string, unknown>>) => Promise<string>
}

/** Access tokens last ten minutes here. */
const LIFETIME_S = 600

/** Makes keys and signs with them as creator-service does. */
export const createTestTokens = (): TestTokens => {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    publicKeyPem: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKeyPem: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    sign: (account, claims = {}) => {
      const now = Math.floor(Date.now() / 1000)
      const right = {
        iss: 'knowton',
        aud: 'knowton',
        sub: account,
        sid: 's1',
        jti: randomUUID(),
        iat: now,
        exp: now + LIFETIME_S,
      }
      return new SignJWT({ ...right, ...claims }).setProtectedHeader({ alg: 'ES256' }).sign(keys.privateKey)
    },
  }
}
