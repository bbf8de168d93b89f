import { createPublicClient, defineChain, http, type PublicClient } from 'viem'

/** Until a request to the node counts as unanswered, when its asker does not say otherwise. */
const TIMEOUT_MS = 10_000

/**
 * Opens a client of the chain's RPC. It never repeats a request by itself and caches nothing: whoever asks knows whether
 * asking again is safe.
 */
export const createChainClient = (settings: {
  readonly rpcUrl: string
  readonly chainId: number
  readonly timeoutMs?: number
}): PublicClient =>
  createPublicClient({
    chain: defineChain({
      id: settings.chainId,
      name: `eip155:${settings.chainId}`,
      nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
      rpcUrls: { default: { http: [settings.rpcUrl] } },
    }),
    transport: http(settings.rpcUrl, { retryCount: 0, timeout: settings.timeoutMs ?? TIMEOUT_MS }),
    cacheTime: 0,
  })
