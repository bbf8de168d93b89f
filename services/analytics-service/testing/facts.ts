import type { Hex } from '@knowton/core'
import type { TopicPayload } from '../consumers/ingest.ts'

/** The n-th of many addresses, hashes, … of `digits` hex digits. */
const hex = (digits: number, n: number): Hex => `0x${n.toString(16).padStart(digits, '0')}`
const address = (n: number): Hex => hex(40, n)

export const COLLECTION = address(0xc0)
export const CURRENCY = address(0xdd)
export const SPLITTER = address(0x51)
export const ada = address(0xa1)
export const bob = address(0xb2)

/** When block 0 was made; blocks are a minute apart. */
export const GENESIS = new Date('2026-02-01T00:00:00Z')
const MINUTE_MS = 60_000

/** The time of a block. */
export const timeOf = (block: number): Date => new Date(GENESIS.getTime() + block * MINUTE_MS)

/** A fact in block `block`, the only one of its kind there. */
const placeIn = (block: number) => ({
  factId: `31337:${hex(64, block)}:0`,
  chainId: 31_337,
  blockNumber: block,
  blockHash: hex(64, block),
  blockTime: timeOf(block),
  transactionHash: hex(64, 0x7000 + block),
  logIndex: 0,
  finality: 'pending' as const,
  reverted: false,
})

/** Ada sells bob token 7 for 1 000, of which 50 are royalty and 10 the fee; apart from `changes`. */
export const aTrade = (block: number, changes: Partial<TopicPayload<'trades'>> = {}) => ({
  topic: 'trades' as const,
  payload: {
    ...placeIn(block),
    collection: COLLECTION,
    tokenId: 7n,
    askHash: hex(64, 1),
    bidHash: hex(64, 0),
    seller: ada,
    buyer: bob,
    currency: CURRENCY,
    price: 1_000n,
    fee: 10n,
    royalty: 50n,
    royaltyReceiver: SPLITTER,
    ...changes,
  },
})

/** Token `tokenId` goes to `to`. */
export const aTransfer = (block: number, tokenId: bigint, to: Hex) => ({
  topic: 'tokenTransfers' as const,
  payload: { ...placeIn(block), collection: COLLECTION, tokenId, from: address(0), to, epoch: BigInt(block) },
})

/** An ask of ada for token `tokenId`, named by `order`. */
export const anAsk = (order: number, tokenId: bigint, price: bigint, state: 'open' | 'cancelled' = 'open') => ({
  topic: 'orderChanges' as const,
  payload: {
    orderHash: hex(64, order),
    side: 'ask' as const,
    maker: ada,
    collection: COLLECTION,
    tokenId,
    currency: CURRENCY,
    price,
    state,
    remaining: state === 'open' ? 1 : 0,
    reason: null,
    changedAt: timeOf(order),
  },
})

type Distribution = TopicPayload<'royaltyDistributions'>
type DistributionOf<K extends Distribution['kind']> = Extract<Distribution, { readonly kind: K }>

const distribution = <K extends Distribution['kind']>(
  block: number,
  fields: Omit<DistributionOf<K>, keyof ReturnType<typeof placeIn> | 'splitter'>,
  splitter = SPLITTER,
) => ({
  topic: 'royaltyDistributions' as const,
  payload: { ...placeIn(block), splitter, ...fields } as unknown as Distribution,
})

/** A splitter of which ada has three quarters and bob the rest. */
export const aSplitter = (block: number, splitter = SPLITTER) =>
  distribution<'split-created'>(
    block,
    { kind: 'split-created', recipients: [ada, bob], sharesPpm: [750_000, 250_000] },
    splitter,
  )

/** The sale of token 7 pays the splitter `amount`. */
export const aPayment = (block: number, amount: bigint) =>
  distribution<'paid'>(block, { kind: 'paid', collection: COLLECTION, tokenId: 7n, currency: CURRENCY, amount })

/** Ada claims `amount` of her position. */
export const aClaim = (block: number, amount: bigint) =>
  distribution<'claimed'>(block, { kind: 'claimed', position: 0, holder: ada, currency: CURRENCY, amount })
