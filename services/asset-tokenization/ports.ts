import {
  type BlockSource,
  createBlockSource,
  createChainClient,
  createSigner,
  createTransactionNode,
  type Signer,
  type TransactionNode,
} from '@knowton/adapters/chain'
import type { Database, Host } from '@knowton/kit'
import type { assetTokenization } from '@knowton/system'
import type { PublicClient } from 'viem'
import type { Contracts } from './contracts.ts'
import { createWakeup, type Wakeup } from './jobs/wakeup.ts'
import type { RelaySettings } from './relay/relay-deps.ts'

/** What the handlers, consumers and jobs of this service work on. */
export type Ports = {
  readonly database: Database
  readonly client: PublicClient
  readonly blocks: BlockSource
  readonly node: TransactionNode
  readonly signer: Signer
  readonly contracts: Contracts
  readonly relay: RelaySettings
  /** How often the head is asked for, in milliseconds. */
  readonly pollMs: number
  /** Names this process among those that may send. */
  readonly holder: string
  readonly wakeups: { readonly follower: Wakeup; readonly sender: Wakeup }
}

/** A process that dies holds up its successor for so long. */
const LEASE_MS = 5_000

/** Builds the ports of a running service. */
export const openPorts = ({ config, secrets, stores, newId }: Host<typeof assetTokenization>): Ports => {
  const { chainId } = config
  const client = createChainClient({ rpcUrl: config.chainRpcUrl, chainId })
  return {
    database: stores.db,
    client,
    blocks: createBlockSource(client),
    node: createTransactionNode(client),
    signer: createSigner(secrets.relayerKey.reveal(), chainId),
    contracts: {
      chainId,
      workToken: config.workTokenAddress,
      exchange: config.exchangeAddress,
      splitterFactory: config.splitterFactoryAddress,
      deploymentBlock: config.deploymentBlock,
      currencies: config.currencies,
    },
    relay: { stuckSeconds: config.stuckSeconds, maxFeePerGasWei: config.maxFeePerGasWei, leaseMs: LEASE_MS },
    pollMs: config.pollMs,
    holder: newId(),
    wakeups: { follower: createWakeup(), sender: createWakeup() },
  }
}
