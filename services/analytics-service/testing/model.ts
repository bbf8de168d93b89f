import { type Hex, PPM } from '@knowton/core'
import { type RoyaltyBook, royaltyStatement } from '@knowton/domain/royalty'
import type { TopicPayload } from '../consumers/ingest.ts'
import type { Interval } from '../queries/candles.ts'
import type { TradeFilter } from '../queries/trade-filter.ts'
import { type StreamEvent, ZERO } from './stream.ts'

type Topic = StreamEvent['topic']
type FactTopic = Exclude<Topic, 'orderChanges'>

/** The latest payload of each id of a topic, by the version in its key. */
const latest = <T extends Topic>(
  log: readonly StreamEvent[],
  topic: T,
  idOf: (payload: TopicPayload<T>) => string,
): readonly TopicPayload<T>[] => {
  const found = new Map<string, { version: number; payload: TopicPayload<T> }>()
  for (const entry of log) {
    if (entry.topic !== topic) continue
    const payload = entry.event.payload as TopicPayload<T>
    const known = found.get(idOf(payload))
    if (known === undefined || known.version < entry.event.aggregateVersion)
      found.set(idOf(payload), { version: entry.event.aggregateVersion, payload })
  }
  return [...found.values()].map(({ payload }) => payload)
}

const inChainOrder = (a: { blockNumber: number; logIndex: number }, b: { blockNumber: number; logIndex: number }) =>
  a.blockNumber - b.blockNumber || a.logIndex - b.logIndex

/** The facts of a topic that stand, in chain order. */
export const standing = <T extends FactTopic>(log: readonly StreamEvent[], topic: T): readonly TopicPayload<T>[] =>
  latest(log, topic, (payload) => payload.factId)
    .filter((payload) => !payload.reverted)
    .toSorted(inChainOrder)

const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n)

const tradesOf = (log: readonly StreamEvent[], filter: TradeFilter) =>
  standing(log, 'trades').filter(
    (trade) =>
      (filter.from === undefined || trade.blockTime >= filter.from) &&
      (filter.to === undefined || trade.blockTime < filter.to) &&
      (filter.collection === undefined || trade.collection === filter.collection) &&
      (filter.tokenId === undefined || trade.tokenId === filter.tokenId) &&
      (filter.currency === undefined || trade.currency === filter.currency) &&
      (filter.account === undefined || trade.seller === filter.account || trade.buyer === filter.account),
  )

export const volumeOf = (log: readonly StreamEvent[], filter: TradeFilter) =>
  [...Map.groupBy(tradesOf(log, filter), (trade) => trade.currency)]
    .map(([currency, trades]) => ({
      currency,
      trades: trades.length,
      volume: sum(trades.map((trade) => trade.price)),
      fees: sum(trades.map((trade) => trade.fee)),
      royalties: sum(trades.map((trade) => trade.royalty)),
    }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1))

export const tradeListOf = (log: readonly StreamEvent[], filter: TradeFilter) =>
  tradesOf(log, filter)
    .toReversed()
    .map(({ factId, blockTime, collection, tokenId, seller, buyer, currency, price, fee, royalty, ...rest }) => ({
      factId,
      at: blockTime,
      collection,
      tokenId,
      seller,
      buyer,
      currency,
      price,
      fee,
      royalty,
      transactionHash: rest.transactionHash,
      finality: rest.finality,
    }))

const lengthMs = { '1m': 60_000, '5m': 300_000, '1h': 3_600_000, '1d': 86_400_000 }

export const candlesOf = (log: readonly StreamEvent[], filter: TradeFilter, interval: Interval) => {
  const startOf = (time: Date) => Math.floor(time.getTime() / lengthMs[interval]) * lengthMs[interval]
  return [...Map.groupBy(tradesOf(log, filter), (trade) => startOf(trade.blockTime))]
    .toSorted(([a], [b]) => a - b)
    .map(([start, trades]) => {
      const prices = trades.map((trade) => trade.price)
      const sorted = prices.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
      return {
        start: new Date(start),
        open: prices[0],
        high: sorted.at(-1),
        low: sorted[0],
        close: prices.at(-1),
        volume: sum(prices),
        trades: trades.length,
      }
    })
}

export const floorOf = (log: readonly StreamEvent[], collection: Hex, currency: Hex) => {
  const asks = latest(log, 'orderChanges', (change) => change.orderHash)
    .filter((order) => order.side === 'ask' && order.state === 'open' && order.tokenId !== null)
    .filter((order) => order.collection === collection && order.currency === currency)
    .toSorted((a, b) => (a.price < b.price ? -1 : a.price > b.price ? 1 : +a.changedAt - +b.changedAt))
  const [best] = asks
  const floor = best === undefined ? null : { price: best.price, tokenId: best.tokenId, orderHash: best.orderHash }
  return { floor, asks: asks.length }
}

export const holdersOf = (log: readonly StreamEvent[], collection: Hex) => {
  const owners = new Map<bigint, Hex>()
  for (const move of standing(log, 'tokenTransfers'))
    if (move.collection === collection) owners.set(move.tokenId, move.to)
  const held = [...owners.values()].filter((owner) => owner !== ZERO)
  return [...Map.groupBy(held, (owner) => owner)]
    .map(([address, tokens]) => ({ address, tokens: tokens.length }))
    .toSorted((a, b) => b.tokens - a.tokens || (a.address < b.address ? -1 : 1))
}

/** What is known of each splitter before `to`, by address. */
export const booksOf = (log: readonly StreamEvent[], to: Date): readonly RoyaltyBook[] => {
  const facts = standing(log, 'royaltyDistributions').filter((fact) => fact.blockTime < to)
  const mints = standing(log, 'nftMinted').filter((mint) => mint.blockTime < to)
  return [...Map.groupBy(facts, (fact) => fact.splitter)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([splitter, own]) => {
      const minted = mints.filter((mint) => mint.royaltyReceiver === splitter).map((mint) => mint.tokenId)
      const paid = own.flatMap((fact) => (fact.kind === 'paid' ? [fact] : []))
      const claimed = own.flatMap((fact) => (fact.kind === 'claimed' ? [fact] : []))
      const created = own.find((fact) => fact.kind === 'split-created')
      const holders = [...(created?.recipients ?? [])]
      for (const fact of own)
        if (fact.kind === 'position-moved' && created !== undefined) holders[fact.position] = fact.to
      return {
        splitter,
        tokenIds: [...new Set([...minted, ...paid.map((fact) => fact.tokenId)])].toSorted((a, b) => (a < b ? -1 : 1)),
        positions: holders.map((holder, position) => ({
          position,
          holder,
          sharePpm: created?.sharesPpm[position] ?? PPM,
        })),
        income: [...Map.groupBy(paid, (fact) => fact.currency)].map(([currency, facts]) => ({
          currency,
          received: sum(facts.map((fact) => fact.amount)),
        })),
        claims: claimed.map(({ position, holder, currency, amount }) => ({ position, holder, currency, amount })),
      }
    })
}

const byPlace = (a: { splitter: Hex; currency: Hex }, b: { splitter: Hex; currency: Hex }) =>
  a.splitter + a.currency < b.splitter + b.currency ? -1 : 1

export const statementOf = (log: readonly StreamEvent[], account: Hex, to: Date) =>
  royaltyStatement(account, booksOf(log, to)).toSorted(byPlace)
