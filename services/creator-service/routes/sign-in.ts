import { isSignedBy } from '@knowton/adapters/chain'
import { accountIdOf, type Hex, ok, type RefusalOf, refuse } from '@knowton/core'
import type { Context, Handler } from '@knowton/kit'
import { hashMessage } from 'viem'
import { ensureAccount } from '../accounts/account-store.ts'
import type { Declared, Ports } from '../ports.ts'
import { messageFault } from '../sign-in/message-fault.ts'
import { takeNonce } from '../sign-in/nonce-store.ts'
import { parseSignInMessage, type SignInMessage } from '../sign-in/parse-message.ts'
import { openSession } from '../sign-in/sessions.ts'

type SignInContext = Context<Declared, Ports, 'signIn'>
type Refusal = RefusalOf<Declared['routes']['signIn']>

/** Signs an account in. The nonce is used up first, so that nothing about a message can be tried out twice. */
export const signIn: Handler<Declared, 'signIn', Ports> = async ({ body }, context) => {
  const { ports, now } = context
  const message = parseSignInMessage(body.message)
  if (message === undefined) {
    return refuse({ kind: 'auth.message', detail: 'The text is not a sign-in message (EIP-4361) from end to end.' })
  }
  const refusal = await findFault(message, body, context)
  if (refusal !== undefined) return refuse(refusal)
  const account = accountIdOf(ports.contracts.chainId, message.address)
  return ports.db.transaction(async (tx) => {
    await ensureAccount(tx, account, now)
    return ok(await openSession(tx, account, now, ports))
  })
}

const findFault = async (
  message: SignInMessage,
  signed: { readonly message: string; readonly signature: Hex },
  { ports, now, signal }: SignInContext,
): Promise<Refusal | undefined> => {
  if (!(await takeNonce(ports.db, message.nonce, now))) return { kind: 'auth.nonce' }
  const fault = messageFault(message, { ...ports.origin, chainId: ports.contracts.chainId }, now)
  if (fault !== undefined) return { kind: 'auth.message', detail: fault }
  const digest = { account: message.address, digest: hashMessage(signed.message), signature: signed.signature }
  if (await isSignedBy(digest, ports.chain, signal)) return undefined
  return { kind: 'auth.signature', detail: `The signature over the message is not that of ${message.address}.` }
}
