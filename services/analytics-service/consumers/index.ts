import { contentRegistered } from './content-registered.ts'
import { mintRequested } from './mint-requested.ts'
import { nftMinted } from './nft-minted.ts'
import { orderChanges } from './order-changes.ts'
import { ordersMatched } from './orders-matched.ts'
import { relayFailed } from './relay-failed.ts'
import { royaltyDistributions } from './royalty-distributions.ts'
import { tokenTransfers } from './token-transfers.ts'
import { trades } from './trades.ts'

/** One consumer per topic. */
export const consumers = {
  contentRegistered,
  mintRequested,
  nftMinted,
  tokenTransfers,
  trades,
  royaltyDistributions,
  relayFailed,
  ordersMatched,
  orderChanges,
}
