import { randomBytes, randomUUID } from 'node:crypto'
import type { Hex } from '@knowton/core'
import {
  exchangeAbi,
  exchangeDomain,
  orderTypes,
  royaltySplitterAbi,
  testUsdAbi,
  workTokenAbi,
} from '@knowton/system/chain'
import { maxUint256, toHex, zeroAddress, zeroHash } from 'viem'
import { type Connection, chainOf, type Person } from './connect.ts'
import { settled } from './publish.ts'

/** What an order is about. */
export type Offer = {
  readonly side: 'ask' | 'bid'
  /** Null: any token of the collection (bids only). */
  readonly tokenId: bigint | null
  readonly price: bigint
}

/** Lets the exchange move the person's works, or their TestUSD: one transaction that the person pays. */
export const approve = async (connection: Connection, person: Person, what: 'works' | 'money'): Promise<Hex> => {
  const { workToken, exchange, testUsd } = connection.contracts
  const hash =
    what === 'works'
      ? await person.wallet.writeContract({
          address: workToken,
          abi: workTokenAbi,
          functionName: 'setApprovalForAll',
          args: [exchange, true],
        })
      : await person.wallet.writeContract({
          address: testUsd,
          abi: testUsdAbi,
          functionName: 'approve',
          args: [exchange, maxUint256],
        })
  return confirmed(connection, hash)
}

/** Gives a person TestUSD, which anyone may make on a local chain. */
export const giveMoney = async (connection: Connection, person: Person, amount: bigint): Promise<Hex> =>
  confirmed(
    connection,
    await person.wallet.writeContract({
      address: connection.contracts.testUsd,
      abi: testUsdAbi,
      functionName: 'mint',
      args: [person.address, amount],
    }),
  )

/** How much TestUSD an address holds. */
export const moneyOf = (connection: Connection, holder: Hex): Promise<bigint> =>
  chainOf(connection).readContract({
    address: connection.contracts.testUsd,
    abi: testUsdAbi,
    functionName: 'balanceOf',
    args: [holder],
  })

/** Waits for a transaction the person sent; throws when it reverted. */
export const confirmed = async (connection: Connection, hash: Hex): Promise<Hex> => {
  const receipt = await chainOf(connection).waitForTransactionReceipt({ hash })
  if (receipt.status !== 'success') throw new Error(`transaction ${hash} reverted`)
  return hash
}

/** Builds and signs the order that `offer` describes, by the terms the marketplace names. */
export const signOrder = async (connection: Connection, person: Person, offer: Offer) => {
  const terms = await person.api['marketplace-service'].getTerms({
    query: offer.tokenId === null ? { maker: person.address } : { maker: person.address, tokenId: offer.tokenId },
  })
  const order = {
    side: offer.side === 'ask' ? (0 as const) : (1 as const),
    maker: person.address,
    taker: zeroAddress,
    collection: terms.collection,
    criteriaKind: offer.tokenId === null ? (0 as const) : (1 as const),
    criteria: offer.tokenId === null ? zeroHash : toHex(offer.tokenId, { size: 32 }),
    currency: connection.contracts.testUsd,
    pricePerUnit: offer.price,
    maxFills: 1,
    maxRoyaltyBps: 1000,
    maxFeeBps: 250,
    tokenEpoch: offer.side === 'ask' ? (terms.tokenEpoch ?? 0n) : 0n,
    start: 0,
    end: Math.floor(Date.now() / 1000) + 86_400,
    nonce: terms.nonce,
    counter: terms.counter,
    salt: BigInt(`0x${randomBytes(32).toString('hex')}`),
    validation: zeroHash,
  }
  const signature = await person.account.signTypedData({
    domain: exchangeDomain(terms.chainId, terms.exchange),
    types: orderTypes,
    primaryType: 'Order',
    message: order,
  })
  return { order, signature }
}

/** Places the order; when it crosses, waits until the trade is final on chain. */
export const place = async (connection: Connection, person: Person, offer: Offer) => {
  const body = await signOrder(connection, person, offer)
  const placed = await person.api['marketplace-service'].placeOrder({ body, idempotencyKey: randomUUID() })
  const relays = await Promise.all(placed.matches.map((match) => settled(person, match.requestId)))
  return { ...placed, relays }
}

/** The order's EIP-712 hash as the exchange itself computes it. */
export const hashOnChain = (connection: Connection, order: Awaited<ReturnType<typeof signOrder>>['order']) =>
  chainOf(connection).readContract({
    address: connection.contracts.exchange,
    abi: exchangeAbi,
    functionName: 'hashOrder',
    args: [order],
  })

/** Pays out position `position` of a splitter to whoever holds it; anyone may send this, only the holder is paid. */
export const claim = async (connection: Connection, sender: Person, splitter: Hex, position: number): Promise<Hex> =>
  confirmed(
    connection,
    await sender.wallet.writeContract({
      address: splitter,
      abi: royaltySplitterAbi,
      functionName: 'claim',
      args: [BigInt(position), connection.contracts.testUsd],
    }),
  )
