import { findOnchainSignature } from '@knowton/adapters/chain'
import { type Hex, ok, type RefusalOf, type Result, refuse, toUnixSeconds } from '@knowton/core'
import { mayRequestMint, splitSaltOf, voucherFaults } from '@knowton/domain/work'
import type { Context, Handler } from '@knowton/kit'
import type { MintVoucher } from '@knowton/system'
import { mintVoucherTypes, workTokenDomain } from '@knowton/system/chain'
import { hashTypedData } from 'viem'
import type { Contracts, Declared, Ports } from '../ports.ts'
import { insertMintRequest, lockMints, quotaFreeAt } from '../works/mint-request-store.ts'
import { termsOf } from '../works/voucher-terms.ts'
import { findWork, type Work } from '../works/work-store.ts'

type MintContext = Context<Declared, Ports, 'requestMint'>
type Refusal = RefusalOf<Declared['routes']['requestMint']>
type Signed = { readonly voucher: MintVoucher; readonly signature: Hex }

/** Asks for a mint at the platform's cost: everything is checked against the work and the chain before a lock is taken. */
export const requestMint: Handler<Declared, 'requestMint', Ports> = async ({ params, body }, context) => {
  const { tx, user, now, ports, publish } = context
  const work = await findMintable(params.workId, context)
  if (!work.ok) return work
  const signed = await checkVoucher(body, work.value, context)
  if (!signed.ok) return signed
  await lockMints(tx, user.account, work.value.id)
  const late = await findMintable(params.workId, context)
  if (!late.ok) return late
  const freeAt = await quotaFreeAt(tx, user.account, ports.limits.mintsPerDay, now)
  if (freeAt !== undefined) return refuse(quotaRefusal(freeAt, ports.limits.mintsPerDay))
  const { id: workId, tokenId, shares } = late.value
  const requestId = ports.newId()
  await insertMintRequest(tx, { id: requestId, workId, account: user.account, requestedAt: now })
  await publish(tx, 'mintRequested', {
    requestId,
    workId,
    tokenId,
    ...signed.value,
    split: { shares, salt: splitSaltOf(workId) },
  })
  return ok({ ...late.value, state: 'minting', mintRequestId: requestId, mintFailure: null })
}

const findMintable = async (workId: string, { tx, user }: MintContext): Promise<Result<Work, Refusal>> => {
  const work = await findWork(tx, workId)
  if (work === undefined) return refuse({ kind: 'work.unknown' })
  if (work.creator !== user.account) return refuse({ kind: 'work.not-yours' })
  if (!mayRequestMint(work.state)) return refuse({ kind: 'mint.requested', detail: `The work is ${work.state}.` })
  return ok(work)
}

/** The voucher with the signature in the form that the contract takes. */
const checkVoucher = async (
  { voucher, signature }: Signed,
  work: Work,
  { ports, now, signal }: MintContext,
): Promise<Result<Signed, Refusal>> => {
  const terms = termsOf(work)
  const facts = await ports.chain.voucherFacts(terms.creator, voucher.nonce, signal)
  const clock = { now: toUnixSeconds(now), maxSeconds: ports.limits.voucherSeconds }
  const faults = voucherFaults(voucher, terms, facts, clock)
  if (faults.length > 0) return refuse({ kind: 'mint.voucher', detail: faults.join(' ') })
  const signed = { account: terms.creator, digest: hashVoucher(voucher, ports.contracts), signature }
  const accepted = await findOnchainSignature(signed, ports.chain, signal)
  return accepted === undefined
    ? refuse(signatureRefusal(signed.digest, terms.creator))
    : ok({ voucher, signature: accepted })
}

const hashVoucher = (voucher: MintVoucher, { chainId, workToken }: Contracts): Hex =>
  hashTypedData({
    domain: workTokenDomain(chainId, workToken),
    types: mintVoucherTypes,
    primaryType: 'MintVoucher',
    message: voucher,
  })

const signatureRefusal = (digest: Hex, creator: Hex): Refusal => ({
  kind: 'mint.signature',
  detail: `The contract would not accept the signature over ${digest} as that of ${creator}; a contract wallet must be deployed before its works are minted.`,
  facts: { digest },
})

const quotaRefusal = (freeAt: Date, mintsPerDay: number): Refusal => ({
  kind: 'mint.quota',
  detail: `${mintsPerDay} mints were asked for within a day; the next is free at ${freeAt.toISOString()}.`,
  facts: { freeAt: freeAt.toISOString() },
})
