import { type AccountId, type Hex, lowerCase } from '@knowton/core'
import { accepted } from '@knowton/kit/testing'
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { createSiweMessage } from 'viem/siwe'
import type { Creator } from './open-creator.ts'

/** What can be changed about a sign-in message that is otherwise right. */
export type MessageChange = Partial<Parameters<typeof createSiweMessage>[0]>

/** A sign-in message for `address` with a nonce of its own. */
export const newMessage = async (service: Creator, address: Hex, change: MessageChange = {}): Promise<string> => {
  const terms = accepted(await service.call('createNonce', {}))
  return createSiweMessage({ ...terms, address, issuedAt: service.clock.now, ...change })
}

/** Someone with a key who has signed in. */
export type Caller = {
  readonly key: PrivateKeyAccount
  readonly address: Hex
  readonly account: AccountId
  readonly token: string
  readonly refreshToken: string
}

/** Whose key signs, for which account, in which form. */
export type Signer = {
  readonly key: PrivateKeyAccount
  readonly address: Hex
  readonly wrap: (signature: Hex) => Hex
}

const newSigner = (): Signer => {
  const key = privateKeyToAccount(generatePrivateKey())
  return { key, address: key.address, wrap: (signature) => signature }
}

/** Signs someone in, a new key when nobody is named. */
export const newCaller = async (service: Creator, signer = newSigner()): Promise<Caller> => {
  const { key } = signer
  const message = await newMessage(service, signer.address)
  const signature = signer.wrap(await key.signMessage({ message }))
  const { account, accessToken, refreshToken } = accepted(
    await service.call('signIn', { body: { message, signature } }),
  )
  return { key, address: lowerCase(signer.address), account, token: accessToken, refreshToken }
}
