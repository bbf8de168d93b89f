import { accountIdOf, type Hex, ok, type RefusalOf, refuse } from '@knowton/core'
import type { Context, Handler } from '@knowton/kit'
import { hashMessage } from 'viem'
import { ensureAccount } from '../account-store.ts'
import type { Declared, Ports } from '../ports.ts'
import { messageFault } from '../sign-in/message-fault.ts'
import { parseSignInMessage, type SignInMessage } from '../sign-in/parse-message.ts'
import { openSession } from '../sign-in/sessions.ts'
import { isSignedBy } from '../signature.ts'

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
  const account = accountIdOf(ports.place.chainId, message.address)
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
  if (!(await useNonce(message.nonce, ports, now))) return { kind: 'auth.nonce' }
  const fault = messageFault(message, ports.place, now)
  if (fault !== undefined) return { kind: 'auth.message', detail: fault }
  const digest = { account: message.address, digest: hashMessage(signed.message), signature: signed.signature }
  if (await isSignedBy(digest, ports.chain, signal)) return undefined
  return { kind: 'auth.signature', detail: `The signature over the message is not that of ${message.address}.` }
}

const useNonce = async (nonce: string, { db }: Ports, now: Date): Promise<boolean> => {
  const [used] = await db.query<{ readonly expires_at: Date }>(
    'DELETE FROM sign_in_nonce WHERE nonce = $1 RETURNING expires_at',
    [nonce],
  )
  return used !== undefined && used.expires_at > now
}
