import { toChainFault } from '@knowton/adapters/chain'
import { type Hex, lowerCase } from '@knowton/core'
import { royaltySplitterAbi } from '@knowton/system/chain'
import { BaseError, ContractFunctionRevertedError, ContractFunctionZeroDataError, type PublicClient } from 'viem'

/** What the splitter holds for whom, in base units of each currency. */
export type SplitterView = {
  readonly positions: {
    readonly position: number
    readonly holder: Hex
    readonly sharePpm: number
    readonly amounts: { readonly currency: Hex; readonly claimable: bigint; readonly claimed: bigint }[]
  }[]
  readonly received: { readonly currency: Hex; readonly total: bigint }[]
}

/** Reads a splitter as it stands after block `blockNumber`; undefined when there is none at this address. */
export const readSplitter = async (
  client: PublicClient,
  splitter: Hex,
  currencies: readonly Hex[],
  blockNumber: bigint,
): Promise<SplitterView | undefined> => {
  const held = await readPositions(client, splitter, blockNumber)
  if (held === undefined) return undefined
  const [holders, shares] = held
  const read = await readAmounts(client, splitter, { positions: holders.length, currencies }, blockNumber)
  return {
    positions: holders.map((holder, position) => ({
      position,
      holder: lowerCase(holder),
      sharePpm: shares[position] ?? 0,
      amounts: currencies.map((currency) => ({ currency, ...read.of(position, currency) })),
    })),
    received: currencies.map((currency) => ({ currency, total: read.total(currency) })),
  }
}

const readPositions = async (client: PublicClient, splitter: Hex, blockNumber: bigint) => {
  try {
    return await client.readContract({
      address: splitter,
      abi: royaltySplitterAbi,
      functionName: 'positions',
      blockNumber,
    })
  } catch (error) {
    if (isNoSplitter(error)) return undefined
    throw toChainFault(error)
  }
}

/** No code at the address, or code that does not know the question. */
const isNoSplitter = (error: unknown): boolean =>
  error instanceof BaseError &&
  error.walk(
    (cause) => cause instanceof ContractFunctionZeroDataError || cause instanceof ContractFunctionRevertedError,
  ) !== null

/** All amounts by one call, so that they belong together. */
const readAmounts = async (
  client: PublicClient,
  splitter: Hex,
  wanted: { readonly positions: number; readonly currencies: readonly Hex[] },
  blockNumber: bigint,
) => {
  const contract = { address: splitter, abi: royaltySplitterAbi } as const
  const totals = wanted.currencies.map(
    (currency) => ({ ...contract, functionName: 'totalReceived', args: [currency] }) as const,
  )
  const amounts = Array.from({ length: wanted.positions }, (_, index) => BigInt(index)).flatMap((position) =>
    wanted.currencies.flatMap((currency) => [
      { ...contract, functionName: 'claimable', args: [position, currency] } as const,
      { ...contract, functionName: 'claimed', args: [position, currency] } as const,
    ]),
  )
  try {
    const options = { deployless: true, allowFailure: false, batchSize: 0, blockNumber } as const
    const answers = await client.multicall({ ...options, contracts: [...totals, ...amounts] })
    const at = (index: number): bigint => answers[index] ?? 0n
    const indexOf = (currency: Hex) => wanted.currencies.indexOf(currency)
    return {
      total: (currency: Hex) => at(indexOf(currency)),
      of: (position: number, currency: Hex) => {
        const first = totals.length + 2 * (position * wanted.currencies.length + indexOf(currency))
        return { claimable: at(first), claimed: at(first + 1) }
      },
    }
  } catch (error) {
    throw toChainFault(error)
  }
}
