import { type Hex, PPM } from '@knowton/core'
import type { MintRequest } from '../relay/request-store.ts'
import type { SplitterView } from './read-splitter.ts'

/**
 * The positions of a receiver that is no deployed splitter: those that its mint request names, or the whole to the
 * receiver itself. Nothing can be claimed from it.
 */
export const undeployedSplitter = (
  receiver: Hex,
  request: MintRequest | undefined,
  currencies: readonly Hex[],
): SplitterView => {
  const named = request?.voucher.royaltyReceiver === receiver ? request.split.shares : undefined
  const holders = named ?? [{ address: receiver, sharePpm: PPM }]
  return {
    positions: holders.map(({ address, sharePpm }, position) => ({
      position,
      holder: address,
      sharePpm,
      amounts: currencies.map((currency) => ({ currency, claimable: 0n, claimed: 0n })),
    })),
    received: currencies.map((currency) => ({ currency, total: 0n })),
  }
}
