import { Fault, type Hex } from '@knowton/core'
import { type Order, type TokenFacts, tokenIdOfOrder } from '@knowton/domain/market'
import type { ChainView } from '../chain/chain-view.ts'

/** A chain in memory that says what it was told. */
export type MemoryChain = ChainView & {
  readonly tokens: Map<bigint, TokenFacts>
  /** What an account has and lets the exchange spend, in any currency. */
  readonly money: Map<Hex, { readonly balance: bigint; readonly allowance: bigint }>
  /** `<account>:<nonce>` */
  readonly usedNonces: Set<string>
  readonly counters: Map<Hex, bigint>
  readonly approvals: Set<Hex>
  /** From now on it does not answer. */
  readonly fallSilent: () => void
  /** How often it was asked. */
  readonly asked: () => number
}

/** A chain with nothing on it; the fee is 1 %. */
export const createMemoryChain = (): MemoryChain => {
  const tokens: MemoryChain['tokens'] = new Map()
  const money: MemoryChain['money'] = new Map()
  const usedNonces = new Set<string>()
  const counters = new Map<Hex, bigint>()
  const approvals = new Set<Hex>()
  let asked = 0
  let isSilent = false
  const ask = () => {
    asked += 1
    if (isSilent) throw new Fault('chain.unreachable', 'The chain does not answer.', { retry: 'later' })
  }
  const makerFacts = (maker: Hex, nonce: bigint) => {
    ask()
    return { counter: counters.get(maker) ?? 0n, nonceUsed: usedNonces.has(`${maker}:${nonce}`), feeBps: 100 }
  }
  return {
    tokens,
    money,
    usedNonces,
    counters,
    approvals,
    asked: () => asked,
    factsOf: async (order: Order) => ({
      ...makerFacts(order.maker, order.nonce),
      filled: 0n,
      currencyAllowed: true,
      token: tokens.get(tokenIdOfOrder(order) ?? -1n),
      ...(money.get(order.maker) ?? { balance: 0n, allowance: 0n }),
    }),
    termsOf: async ({ maker, nonce, tokenId }) => ({
      ...makerFacts(maker, nonce),
      token: tokenId === undefined ? undefined : tokens.get(tokenId),
    }),
    approves: async ({ digest }) => {
      ask()
      return approvals.has(digest)
    },
    fallSilent: () => {
      isSilent = true
    },
  }
}
