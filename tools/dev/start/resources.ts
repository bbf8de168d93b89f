import type { LocalResources } from '@knowton/derive'
import { originOf } from '@knowton/derive'
import { platform } from '@knowton/system'
import { LOCAL_CHAIN_ID } from '../../chain-recorder/anvil.ts'
import type { Deployment } from '../../chain-recorder/deployment-record.ts'
import { freePorts } from '../../supervisor/free-port.ts'
import type { DevEnvironment } from '../environment.ts'
import type { Keys } from '../keys.ts'

/** The ports of a run; people open only the gateway's and the chain's. */
export type Ports = {
  readonly gateway: number
  readonly rpc: number
  readonly postgres: number
  readonly services: Readonly<Record<string, number>>
}

/** Free ports for everything that nobody opens by hand. */
export const innerPorts = async (): Promise<Pick<Ports, 'postgres' | 'services'>> => {
  const names = Object.keys(platform.services)
  const [postgres = 0, ...services] = await freePorts(names.length + 1)
  return { postgres, services: Object.fromEntries(names.map((name, index) => [name, services[index] ?? 0])) }
}

const nativeCurrency = { address: `0x${'0'.repeat(40)}`, symbol: 'ETH', decimals: 18 }

/** What the plan needs to know about this run. */
export const localResources = (
  dev: DevEnvironment,
  ports: Ports,
  keys: Keys,
  { contracts, deploymentBlock }: Deployment,
): LocalResources => {
  const otlpEndpoint = dev.inherited.OTEL_EXPORTER_OTLP_ENDPOINT
  const currencies = [nativeCurrency, { address: contracts.testUsd, symbol: 'tUSD', decimals: 6 }]
  return {
    home: dev.home,
    host: '127.0.0.1',
    gatewayPort: ports.gateway,
    ports: ports.services,
    postgres: { host: '127.0.0.1', port: ports.postgres, passwords: keys.postgresPasswords },
    accessTokenPublicKey: keys.accessTokenPublicKey,
    config: {
      chainRpcUrl: `http://127.0.0.1:${ports.rpc}`,
      chainId: String(LOCAL_CHAIN_ID),
      workTokenAddress: contracts.workToken,
      exchangeAddress: contracts.exchange,
      splitterFactoryAddress: contracts.splitterFactory,
      deploymentBlock: String(deploymentBlock),
      currencies: JSON.stringify(currencies),
      publicOrigin: originOf({ gatewayPort: ports.gateway }),
    },
    secrets: { accessTokenKey: keys.accessTokenKey, relayerKey: keys.relayerKey },
    logLevel: dev.inherited.LOG_LEVEL ?? 'info',
    ...(otlpEndpoint === undefined ? {} : { otlpEndpoint }),
  }
}
