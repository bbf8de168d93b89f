import { createPublicKey } from 'node:crypto'
import type { ServiceShape } from '@knowton/core'
import * as z from 'zod'

/** Whether any route of `declared` needs a signed-in account. */
export const usesAccessTokens = (declared: ServiceShape): boolean =>
  Object.values(declared.routes).some((route) => route.access === 'user')

/** A P-256 public key as SPKI PEM; line breaks may be written as `\n`. */
export const publicKeyOf = z.string().transform((text, context) => {
  const pem = text.replaceAll('\\n', '\n')
  try {
    const key = createPublicKey(pem)
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return pem
  } catch {
    // answered below: the text is no key at all
  }
  context.addIssue({ code: 'custom', message: 'must be a P-256 public key in PEM (SPKI)' })
  return z.NEVER
})
