import type { Hex } from '@knowton/core'
import { expect, test } from 'vitest'
import { creditBooks, fillsOf, positionBooks, tokenBooks, volumeBooks, ZERO_HASH } from './books.ts'
import type { ChainFacts, TradeFact } from './facts.ts'

const hex = (seed: number, digits = 40): Hex => `0x${seed.toString(16).padStart(digits, '0')}`
const [alice, bob, splitter, usd, zero] = [hex(0xa), hex(0xb), hex(0x5), hex(0xdd), hex(0)]
const place = { factId: 'f', blockNumber: 1n, transactionHash: hex(1, 64) }

const nothing: ChainFacts = {
  transfers: [],
  mints: [],
  loweredRoyalties: [],
  trades: [],
  splits: [],
  claims: [],
  moves: [],
  credits: [],
}
const trade = (fields: Partial<TradeFact>): TradeFact => ({
  ...place,
  askHash: hex(0xa5, 64),
  bidHash: ZERO_HASH,
  tokenId: 1n,
  collection: hex(0xc),
  seller: alice,
  buyer: bob,
  currency: usd,
  price: 100n,
  fee: 1n,
  royalty: 10n,
  royaltyReceiver: splitter,
  ...fields,
})

test('a token belongs to whom it went last, and to nobody once burned', () => {
  const transfers = [
    { ...place, tokenId: 1n, from: zero, to: alice, epoch: 1n },
    { ...place, tokenId: 1n, from: alice, to: bob, epoch: 2n },
    { ...place, tokenId: 2n, from: zero, to: alice, epoch: 1n },
    { ...place, tokenId: 2n, from: alice, to: zero, epoch: 2n },
  ]
  expect(tokenBooks({ ...nothing, transfers })).toMatchObject([
    { tokenId: 1n, owner: bob, epoch: 2n },
    { tokenId: 2n, owner: null, epoch: 2n },
  ])
})

test('a lowered royalty replaces that of the mint', () => {
  const mint = { to: alice, contentHash: ZERO_HASH, uriHash: ZERO_HASH, royaltyReceiver: splitter, price: 0n }
  const facts = {
    ...nothing,
    transfers: [{ ...place, tokenId: 1n, from: zero, to: alice, epoch: 1n }],
    mints: [{ ...place, ...mint, tokenId: 1n, creator: alice, royaltyBps: 500, currency: zero }],
    loweredRoyalties: [{ ...place, tokenId: 1n, royaltyBps: 250 }],
  }
  expect(tokenBooks(facts)).toMatchObject([{ creator: alice, royaltyBps: 250, royaltyReceiver: splitter }])
})

test('both signed orders of a trade fill by one; a taker has none', () => {
  const bid = hex(0xb1, 64)
  const fills = fillsOf([trade({}), trade({ askHash: hex(0xa6, 64), bidHash: bid }), trade({ bidHash: bid })])
  expect([...fills]).toEqual([
    [hex(0xa5, 64), 2],
    [hex(0xa6, 64), 1],
    [bid, 2],
  ])
})

test('volumes add up by currency without a limit of 256 bits', () => {
  const most = 2n ** 256n - 1n
  const [usdBook, nativeBook] = volumeBooks([trade({ price: most }), trade({ price: most }), trade({ currency: zero })])
  expect(usdBook).toMatchObject({ currency: usd, trades: 2, volume: 2n * most, fees: 2n, royalties: 20n })
  expect(nativeBook).toMatchObject({ currency: zero, trades: 1, volume: 100n })
})

test('a position owes its floored share less what any holder of it claimed', () => {
  const facts = {
    ...nothing,
    trades: [trade({ royalty: 101n }), trade({ royalty: 7n, royaltyReceiver: alice })],
    splits: [{ ...place, splitter, recipients: [alice, bob], sharesPpm: [600_000, 400_000] }],
    claims: [{ ...place, splitter, position: 0, holder: alice, currency: usd, amount: 50n }],
    moves: [{ ...place, splitter, position: 0, from: alice, to: bob }],
  }
  expect(positionBooks(facts)).toMatchObject([
    { position: 0, holder: bob, received: 101n, claimed: 50n, claimable: 10n },
    { position: 1, holder: bob, received: 101n, claimed: 0n, claimable: 40n },
  ])
})

test('a credit is what was set aside less what was paid out', () => {
  const credit = { ...place, contract: hex(0xe), account: alice, currency: usd }
  const credits = [
    { ...credit, change: 30n },
    { ...credit, change: -30n },
    { ...credit, change: 4n },
  ]
  expect(creditBooks({ ...nothing, credits })).toEqual([
    { contract: hex(0xe), account: alice, currency: usd, amount: 4n },
  ])
})
