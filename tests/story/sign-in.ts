import { createSiweMessage } from 'viem/siwe'
import type { Person } from './connect.ts'

/** Signs `person` in with their wallet (EIP-4361) and returns the session. */
export const signIn = async (person: Person) => {
  const auth = person.api['creator-service']
  const terms = await auth.createNonce({})
  const message = createSiweMessage({
    address: person.account.address,
    chainId: terms.chainId,
    domain: terms.domain,
    nonce: terms.nonce,
    uri: terms.uri,
    version: terms.version,
    statement: terms.statement,
    issuedAt: new Date(),
    expirationTime: terms.expirationTime,
  })
  const signature = await person.account.signMessage({ message })
  const session = await auth.signIn({ body: { message, signature } })
  person.useToken(session.accessToken)
  return session
}
