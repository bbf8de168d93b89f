import { randomBytes, randomUUID } from 'node:crypto'
import { type Hex, PPM, tokenIdOf } from '@knowton/core'
import {
  exchangeDomain,
  mintVoucherTypes,
  orderTypes,
  royaltySplitterFactoryAbi,
  workTokenDomain,
} from '@knowton/system/chain'
import { hashTypedData, zeroAddress } from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'
import type { MintRequest, SettlementRequest } from '../relay/request-store.ts'
import type { Deployed } from './deployed.ts'

/** Later than any test chain's clock. */
export const FAR_FUTURE = 4_000_000_000

const randomHex = (): Hex => `0x${randomBytes(32).toString('hex')}`
const lower = (hex: Hex): Hex => hex.toLowerCase() as Hex

/** A mint as a creator asks for it: a signed voucher whose royalties go to a splitter that is not there yet. */
export const mintRequest = async (
  { client, contracts }: Deployed,
  creator: PrivateKeyAccount,
  changes: Partial<MintRequest['voucher']> = {},
): Promise<MintRequest> => {
  const address = lower(creator.address)
  const shares = [
    { address, sharePpm: PPM - 250_000 },
    { address: lower(`0x${randomBytes(20).toString('hex')}`), sharePpm: 250_000 },
  ]
  const salt = randomHex()
  const splitter = await client.readContract({
    address: contracts.splitterFactory,
    abi: royaltySplitterFactoryAbi,
    functionName: 'predictSplitter',
    args: [shares.map((share) => share.address), shares.map(({ sharePpm }) => sharePpm), salt],
  })
  const voucher = {
    creator: address,
    to: address,
    contentHash: randomHex(),
    uriHash: randomHex(),
    royaltyBps: 500,
    royaltyReceiver: lower(splitter),
    price: 0n,
    currency: zeroAddress,
    validAfter: 0,
    validUntil: FAR_FUTURE,
    nonce: 0n,
    counter: 0n,
    ...changes,
  }
  const signature = await creator.signTypedData({
    domain: workTokenDomain(contracts.chainId, contracts.workToken),
    types: mintVoucherTypes,
    primaryType: 'MintVoucher',
    message: voucher,
  })
  const tokenId = tokenIdOf(voucher.creator, voucher.contentHash)
  return { requestId: randomUUID(), workId: randomUUID(), tokenId, voucher, signature, split: { shares, salt } }
}

type Order = SettlementRequest['ask']['order']

/** An ask of `seller` and a bid of `buyer` that meet at `price` over one token. */
export const settlementRequest = async (
  { contracts, testUsd }: Deployed,
  seller: PrivateKeyAccount,
  buyer: PrivateKeyAccount,
  { tokenId, price, nonce }: { readonly tokenId: bigint; readonly price: bigint; readonly nonce: bigint },
): Promise<SettlementRequest> => {
  const domain = exchangeDomain(contracts.chainId, contracts.exchange)
  const orderOf = (side: 0 | 1, maker: Hex): Order => ({
    side,
    maker: lower(maker),
    taker: zeroAddress,
    collection: contracts.workToken,
    criteriaKind: 1,
    criteria: `0x${tokenId.toString(16).padStart(64, '0')}`,
    currency: testUsd,
    pricePerUnit: price,
    maxFills: 1,
    maxRoyaltyBps: 1000,
    maxFeeBps: 250,
    tokenEpoch: 0n,
    start: 0,
    end: FAR_FUTURE,
    nonce,
    counter: 0n,
    salt: BigInt(randomHex()),
    validation: `0x${'0'.repeat(64)}`,
  })
  const sign = async (maker: PrivateKeyAccount, order: Order) => {
    const typed = { domain, types: orderTypes, primaryType: 'Order', message: order } as const
    return { hash: hashTypedData(typed), signed: { order, signature: await maker.signTypedData(typed) } }
  }
  const ask = await sign(seller, orderOf(0, seller.address))
  const bid = await sign(buyer, orderOf(1, buyer.address))
  return {
    requestId: randomUUID(),
    collection: contracts.workToken,
    tokenId,
    currency: testUsd,
    price,
    askHash: ask.hash,
    bidHash: bid.hash,
    ask: ask.signed,
    bid: bid.signed,
    matchedAt: new Date(0),
  }
}
