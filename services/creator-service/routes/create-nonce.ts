import { ok } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { NONCE_MS, STATEMENT } from '../sign-in/message-fault.ts'
import { insertNonce } from '../sign-in/nonce-store.ts'

const NONCE_BYTES = 16

/** Begins a sign-in. */
export const createNonce: Handler<Declared, 'createNonce', Ports> = async (_input, { ports, now }) => {
  const { domain, uri } = ports.origin
  const nonce = Buffer.from(ports.randomBytes(NONCE_BYTES)).toString('hex')
  const expirationTime = new Date(now.getTime() + NONCE_MS)
  await insertNonce(ports.db, nonce, expirationTime)
  return ok({
    nonce,
    domain,
    uri,
    chainId: ports.contracts.chainId,
    statement: STATEMENT,
    version: '1',
    expirationTime,
  })
}
