import type { Clock } from '@knowton/core'
import { type Authenticate, createAuthenticate } from '../serve/access-token.ts'
import { RequestFault } from '../serve/request-fault.ts'

/** Verifies access tokens with the key; without one there are no signed-in callers. */
export const authenticateWith = (publicKeyPem: string | undefined, clock: Clock): Authenticate => {
  if (publicKeyPem !== undefined) return createAuthenticate(publicKeyPem, clock)
  return async () => {
    throw new RequestFault('auth.invalid')
  }
}
