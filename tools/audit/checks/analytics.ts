import type { RunRecord } from '@knowton/derive'
import { type PositionBook, positionBooks, tokenBooks, volumeBooks } from '../chain/books.ts'
import type { ChainFacts } from '../chain/facts.ts'
import { type Check, entry } from '../ledger.ts'
import { allPages } from '../platform/all-pages.ts'
import type { RunningPlatform } from '../platform/running-platform.ts'

/** Do the numbers of analytics-service add up to the chain, to the last unit? */
export const analyticsChecks = async (
  running: RunningPlatform,
  run: RunRecord,
  facts: ChainFacts,
): Promise<readonly Check[]> => [
  await volumeCheck(running, facts),
  await tradesCheck(running, facts),
  await holdersCheck(running, run, facts),
  await royaltiesCheck(running, facts),
]

const volumeCheck = async ({ api }: RunningPlatform, facts: ChainFacts): Promise<Check> => {
  const { items } = await api['analytics-service'].getVolume()
  return {
    name: 'analytics.volume',
    says: 'Trades, volume, fees and royalties per currency',
    expected: new Map(volumeBooks(facts.trades).map(({ currency, ...book }) => [`in ${currency}`, entry(book)])),
    found: new Map(items.map(({ currency, ...book }) => [`in ${currency}`, entry(book)])),
  }
}

const tradesCheck = async ({ api }: RunningPlatform, facts: ChainFacts): Promise<Check> => {
  const trades = await allPages((cursor) =>
    api['analytics-service'].listTrades({ query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) } }),
  )
  const tradeEntry = (trade: Omit<(typeof trades)[number], 'factId' | 'at' | 'finality' | 'collection'>) => {
    const { tokenId, seller, buyer, currency, price, fee, royalty, transactionHash } = trade
    return entry({ tokenId, seller, buyer, currency, price, fee, royalty, transaction: transactionHash })
  }
  return {
    name: 'analytics.trades',
    says: 'Every trade with its parties and amounts',
    expected: new Map(facts.trades.map((trade) => [`fact ${trade.factId}`, tradeEntry(trade)])),
    found: new Map(trades.map((trade) => [`fact ${trade.factId}`, tradeEntry(trade)])),
  }
}

const holdersCheck = async ({ api }: RunningPlatform, run: RunRecord, facts: ChainFacts): Promise<Check> => {
  const collection = run.contracts.workToken
  const holders = await allPages((cursor) =>
    api['analytics-service'].listHolders({
      query: { collection, limit: 100, ...(cursor === undefined ? {} : { cursor }) },
    }),
  )
  const owned = tokenBooks(facts).flatMap(({ owner }) => owner ?? [])
  return {
    name: 'analytics.holders',
    says: 'How many tokens each account holds',
    expected: new Map(
      [...Map.groupBy(owned, (owner) => owner)].map(([owner, tokens]) => [owner, entry({ tokens: tokens.length })]),
    ),
    found: new Map(holders.map(({ address, tokens }) => [address, entry({ tokens })])),
  }
}

const royaltiesCheck = async ({ royaltyBooks }: RunningPlatform, facts: ChainFacts): Promise<Check> => {
  const books = await royaltyBooks()
  const subject = ({ splitter, position, currency }: Pick<PositionBook, 'splitter' | 'position' | 'currency'>) =>
    `splitter ${splitter} position ${position} in ${currency}`
  const found = books.flatMap(({ splitter, positions, currencies }) =>
    currencies.flatMap(({ currency, received, positions: balances }) =>
      balances.map(({ position, claimed, claimable }) => {
        const held = positions.find((candidate) => candidate.position === position)
        const values = { holder: held?.holder, sharePpm: held?.sharePpm, received, claimed, claimable }
        return [subject({ splitter, position, currency }), entry(values)] as const
      }),
    ),
  )
  return {
    name: 'analytics.royalties',
    says: 'Received, claimed and claimable of every splitter position, from royalties that trades paid',
    expected: new Map(
      positionBooks(facts).map((book) => {
        const { holder, sharePpm, received, claimed, claimable } = book
        return [subject(book), entry({ holder, sharePpm, received, claimed, claimable })]
      }),
    ),
    found: new Map(found),
  }
}
