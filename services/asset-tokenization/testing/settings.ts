import type { Hex } from '@knowton/core'
import type { Contracts } from '../ports.ts'
import type { Deployed } from './deployed.ts'

/** Settings of the service by their declared names; without a chain nobody answers and the relayer's key is made up. */
export const settingsOf = (on: {
  readonly contracts: Contracts
  readonly rpcUrl?: string
  readonly relayerKey?: Hex
}) => ({
  chainRpcUrl: on.rpcUrl ?? 'http://127.0.0.1:9',
  chainId: on.contracts.chainId,
  workTokenAddress: on.contracts.workToken,
  exchangeAddress: on.contracts.exchange,
  splitterFactoryAddress: on.contracts.splitterFactory,
  deploymentBlock: on.contracts.deploymentBlock,
  currencies: on.contracts.currencies,
  relayerKey: on.relayerKey ?? `0x${'1'.repeat(64)}`,
  pollMs: 50,
})

/** Settings of a service that works on a deployed chain. */
export const settingsOn = ({ contracts, relayerKey, anvil }: Deployed) =>
  settingsOf({ contracts, relayerKey, rpcUrl: anvil.rpcUrl })
