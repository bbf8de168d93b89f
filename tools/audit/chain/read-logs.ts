import type { Hex } from '@knowton/core'
import type { Log, PublicClient } from 'viem'
import type { Place } from './facts.ts'

/** Nodes refuse to answer for more blocks at once. */
const BLOCKS_AT_ONCE = 5_000n

/** A stretch of blocks, both ends included. */
export type Span = { readonly from: bigint; readonly to: bigint }

/** A log in a block. */
export type MinedLog = Log<bigint, number, false>

/** Everything that `addresses` logged in `span`, in chain order. */
export const readLogs = async (client: PublicClient, addresses: readonly Hex[], span: Span): Promise<MinedLog[]> => {
  const logs: MinedLog[] = []
  if (addresses.length === 0) return logs
  for (let from = span.from; from <= span.to; from += BLOCKS_AT_ONCE) {
    const last = from + BLOCKS_AT_ONCE - 1n
    const toBlock = last < span.to ? last : span.to
    logs.push(...(await client.getLogs({ address: [...addresses], fromBlock: from, toBlock })))
  }
  return logs
}

/** viem gives addresses with a checksum; off chain they are in lower case. */
export const lower = (hex: string): Hex => hex.toLowerCase() as Hex

/** Where a log stands. */
export const placeOf = (
  chainId: number,
  {
    blockHash,
    blockNumber,
    transactionHash,
    logIndex,
  }: Pick<MinedLog, 'blockHash' | 'blockNumber' | 'transactionHash' | 'logIndex'>,
): Place => ({ factId: `${chainId}:${blockHash}:${logIndex}`, blockNumber, transactionHash })
