import type { Client } from '@knowton/derive'
import type { Platform } from '@knowton/system'
import { positionBooks, tokenBooks, volumeBooks } from '../chain/books.ts'
import type { ChainFacts, Place } from '../chain/facts.ts'
import type { RunningPlatform } from '../platform/running-platform.ts'
import { nonceOf } from './busy-chain.ts'

type Item = Readonly<Record<string, unknown>>

/** Everything that a platform has recorded, as its services answer it; a test spoils one thing in it. */
export type Records = {
  readonly facts: Readonly<Record<string, readonly Item[]>>
  readonly tokens: readonly Item[]
  readonly works: readonly Item[]
  readonly orders: readonly Item[]
  readonly matches: readonly Item[]
  readonly relay: Item
  readonly volume: readonly Item[]
  readonly trades: readonly Item[]
  readonly holders: readonly Item[]
  readonly books: readonly Item[]
  readonly lag: number
  readonly parkedKeys: number
}

const published = (fact: Place, more: Item = {}): Item => ({
  ...fact,
  blockNumber: Number(fact.blockNumber),
  reverted: false,
  ...more,
})

/** What a platform that has followed the chain faithfully says. The creator of token ids asked for the first mint. */
export const faithfulRecords = (facts: ChainFacts): Records => {
  const [firstMint] = facts.mints
  const owners = tokenBooks(facts).flatMap((book) => book.owner ?? [])
  const positions = positionBooks(facts)
  return {
    facts: {
      'token-transfers': facts.transfers.map((fact) => published(fact)),
      'nft-minted': facts.mints.map((fact) => published(fact)),
      trades: facts.trades.map((fact) => published(fact)),
      'royalty-distributions': [
        ...facts.splits.map((fact) => published(fact, { kind: 'split-created' })),
        ...facts.trades.map((fact) =>
          published(fact, { kind: 'paid', splitter: fact.royaltyReceiver, amount: fact.royalty }),
        ),
        ...facts.claims.map((fact) => published(fact, { kind: 'claimed' })),
        ...facts.moves.map((fact) => published(fact, { kind: 'position-moved' })),
      ],
      'mint-requested': [{ requestId: 'mint-1', tokenId: firstMint?.tokenId }],
      'orders-matched': [],
    },
    tokens: tokenBooks(facts).map((book) => ({ ...book })),
    works: [{ id: 'work-1', tokenId: firstMint?.tokenId, state: 'minted', owner: tokenBooks(facts)[0]?.owner }],
    orders: facts.trades.map((trade) => ({
      orderHash: trade.askHash,
      filled: 1,
      state: 'filled',
      order: { maker: trade.seller, nonce: nonceOf(trade.tokenId), counter: 0n, maxFills: 1 },
    })),
    matches: [],
    relay: { state: 'final', transactionHashes: [firstMint?.transactionHash] },
    volume: volumeBooks(facts.trades).map((book) => ({ ...book })),
    trades: facts.trades.map((trade) => ({ ...trade })),
    holders: [...Map.groupBy(owners, (owner) => owner)].map(([address, tokens]) => ({
      address,
      tokens: tokens.length,
    })),
    books: [...Map.groupBy(positions, (book) => book.splitter)].map(([splitter, own]) => ({
      splitter,
      positions: own,
      currencies: [...Map.groupBy(own, (book) => book.currency)].map(([currency, group]) => ({
        currency,
        received: group[0]?.received,
        positions: group,
      })),
    })),
    lag: 0,
    parkedKeys: 0,
  }
}

/** A platform that answers with `records`. */
export const platformOf = (records: Records): RunningPlatform => {
  const page = (items: readonly Item[]) => async () => ({ items, next: null })
  const api = {
    'asset-tokenization': { listTokens: page(records.tokens), getTransaction: async () => records.relay },
    'creator-service': { listWorks: page(records.works) },
    'marketplace-service': { listOrders: page(records.orders), listMatches: page(records.matches) },
    'analytics-service': {
      getVolume: page(records.volume),
      listTrades: page(records.trades),
      listHolders: page(records.holders),
    },
  }
  const consumers = [{ topic: 'trades', lag: records.lag, parkedKeys: records.parkedKeys }]
  return {
    // the audit calls nothing else of it
    api: api as unknown as Client<Platform>,
    royaltyBooks: async () => records.books as unknown as Awaited<ReturnType<RunningPlatform['royaltyBooks']>>,
    latestFacts: (async (_publisher, topic) => records.facts[topic.name] ?? []) as RunningPlatform['latestFacts'],
    status: async (service) => ({ service, consumers }),
  }
}
