import { createContractSignatures, toChainFault } from '@knowton/adapters/chain'
import { type Hex, lowerCase } from '@knowton/core'
import { type ChainFacts, type Order, type TokenFacts, tokenIdOfOrder } from '@knowton/domain/market'
import { exchangeAbi, exchangeDomain, orderTypes, workTokenAbi } from '@knowton/system/chain'
import { erc20Abi, hashTypedData, type PublicClient } from 'viem'
import type { Contracts } from '../ports.ts'
import type { ChainTerms, ChainView, TermsQuestion } from './chain-view.ts'

/** Reads the Exchange, the WorkToken and the currencies; each answer is one call, so it is of one block. */
export const exchangeChainView = (client: PublicClient, contracts: Contracts): ChainView => ({
  factsOf: (order, orderHash, signal) => factsOf(client, contracts, { order, orderHash }, signal),
  termsOf: (question, signal) => termsOf(client, contracts, question, signal),
  approves: createContractSignatures(client).approves,
})

const FULL_PRICE = 10_000n

const tokenCalls = (contracts: Contracts, owner: Hex, tokenId: bigint) => {
  const token = { address: contracts.workToken, abi: workTokenAbi } as const
  return [
    { ...token, functionName: 'ownerOf', args: [tokenId] },
    { ...token, functionName: 'transferCount', args: [tokenId] },
    // Of a price of 10 000 the royalty is the rate in basis points.
    { ...token, functionName: 'royaltyInfo', args: [tokenId, FULL_PRICE] },
    { ...token, functionName: 'getApproved', args: [tokenId] },
    { ...token, functionName: 'isApprovedForAll', args: [owner, contracts.exchange] },
  ] as const
}

const makerCalls = (contracts: Contracts, maker: Hex, nonce: bigint) => {
  const exchange = { address: contracts.exchange, abi: exchangeAbi } as const
  return [
    { ...exchange, functionName: 'feeBps' },
    { ...exchange, functionName: 'counterOf', args: [maker] },
    { ...exchange, functionName: 'nonceUsed', args: [maker, nonce] },
  ] as const
}

const factsOf = async (
  client: PublicClient,
  contracts: Contracts,
  { order, orderHash }: { readonly order: Order; readonly orderHash: Hex },
  signal: AbortSignal,
): Promise<ChainFacts> => {
  signal.throwIfAborted()
  const tokenId = tokenIdOfOrder(order)
  const exchange = { address: contracts.exchange, abi: exchangeAbi } as const
  const currency = { address: order.currency, abi: erc20Abi } as const
  const [feeBps, counter, nonceUsed, filled, currencyAllowed, balance, allowance, ...token] = await client.multicall({
    deployless: true,
    batchSize: 0,
    contracts: [
      ...makerCalls(contracts, order.maker, order.nonce),
      { ...exchange, functionName: 'filled', args: [orderHash] },
      { ...exchange, functionName: 'isCurrencyAllowed', args: [order.currency] },
      { ...currency, functionName: 'balanceOf', args: [order.maker] },
      { ...currency, functionName: 'allowance', args: [order.maker, contracts.exchange] },
      ...tokenCalls(contracts, order.maker, tokenId ?? 0n),
    ],
  })
  return {
    feeBps: known(feeBps),
    counter: known(counter),
    nonceUsed: known(nonceUsed),
    filled: known(filled),
    currencyAllowed: known(currencyAllowed),
    token: tokenId === undefined ? undefined : tokenFacts(contracts, token),
    // A currency that does not answer holds nothing for anyone.
    balance: balance.result ?? 0n,
    allowance: allowance.result ?? 0n,
  }
}

const termsOf = async (
  client: PublicClient,
  contracts: Contracts,
  { maker, nonce, tokenId }: TermsQuestion,
  signal: AbortSignal,
): Promise<ChainTerms> => {
  signal.throwIfAborted()
  const [feeBps, counter, nonceUsed, ...token] = await client.multicall({
    deployless: true,
    batchSize: 0,
    contracts: [...makerCalls(contracts, maker, nonce), ...tokenCalls(contracts, maker, tokenId ?? 0n)],
  })
  return {
    feeBps: known(feeBps),
    counter: known(counter),
    nonceUsed: known(nonceUsed),
    token: tokenId === undefined ? undefined : tokenFacts(contracts, token),
  }
}

/** Identical to what viem answers with, so that `T` is inferred from the success alone. */
type Failure = { error: Error; result?: undefined; status: 'failure' }
type Answer<T> = { error?: undefined; result: T; status: 'success' } | Failure

/** What a call that cannot revert answered: when it failed, the whole request did. */
const known = <T>(answer: Answer<T>): T => {
  if (answer.status === 'failure') throw toChainFault(answer.error)
  return answer.result
}

const tokenFacts = (
  contracts: Contracts,
  [owner, epoch, royalty, approved, approvedForAll]: readonly [
    Answer<Hex>,
    Answer<bigint>,
    Answer<readonly [Hex, bigint]>,
    Answer<Hex>,
    Answer<boolean>,
  ],
): TokenFacts | undefined => {
  if (owner.status === 'failure') return undefined
  return {
    owner: lowerCase(owner.result),
    epoch: known(epoch),
    royaltyBps: Number(known(royalty)[1]),
    isApproved: known(approvedForAll) || lowerCase(known(approved)) === contracts.exchange,
  }
}

/** The EIP-712 digest that the maker signs: the hash of the order, on chain and off. */
export const hashOrder = (order: Order, contracts: Contracts): Hex =>
  hashTypedData({
    domain: exchangeDomain(contracts.chainId, contracts.exchange),
    types: orderTypes,
    primaryType: 'Order',
    message: order,
  })
