import type { Hex } from '@knowton/core'
import { exchangeAbi, royaltySplitterAbi, royaltySplitterFactoryAbi, workTokenAbi } from '@knowton/system/chain'
import * as fc from 'fast-check'
import { zeroAddress } from 'viem'
import type { Contracts } from '../ports.ts'
import { type Emitted, emit } from './memory-chain.ts'

const addressOf = (seed: number): Hex => `0x${seed.toString(16).padStart(40, '0')}`
const hashOf = (seed: number): Hex => `0x${seed.toString(16).padStart(64, '0')}`

/** Contracts at made-up places. */
export const contracts: Contracts = {
  chainId: 31_337,
  workToken: addressOf(0xa1),
  exchange: addressOf(0xa2),
  splitterFactory: addressOf(0xa3),
  deploymentBlock: 1,
  currencies: [{ address: zeroAddress, symbol: 'ETH', decimals: 18 }],
}

const { workToken, exchange, splitterFactory } = contracts
const account = fc.nat(5).map((seed) => addressOf(0xb0 + seed))
const splitter = fc.nat(3).map((seed) => addressOf(0xc0 + seed))
const currency = fc.constantFrom(zeroAddress, addressOf(0xd0))

/** Makes the logs of one block, by its height: a token's id is its block's height, so each is minted once in a branch. */
export type BlockRecipe = (height: number) => readonly Emitted[]

const mint: fc.Arbitrary<BlockRecipe> = fc
  .record({ creator: account, to: account, receiver: splitter })
  .map(({ creator, to, receiver }) => (height) => [
    emit(workToken, workTokenAbi, 'Transfer', { from: zeroAddress, to, tokenId: BigInt(height) }),
    emit(workToken, workTokenAbi, 'Minted', {
      tokenId: BigInt(height),
      creator,
      to,
      contentHash: hashOf(height),
      uriHash: hashOf(height + 1),
      royaltyBps: 500,
      royaltyReceiver: receiver,
      price: 0n,
      currency: zeroAddress,
    }),
  ])

/** Transfers, burns, lower royalties, trades, splitters, claims, and logs that are none of ours. */
const other: fc.Arbitrary<BlockRecipe> = fc.oneof(
  fc
    .record({ from: account, to: fc.oneof(account, fc.constant(zeroAddress)), age: fc.nat(6) })
    .map(({ from, to, age }) => (height: number) => [
      emit(workToken, workTokenAbi, 'Transfer', { from, to, tokenId: BigInt(Math.max(1, height - age)) }),
    ]),
  fc.record({ bps: fc.nat(400), age: fc.nat(6) }).map(({ bps, age }) => (height: number) => [
    emit(workToken, workTokenAbi, 'RoyaltyLowered', { tokenId: BigInt(Math.max(1, height - age)), royaltyBps: bps }),
  ]),
  fc
    .record({ seller: account, buyer: account, receiver: splitter, royalty: fc.bigInt(0n, 3n), currency })
    .map(({ seller, buyer, receiver, royalty, currency: paidIn }) => (height: number) => [
      emit(exchange, exchangeAbi, 'Trade', {
        askHash: hashOf(height),
        bidHash: hashOf(height + 7),
        tokenId: BigInt(height),
        collection: workToken,
        seller,
        buyer,
        currency: paidIn,
        price: 100n,
        fee: 1n,
        royalty,
        royaltyReceiver: receiver,
      }),
    ]),
  splitter.map((at) => () => [
    emit(splitterFactory, royaltySplitterFactoryAbi, 'SplitterCreated', {
      splitter: at,
      salt: hashOf(1),
      recipients: [addressOf(0xb0)],
      shares: [1_000_000],
    }),
  ]),
  fc.record({ at: splitter, holder: account, currency }).map(({ at, holder, currency: paidIn }) => () => [
    emit(at, royaltySplitterAbi, 'Claimed', { position: 0n, holder, currency: paidIn, amount: 5n }),
    emit(at, royaltySplitterAbi, 'PositionMoved', { position: 0n, from: holder, to: addressOf(0xb1) }),
  ]),
  fc.constant(() => [{ address: addressOf(0xee), topics: [hashOf(9)], data: '0x' as const }]),
)

/** A block of up to five things, often of none; the same token is never minted twice in a branch. */
export const blockRecipe: fc.Arbitrary<BlockRecipe> = fc
  .record({ mint: fc.option(mint, { nil: undefined }), others: fc.array(other, { maxLength: 4 }) })
  .map(({ mint: first, others }) => (height) => [...(first?.(height) ?? []), ...others.flatMap((each) => each(height))])
