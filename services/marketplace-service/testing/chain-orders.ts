import { type Hex, lowerCase } from '@knowton/core'
import type { Order } from '@knowton/domain/market'
import { exchangeDomain, orderTypes, testUsdAbi, workTokenAbi } from '@knowton/system/chain'
import { type LocalChain, mintWork } from './local-chain.ts'

export type Account = Awaited<ReturnType<LocalChain['newAccount']>>

/** A work on the chain whose owner lets the exchange move it, and a buyer with 50 tUSD who lets it take 40. */
export type Sale = { readonly seller: Account; readonly buyer: Account; readonly tokenId: bigint }

let works = 0n

/** Arranges a sale of a new work between new accounts. */
export const arrangeSale = async (chain: LocalChain): Promise<Sale> => {
  works += 1n
  const { testUsd, workToken, exchange } = chain.contracts
  const [seller, buyer] = [await chain.newAccount(), await chain.newAccount()]
  const tokenId = await mintWork(chain, seller, `0x${works.toString(16).padStart(64, '0')}`)
  const token = { address: workToken, abi: workTokenAbi } as const
  const money = { address: testUsd, abi: testUsdAbi } as const
  await chain.mined(
    chain.wallet(seller).writeContract({ ...token, functionName: 'setApprovalForAll', args: [exchange, true] }),
  )
  await chain.mined(
    chain.wallet(buyer).writeContract({ ...money, functionName: 'mint', args: [buyer.address, 50_000_000n] }),
  )
  await chain.mined(
    chain.wallet(buyer).writeContract({ ...money, functionName: 'approve', args: [exchange, 40_000_000n] }),
  )
  return { seller, buyer, tokenId }
}

/** An ask of the seller or a bid of the buyer over the work at 10 tUSD, apart from `changes`. */
export const orderOf = (
  chain: LocalChain,
  { seller, buyer, tokenId }: Sale,
  side: 'ask' | 'bid',
  changes: Partial<Order> = {},
): Order => ({
  side: side === 'ask' ? 0 : 1,
  maker: lowerCase((side === 'ask' ? seller : buyer).address),
  taker: `0x${'0'.repeat(40)}`,
  collection: chain.contracts.workToken,
  criteriaKind: 1,
  criteria: `0x${tokenId.toString(16).padStart(64, '0')}`,
  currency: chain.contracts.testUsd,
  pricePerUnit: 10_000_000n,
  maxFills: 1,
  maxRoyaltyBps: 1_000,
  maxFeeBps: 250,
  tokenEpoch: side === 'ask' ? 1n : 0n,
  start: 0,
  end: 4_000_000_000,
  nonce: 7n,
  counter: 0n,
  salt: 0n,
  validation: `0x${'0'.repeat(64)}`,
  ...changes,
})

/** Signs an order for the exchange of the chain. */
export const signOrder = (chain: LocalChain, account: Account, order: Order): Promise<Hex> =>
  account.signTypedData({
    domain: exchangeDomain(chain.chainId, chain.contracts.exchange),
    types: orderTypes,
    primaryType: 'Order',
    message: order,
  })

/** Settings of a service that works on `chain`, by their declared names. */
export const settingsOf = ({ rpcUrl, chainId, contracts }: LocalChain) => ({
  chainRpcUrl: rpcUrl,
  chainId,
  workTokenAddress: contracts.workToken,
  exchangeAddress: contracts.exchange,
  splitterFactoryAddress: `0x${'f'.repeat(40)}`,
  deploymentBlock: 0,
  currencies: [{ address: contracts.testUsd, symbol: 'tUSD', decimals: 6 }],
})
