import { address, amount, bps, bytes32, recordId, topic, uint256 } from '@knowton/core'
import * as z from 'zod'
import { factFields } from '../shapes/fact.ts'

/** A work became a token. */
export const nftMinted = topic({
  name: 'nft-minted',
  version: 1,
  summary: 'WorkToken minted a work.',
  payload: z.object({
    ...factFields,
    collection: address,
    tokenId: uint256,
    creator: address,
    to: address,
    contentHash: bytes32,
    uriHash: bytes32,
    royaltyBps: bps,
    royaltyReceiver: address,
    price: amount,
    currency: address,
  }),
  key: (fact) => fact.tokenId.toString(),
  partitions: 12,
  retentionDays: 7,
})

/** Every movement of a token, mint (from zero) and burn (to zero) included. */
export const tokenTransfers = topic({
  name: 'token-transfers',
  version: 1,
  summary: 'A token moved from one owner to another.',
  payload: z.object({
    ...factFields,
    collection: address,
    tokenId: uint256,
    from: address,
    to: address,
    /** The transfer count after this movement; listings signed under another one are dead. */
    epoch: uint256,
  }),
  key: (fact) => fact.tokenId.toString(),
  partitions: 12,
  retentionDays: 7,
})

/** A trade settled on chain; for a taker fill the side without a signed order has the zero hash. */
export const trades = topic({
  name: 'trades',
  version: 1,
  summary: 'The exchange settled a trade: who paid what to whom.',
  payload: z.object({
    ...factFields,
    collection: address,
    tokenId: uint256,
    askHash: bytes32,
    bidHash: bytes32,
    seller: address,
    buyer: address,
    currency: address,
    price: amount,
    fee: amount,
    royalty: amount,
    royaltyReceiver: address,
  }),
  key: (fact) => fact.tokenId.toString(),
  partitions: 12,
  retentionDays: 30,
})

const distribution = { ...factFields, splitter: address }

/** Royalty money: a splitter came to be, was paid by a trade, or paid one of its holders. */
export const royaltyDistributions = topic({
  name: 'royalty-distributions',
  version: 1,
  summary: 'Royalty income reached a splitter or was claimed from it.',
  payload: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('split-created'),
      ...distribution,
      recipients: z.array(address),
      sharesPpm: z.array(z.int()),
    }),
    z.object({
      kind: z.literal('paid'),
      ...distribution,
      collection: address,
      tokenId: uint256,
      currency: address,
      amount,
    }),
    z.object({
      kind: z.literal('claimed'),
      ...distribution,
      position: z.int(),
      holder: address,
      currency: address,
      amount,
    }),
    z.object({
      kind: z.literal('position-moved'),
      ...distribution,
      position: z.int(),
      from: address,
      to: address,
    }),
  ]),
  key: (fact) => fact.splitter,
  partitions: 6,
  retentionDays: 30,
})

/** A request that the platform relays will never take effect. */
export const relayFailed = topic({
  name: 'relay-failed',
  version: 1,
  summary: 'A mint or a settlement that was asked for will not happen, and why.',
  payload: z.object({
    requestId: recordId,
    work: z.enum(['mint', 'settlement']),
    /** The contract's error or `relay.<reason>`. */
    code: z.string(),
    says: z.string(),
    transactionHash: bytes32.nullable(),
  }),
  key: (fact) => fact.requestId,
  partitions: 6,
  retentionDays: 30,
})
