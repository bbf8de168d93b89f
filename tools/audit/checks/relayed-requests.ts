import type { Hex } from '@knowton/core'
import { creatorService, marketplaceService } from '@knowton/system'
import type { ChainFacts } from '../chain/facts.ts'
import { type Check, entry } from '../ledger.ts'
import type { RunningPlatform } from '../platform/running-platform.ts'

/** What was asked of the relay, and in which transactions of the chain the thing asked for happened. */
type Request = { readonly requestId: string; readonly happenedIn: readonly Hex[] }

/** Requests asked about at the same time. */
const AT_ONCE = 16

/** Did every relayed request take effect exactly once, or not at all, as its intent says? */
export const relayedRequestChecks = async (running: RunningPlatform, facts: ChainFacts): Promise<readonly Check[]> => {
  const mints = await running.latestFacts('creator-service', creatorService.publishes.mintRequested, 'requestId')
  const matches = await running.latestFacts(
    'marketplace-service',
    marketplaceService.publishes.ordersMatched,
    'requestId',
  )
  const mintedIn = Map.groupBy(facts.mints, (mint) => mint.tokenId)
  const settledIn = Map.groupBy(facts.trades, (trade) => `${trade.askHash} ${trade.bidHash}`)
  return [
    await requestsCheck(
      running,
      'intents.mints',
      'Sponsored mints',
      mints.map(({ requestId, tokenId }) => ({
        requestId,
        happenedIn: (mintedIn.get(tokenId) ?? []).map((mint) => mint.transactionHash),
      })),
    ),
    await requestsCheck(
      running,
      'intents.settlements',
      'Settlements',
      matches.map(({ requestId, askHash, bidHash }) => ({
        requestId,
        happenedIn: (settledIn.get(`${askHash} ${bidHash}`) ?? []).map((trade) => trade.transactionHash),
      })),
    ),
  ]
}

const requestsCheck = async (
  { api }: RunningPlatform,
  name: string,
  what: string,
  requests: readonly Request[],
): Promise<Check> => {
  const rows = await inChunks(requests, async ({ requestId, happenedIn }) => {
    const relay = await api['asset-tokenization'].getTransaction({ params: { requestId } })
    const own = happenedIn.filter((hash) => relay.transactionHashes.includes(hash))
    const done = relay.state === 'confirmed' || relay.state === 'final'
    return { subject: `request ${requestId}`, effects: own.length, intended: done ? 1 : 0 }
  })
  return {
    name,
    says: `${what}: how often each took effect in its own transactions, and what the intent says`,
    expected: new Map(rows.map(({ subject, effects }) => [subject, entry({ effects })])),
    found: new Map(rows.map(({ subject, intended }) => [subject, entry({ effects: intended })])),
  }
}

const inChunks = async <Item, Row>(
  items: readonly Item[],
  work: (item: Item) => Promise<Row>,
): Promise<readonly Row[]> => {
  const rows: Row[] = []
  for (let from = 0; from < items.length; from += AT_ONCE)
    rows.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map(work))))
  return rows
}
