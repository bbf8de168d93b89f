import { type Hex, lowerCase, ok, type Result, refuse } from '@knowton/core'
import { hexToBigInt, hexToNumber, numberToHex, type PublicClient, type RpcTransactionReceipt } from 'viem'
import type { BlockLog } from './block-source.ts'
import { asking, isUnanswered, toChainFault } from './chain-fault.ts'
import { revertData } from './revert-reason.ts'

/** A call of a contract. */
export type Call = { readonly from: Hex; readonly to: Hex; readonly data: Hex; readonly gas?: bigint }

/** The contract reverted and gave back `data`. */
export type Reverted = { readonly kind: 'reverted'; readonly data: Hex }

export type Receipt = {
  readonly transactionHash: Hex
  readonly blockNumber: number
  readonly blockHash: Hex
  readonly succeeded: boolean
  readonly gasUsed: bigint
  readonly gasPriceWei: bigint
  readonly logs: readonly Pick<BlockLog, 'address' | 'topics' | 'data'>[]
}

/** What gas costs now, in wei. */
export type GasPrices = { readonly baseFeeWei: bigint; readonly priorityFeeWei: bigint }

/** What a sender needs of a node. Throws faults `chain.unreachable` and `chain.refused`. */
export type TransactionNode = {
  /** Runs the call on the newest state, or that after block `at`, without sending it. */
  readonly call: (call: Call, signal: AbortSignal, at?: number) => Promise<Result<Hex, Reverted>>
  readonly estimateGas: (call: Call, signal: AbortSignal) => Promise<Result<bigint, Reverted>>
  /** How many transactions of `account` are mined, or mined and pending. */
  readonly transactionCount: (account: Hex, tag: 'latest' | 'pending', signal: AbortSignal) => Promise<number>
  readonly gasPrices: (signal: AbortSignal) => Promise<GasPrices>
  readonly hasCode: (account: Hex, signal: AbortSignal) => Promise<boolean>
  /** `refused` = the node answered no, which it also does when it has the transaction already. */
  readonly send: (raw: Hex, signal: AbortSignal) => Promise<'accepted' | 'refused'>
  /** True when the node holds the transaction, pending or mined. */
  readonly knows: (transactionHash: Hex, signal: AbortSignal) => Promise<boolean>
  readonly receipt: (transactionHash: Hex, signal: AbortSignal) => Promise<Receipt | undefined>
}

/** Sends transactions and asks after them through `client`. */
export const createTransactionNode = (client: PublicClient): TransactionNode => ({
  call: (call, signal, at) =>
    unlessReverted(signal, () => {
      const block = at === undefined ? 'latest' : numberToHex(at)
      return client.request({ method: 'eth_call', params: [toRequest(call), block] }, { signal })
    }),
  estimateGas: (call, signal) =>
    unlessReverted(signal, async () =>
      hexToBigInt(await client.request({ method: 'eth_estimateGas', params: [toRequest(call)] }, { signal })),
    ),
  transactionCount: (account, tag, signal) =>
    asking(signal, async () =>
      hexToNumber(await client.request({ method: 'eth_getTransactionCount', params: [account, tag] }, { signal })),
    ),
  gasPrices: (signal) => asking(signal, () => readGasPrices(client, signal)),
  hasCode: (account, signal) =>
    asking(signal, async () => {
      const code = await client.request({ method: 'eth_getCode', params: [account, 'latest'] }, { signal })
      return code !== '0x'
    }),
  send: async (raw, signal) => {
    try {
      await client.request({ method: 'eth_sendRawTransaction', params: [raw] }, { signal })
      return 'accepted'
    } catch (error) {
      if (signal.aborted) throw signal.reason
      if (isUnanswered(error)) throw toChainFault(error)
      return 'refused'
    }
  },
  knows: (hash, signal) =>
    asking(
      signal,
      async () => (await client.request({ method: 'eth_getTransactionByHash', params: [hash] }, { signal })) !== null,
    ),
  receipt: (hash, signal) =>
    asking(signal, async () => {
      const receipt = await client.request({ method: 'eth_getTransactionReceipt', params: [hash] }, { signal })
      return receipt === null ? undefined : toReceipt(receipt)
    }),
})

const toRequest = ({ from, to, data, gas }: Call) => ({ from, to, data, ...(gas && { gas: numberToHex(gas) }) })

const unlessReverted = async <T>(signal: AbortSignal, ask: () => Promise<T>): Promise<Result<T, Reverted>> => {
  try {
    return ok(await ask())
  } catch (error) {
    if (signal.aborted) throw signal.reason
    const data = revertData(error)
    if (data === undefined) throw toChainFault(error)
    return refuse({ kind: 'reverted', data })
  }
}

const readGasPrices = async (client: PublicClient, signal: AbortSignal): Promise<GasPrices> => {
  const [block, priorityFee] = await Promise.all([
    client.request({ method: 'eth_getBlockByNumber', params: ['latest', false] }, { signal }),
    client.request({ method: 'eth_maxPriorityFeePerGas' }, { signal }),
  ])
  return { baseFeeWei: hexToBigInt(block?.baseFeePerGas ?? '0x0'), priorityFeeWei: hexToBigInt(priorityFee) }
}

const toReceipt = (receipt: RpcTransactionReceipt): Receipt => ({
  transactionHash: lowerCase(receipt.transactionHash),
  blockNumber: hexToNumber(receipt.blockNumber),
  blockHash: lowerCase(receipt.blockHash),
  succeeded: receipt.status === '0x1',
  gasUsed: hexToBigInt(receipt.gasUsed),
  gasPriceWei: hexToBigInt(receipt.effectiveGasPrice),
  logs: receipt.logs.map((log) => ({
    address: lowerCase(log.address),
    topics: log.topics.map((topic) => lowerCase(topic as Hex)),
    data: lowerCase(log.data),
  })),
})
