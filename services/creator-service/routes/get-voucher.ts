import { type Hex, ok, refuse, toUnixSeconds } from '@knowton/core'
import { mayRequestMint, voucherFor } from '@knowton/domain/work'
import type { Handler } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { termsOf } from '../works/voucher-terms.ts'
import { findWork } from '../works/work-store.ts'

/** Answers with the voucher that the creator of a work may sign now. */
export const getVoucher: Handler<Declared, 'getVoucher', Ports> = async ({ params, query }, context) => {
  const { ports, user, now, signal } = context
  const work = await findWork(ports.db, params.workId)
  if (work === undefined) return refuse({ kind: 'work.unknown' })
  if (work.creator !== user.account) return refuse({ kind: 'work.not-yours' })
  if (!mayRequestMint(work.state)) return refuse({ kind: 'mint.requested', detail: `The work is ${work.state}.` })
  const { nonce, counter } = await findFreeNonce(user.address, ports, signal)
  const validUntil = toUnixSeconds(now) + ports.limits.voucherSeconds
  const voucher = voucherFor(termsOf(work), { to: query.to ?? user.address, validUntil, nonce, counter })
  return ok({ voucher, chainId: ports.contracts.chainId, verifyingContract: ports.contracts.workToken })
}

const NONCE_BYTES = 32

/** A random nonce that the creator has not taken back: whole words of them can be, so the first may be gone. */
const findFreeNonce = async (creator: Hex, { chain, randomBytes }: Ports, signal: AbortSignal) => {
  for (;;) {
    const nonce = BigInt(`0x${Buffer.from(randomBytes(NONCE_BYTES)).toString('hex')}`)
    const { counter, isNonceRevoked } = await chain.voucherFacts(creator, nonce, signal)
    if (!isNonceRevoked) return { nonce, counter }
  }
}
