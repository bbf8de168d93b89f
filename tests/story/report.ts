import type { Connection } from './connect.ts'
import { type Cast, type Tell, usd } from './life-of-a-work.ts'
import { until } from './until.ts'

/** Reads what analytics counted for a token, once it has counted `sales` trades, and tells it. */
export const readAnalytics = async (
  connection: Connection,
  cast: Cast,
  expected: { readonly tokenId: bigint; readonly sales: number; readonly claimedByPartner: bigint },
  tell: Tell,
) => {
  const analytics = cast.partner.api['analytics-service']
  const { tokenId } = expected
  const currency = connection.contracts.testUsd
  const volume = await until(
    async () => (await analytics.getVolume({ query: { tokenId } })).items.find((item) => item.currency === currency),
    (item) => item?.trades === expected.sales,
    'analytics to count the trades',
  )
  if (volume === undefined) throw new Error('analytics counted no trade')
  tell(
    'counted',
    `volume ${usd(volume.volume)} in ${volume.trades} trades; royalties ${usd(volume.royalties)}, fees ${usd(volume.fees)}`,
  )
  const candles = await analytics.getCandles({ query: { tokenId, currency, interval: '1h' } })
  for (const candle of candles.items)
    tell(
      'counted',
      `candle ${candle.start.toISOString()}: open ${usd(candle.open)}, high ${usd(candle.high)}, low ${usd(candle.low)}, close ${usd(candle.close)}`,
    )
  const { floor } = await analytics.getFloor({ query: { collection: connection.contracts.workToken, currency } })
  tell('counted', floor === null ? 'no work is for sale: the collection has no floor' : `floor ${usd(floor.price)}`)
  const holders = await analytics.listHolders({ query: { collection: connection.contracts.workToken, limit: 100 } })
  const statement = await until(
    async () =>
      (await analytics.getRoyaltyStatement({ query: {} })).items.find((item) => item.tokenIds.includes(tokenId)),
    (item) => item?.claimed === expected.claimedByPartner,
    `the statement of ${cast.partner.name} to show the claim`,
  )
  if (statement !== undefined)
    tell(
      'counted',
      `statement of ${cast.partner.name}: ${usd(statement.received)} came in, earned ${usd(statement.earned)}, claimed ${usd(statement.claimed)}, still claimable ${usd(statement.claimable)}`,
    )
  return { volume, candles: candles.items, floor, holders: holders.items, statement }
}
