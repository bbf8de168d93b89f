import { type Hex, lowerCase } from '@knowton/core'
import { hexToNumber, numberToHex, type PublicClient, type RpcBlock, type RpcLog } from 'viem'
import { asking } from './chain-fault.ts'

/** A block without its transactions. */
export type BlockHeader = {
  readonly number: number
  readonly hash: Hex
  readonly parentHash: Hex
  readonly time: Date
  readonly logsBloom: Hex
}

/** One log of a mined block; addresses and topics in lower case. */
export type BlockLog = {
  readonly blockNumber: number
  readonly blockHash: Hex
  readonly transactionHash: Hex
  readonly logIndex: number
  readonly address: Hex
  readonly topics: readonly Hex[]
  readonly data: Hex
}

/** The newest block, and the newest that the chain itself calls safe or finalized. */
export type BlockTag = 'latest' | 'safe' | 'finalized'

/** A stretch of blocks, ends included, and what a log in it must have to be asked for. */
export type LogRange = {
  readonly from: number
  readonly to: number
  readonly addresses?: readonly Hex[]
  /** The log's first topic is one of these. */
  readonly events?: readonly Hex[]
}

/** What a follower reads of a chain. Throws faults `chain.unreachable` and `chain.refused`. */
export type BlockSource = {
  /** Undefined when the node has no such block yet. */
  readonly block: (which: BlockTag | number, signal: AbortSignal) => Promise<BlockHeader | undefined>
  /** All logs of one block, in order. */
  readonly logsOf: (blockHash: Hex, signal: AbortSignal) => Promise<readonly BlockLog[]>
  /** Logs of a stretch of blocks, in order; only for blocks that cannot be undone. */
  readonly logsBetween: (range: LogRange, signal: AbortSignal) => Promise<readonly BlockLog[]>
}

/** Reads blocks and logs through `client`. */
export const createBlockSource = (client: PublicClient): BlockSource => ({
  block: (which, signal) =>
    asking(signal, async () => {
      const tag = typeof which === 'number' ? numberToHex(which) : which
      const block = await client.request({ method: 'eth_getBlockByNumber', params: [tag, false] }, { signal })
      return block === null ? undefined : toHeader(block)
    }),
  logsOf: (blockHash, signal) =>
    asking(signal, async () => {
      const logs = await client.request({ method: 'eth_getLogs', params: [{ blockHash }] }, { signal })
      return logs.map(toLog).toSorted(inOrder)
    }),
  logsBetween: (range, signal) =>
    asking(signal, async () => {
      const filter = {
        fromBlock: numberToHex(range.from),
        toBlock: numberToHex(range.to),
        ...(range.addresses && { address: [...range.addresses] }),
        ...(range.events && { topics: [[...range.events]] }),
      }
      const logs = await client.request({ method: 'eth_getLogs', params: [filter] }, { signal })
      return logs.map(toLog).toSorted(inOrder)
    }),
})

const inOrder = (a: BlockLog, b: BlockLog) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex

const required = <T>(value: T | null | undefined): T => {
  if (value === null || value === undefined) throw new TypeError('The node answered with a block that is not mined.')
  return value
}

const toHeader = (block: RpcBlock): BlockHeader => ({
  number: hexToNumber(required(block.number)),
  hash: lowerCase(required(block.hash)),
  parentHash: lowerCase(block.parentHash),
  time: new Date(hexToNumber(block.timestamp) * 1000),
  logsBloom: lowerCase(required(block.logsBloom)),
})

const toLog = (log: RpcLog): BlockLog => ({
  blockNumber: hexToNumber(required(log.blockNumber)),
  blockHash: lowerCase(required(log.blockHash)),
  transactionHash: lowerCase(required(log.transactionHash)),
  logIndex: hexToNumber(required(log.logIndex)),
  address: lowerCase(log.address),
  topics: log.topics.map((topic) => lowerCase(topic as Hex)),
  data: lowerCase(log.data),
})
