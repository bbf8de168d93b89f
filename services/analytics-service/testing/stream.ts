import type { Event, Hex } from '@knowton/core'
import { MAX_UINT256, PPM } from '@knowton/core'
import * as fc from 'fast-check'
import type { TopicPayload } from '../consumers/ingest.ts'

/** One event of a topic that the numbers depend on. */
export type StreamEvent =
  | { readonly topic: 'nftMinted'; readonly event: Event<TopicPayload<'nftMinted'>> }
  | { readonly topic: 'tokenTransfers'; readonly event: Event<TopicPayload<'tokenTransfers'>> }
  | { readonly topic: 'trades'; readonly event: Event<TopicPayload<'trades'>> }
  | { readonly topic: 'royaltyDistributions'; readonly event: Event<TopicPayload<'royaltyDistributions'>> }
  | { readonly topic: 'orderChanges'; readonly event: Event<TopicPayload<'orderChanges'>> }

const hex = (digits: number, seed: number): Hex => `0x${seed.toString(16).padStart(digits, '0')}`
export const ZERO = hex(40, 0)
export const accounts: readonly Hex[] = [1, 2, 3, 4].map((seed) => hex(40, 0xacc0 + seed))
export const collections: readonly Hex[] = [hex(40, 0xc1), hex(40, 0xc2)]
export const currencies: readonly Hex[] = [ZERO, hex(40, 0xdd)]
export const splitters: readonly Hex[] = [hex(40, 0x51), hex(40, 0x52)]
export const tokenIds: readonly bigint[] = [0n, 7n, MAX_UINT256]
export const BLOCK_MS = 37_000
export const EPOCH_MS = Date.UTC(2026, 1, 27, 23, 40)

const account = fc.constantFrom(...accounts)
const collection = fc.constantFrom(...collections)
const currency = fc.constantFrom(...currencies)
const tokenId = fc.constantFrom(...tokenIds)
const money = fc.oneof(
  fc.bigInt({ min: 0n, max: MAX_UINT256 }),
  fc.constantFrom(0n, 1n, MAX_UINT256),
  fc.bigInt({ min: 0n, max: 1_000n }),
)

/** The states a fact goes through: finality rises, its block is undone, or undone and then canonical again. */
const life = fc.constantFrom<readonly ('pending' | 'safe' | 'finalized' | 'undone')[]>(
  ['pending'],
  ['pending', 'safe', 'finalized'],
  ['pending', 'finalized'],
  ['pending', 'undone'],
  ['pending', 'safe', 'undone'],
  ['pending', 'undone', 'pending', 'finalized'],
)

const trade = fc.record({
  topic: fc.constant('trades' as const),
  collection,
  tokenId,
  seller: account,
  buyer: account,
  currency,
  price: money,
  fee: money,
  royalty: money,
  royaltyReceiver: fc.constantFrom(...splitters, ...accounts),
})
const transfer = fc.record({
  topic: fc.constant('tokenTransfers' as const),
  collection,
  tokenId,
  from: fc.constantFrom(ZERO, ...accounts),
  to: fc.constantFrom(ZERO, ...accounts),
})
const mint = fc.record({
  topic: fc.constant('nftMinted' as const),
  collection,
  tokenId,
  creator: account,
  to: account,
  royaltyReceiver: fc.constantFrom(...splitters),
})
const splitter = fc.constantFrom(...splitters)
const royalty = { topic: fc.constant('royaltyDistributions' as const) }
const position = fc.nat(2)
const royaltyFact = fc.oneof(
  fc.record({
    ...royalty,
    kind: fc.constant('paid' as const),
    splitter: fc.constantFrom(...splitters, ...accounts),
    collection,
    tokenId,
    currency,
    amount: money,
  }),
  fc.record({
    ...royalty,
    kind: fc.constant('claimed' as const),
    splitter,
    position,
    holder: account,
    currency,
    amount: money,
  }),
  fc.record({
    ...royalty,
    kind: fc.constant('position-moved' as const),
    splitter,
    position,
    from: account,
    to: account,
  }),
)

type FactSeed =
  | (typeof trade extends fc.Arbitrary<infer T> ? T : never)
  | (typeof transfer extends fc.Arbitrary<infer T> ? T : never)
  | (typeof mint extends fc.Arbitrary<infer T> ? T : never)
  | (typeof royaltyFact extends fc.Arbitrary<infer T> ? T : never)
  | { topic: 'royaltyDistributions'; kind: 'split-created'; splitter: Hex; recipients: Hex[]; sharesPpm: number[] }

const created: readonly FactSeed[] = splitters.map((address, index) => ({
  topic: 'royaltyDistributions',
  kind: 'split-created',
  splitter: address,
  recipients: accounts.slice(index, index + 3),
  sharesPpm: [PPM - 333_334, 333_333, 1],
}))

const orderChange = fc.record({
  order: fc.nat(5),
  state: fc.constantFrom('open', 'open', 'settling', 'filled', 'cancelled', 'expired', 'unfillable'),
  remaining: fc.nat(3),
})

/** An order's terms, fixed by its number. */
const orderOf = (order: number, price: bigint) => ({
  orderHash: hex(64, 0xf0 + order),
  side: order % 3 === 0 ? ('bid' as const) : ('ask' as const),
  maker: accounts[order % accounts.length] ?? ZERO,
  collection: collections[0] ?? ZERO,
  tokenId: order === 5 ? null : (tokenIds[order % tokenIds.length] ?? 0n),
  currency: currencies[order % 2] ?? ZERO,
  price,
})

const placeOf = (blockNumber: number, index: number, state: 'pending' | 'safe' | 'finalized' | 'undone') => ({
  factId: `31337:${hex(64, blockNumber)}:${index}`,
  chainId: 31_337,
  blockNumber,
  blockHash: hex(64, blockNumber),
  blockTime: new Date(EPOCH_MS + blockNumber * BLOCK_MS),
  transactionHash: hex(64, 0x7000 + index),
  logIndex: index,
  finality: state === 'undone' ? ('pending' as const) : state,
  reverted: state === 'undone',
})

type Draft = { readonly topic: StreamEvent['topic']; readonly key: string; readonly payload: object }

const draftOf = (seed: FactSeed, place: ReturnType<typeof placeOf>): Draft => {
  const { topic, ...fields } = seed
  if (seed.topic === 'royaltyDistributions') return { topic, key: seed.splitter, payload: { ...place, ...fields } }
  const key = seed.tokenId.toString()
  if (seed.topic === 'trades')
    return { topic, key, payload: { ...place, ...fields, askHash: hex(64, 1), bidHash: hex(64, 0) } }
  if (seed.topic === 'tokenTransfers')
    return { topic, key, payload: { ...place, ...fields, epoch: BigInt(place.logIndex) } }
  const terms = { contentHash: hex(64, 2), uriHash: hex(64, 3), royaltyBps: 500, price: 0n, currency: ZERO }
  return { topic, key, payload: { ...place, ...fields, ...terms } }
}

/** Numbers the drafts as the outbox does: versions count up inside a topic and key. */
const publish = (drafts: readonly Draft[]): readonly StreamEvent[] => {
  const versions = new Map<string, number>()
  return drafts.map(({ topic, key, payload }, index) => {
    const aggregateVersion = (versions.get(`${topic} ${key}`) ?? 0) + 1
    versions.set(`${topic} ${key}`, aggregateVersion)
    const id = `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`
    const occurredAt = new Date(EPOCH_MS + index)
    const common = { id, topic, version: 1, key, aggregateVersion, occurredAt }
    return { topic, event: { ...common, causationId: undefined, traceparent: undefined, payload } } as StreamEvent
  })
}

/** Lays the lives of all facts into one log: each fact's states in order, facts mixed by `mix`. */
const interleave = (lives: readonly (readonly Draft[])[], mix: readonly number[]): readonly Draft[] => {
  const waiting = lives.filter((life) => life.length > 0).map((life) => [...life])
  const log: Draft[] = []
  for (let turn = 0; waiting.length > 0; turn += 1) {
    const at = (mix[turn % mix.length] ?? 0) % waiting.length
    const draft = waiting[at]?.shift()
    if (draft !== undefined) log.push(draft)
    if (waiting[at]?.length === 0) waiting.splice(at, 1)
  }
  return log
}

const fact = fc.record({
  seed: fc.oneof(
    { weight: 3, arbitrary: trade },
    { weight: 2, arbitrary: transfer },
    { weight: 1, arbitrary: mint },
    { weight: 4, arbitrary: royaltyFact },
  ),
  block: fc.oneof(fc.nat(200), fc.nat(3)),
  life,
})

/** A publishers' log: chain facts with their lives, arriving in any order of event time, and changes of orders. */
export const stream: fc.Arbitrary<readonly StreamEvent[]> = fc
  .record({
    facts: fc.array(fact, { maxLength: 60, size: 'max' }),
    orders: fc.array(orderChange, { maxLength: 20, size: 'max' }),
    prices: fc.array(money, { minLength: 6, maxLength: 6 }),
    creations: fc.array(life, { minLength: 2, maxLength: 2 }),
    mix: fc.array(fc.nat(1_000), { minLength: 1, maxLength: 60 }),
  })
  .map(({ facts, orders, prices, creations, mix }) => {
    const all = [
      ...created.map((seed, index) => ({ seed, block: 0, life: creations[index] ?? ['pending' as const] })),
      ...facts,
    ]
    const lives = all.map(({ seed, block, life: states }, index) =>
      states.map((state) => draftOf(seed, placeOf(block, index, state))),
    )
    const changes = orders.map(({ order, ...change }, index): Draft => {
      const terms = orderOf(order, prices[order] ?? 0n)
      const changedAt = new Date(EPOCH_MS + order)
      const payload = { ...terms, ...change, reason: index % 2 === 0 ? null : 'order.epoch', changedAt }
      return { topic: 'orderChanges', key: terms.orderHash, payload }
    })
    return publish(interleave([...lives, changes], mix))
  })

/** A way to deliver a log: cut into batches, some of them delivered again later. */
export const delivery = fc.record({
  sizes: fc.array(fc.oneof(fc.integer({ min: 20, max: 60 }), fc.integer({ min: 1, max: 10 })), {
    minLength: 2,
    maxLength: 5,
  }),
  again: fc.array(fc.nat(60), { maxLength: 4 }),
})

/** The batches of `log` in delivery order; every event comes at least once. */
export const batchesOf = (
  log: readonly StreamEvent[],
  { sizes, again }: { readonly sizes: readonly number[]; readonly again: readonly number[] },
): readonly (readonly StreamEvent[])[] => {
  const batches: (readonly StreamEvent[])[] = []
  for (let from = 0, turn = 0; from < log.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1
    batches.push(log.slice(from, from + size))
    from += size
  }
  const redelivered = again.flatMap((index) => {
    const batch = batches[index % Math.max(batches.length, 1)]
    return batch === undefined ? [] : [batch]
  })
  return [...batches, ...redelivered]
}
