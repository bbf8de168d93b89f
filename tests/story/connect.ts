import type { Hex } from '@knowton/core'
import { createClient } from '@knowton/derive'
import { platform } from '@knowton/system'
import {
  createPublicClient,
  createTestClient,
  createWalletClient,
  defineChain,
  http,
  publicActions,
  walletActions,
} from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'

/** A running platform, as its run record tells. */
export type Connection = {
  readonly gatewayUrl: string
  readonly rpcUrl: string
  readonly chainId: number
  readonly contracts: { readonly workToken: Hex; readonly exchange: Hex; readonly testUsd: Hex }
}

/** One person: a wallet of their own and the API under their name. */
export type Person = Awaited<ReturnType<typeof meet>>

/** The typed API of the platform behind `gatewayUrl`; `token` is asked for at each call. */
export const apiOf = (gatewayUrl: string, token?: () => string | undefined) =>
  createClient(platform, token === undefined ? { baseUrl: gatewayUrl } : { baseUrl: gatewayUrl, accessToken: token })

/** A reader of the chain. */
export const chainOf = (connection: Connection) => {
  const chain = localChain(connection)
  return createPublicClient({ chain, transport: http(connection.rpcUrl), pollingInterval: 50 })
}

const localChain = (connection: Connection) =>
  defineChain({
    id: connection.chainId,
    name: 'KnowTon local',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [connection.rpcUrl] } },
  })

/** Makes a new person with a fresh wallet that holds a little of the local chain's ether for gas. */
export const meet = async (connection: Connection, name: string) => {
  const account = privateKeyToAccount(generatePrivateKey())
  const chain = localChain(connection)
  const transport = http(connection.rpcUrl)
  const faucet = createTestClient({ chain, mode: 'anvil', transport }).extend(publicActions).extend(walletActions)
  await faucet.setBalance({ address: account.address, value: 10n ** 18n })
  let accessToken: string | undefined
  return {
    name,
    address: account.address.toLowerCase() as Hex,
    account,
    wallet: createWalletClient({ account, chain, transport, pollingInterval: 50 }),
    api: apiOf(connection.gatewayUrl, () => accessToken),
    useToken: (token: string | undefined) => {
      accessToken = token
    },
  }
}
