import { createContractSignatures, toChainFault } from '@knowton/adapters/chain'
import { type Hex, lowerCase } from '@knowton/core'
import { royaltySplitterFactoryAbi, workTokenAbi } from '@knowton/system/chain'
import type { PublicClient } from 'viem'
import type { ChainView } from './chain-view.ts'

/** Asks the chain through its RPC. */
export const rpcChainView = (
  client: PublicClient,
  contracts: { readonly workToken: Hex; readonly splitterFactory: Hex },
): ChainView => ({
  ...createContractSignatures(client),
  predictSplitter: async (shares, salt, signal) => {
    const splitter = await asking(signal, () =>
      client.readContract({
        address: contracts.splitterFactory,
        abi: royaltySplitterFactoryAbi,
        functionName: 'predictSplitter',
        args: [shares.map(({ address }) => address), shares.map(({ sharePpm }) => sharePpm), salt],
      }),
    )
    return lowerCase(splitter)
  },
  voucherFacts: async (creator, nonce, signal) => {
    const token = { address: contracts.workToken, abi: workTokenAbi } as const
    const [counter, isNonceRevoked] = await asking(signal, () =>
      Promise.all([
        client.readContract({ ...token, functionName: 'counterOf', args: [creator] }),
        client.readContract({ ...token, functionName: 'nonceRevoked', args: [creator, nonce] }),
      ]),
    )
    return { counter, isNonceRevoked }
  },
})

const asking = async <T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> => {
  signal.throwIfAborted()
  try {
    return await ask()
  } catch (error) {
    throw toChainFault(error)
  }
}
