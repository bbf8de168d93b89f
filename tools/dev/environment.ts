import { resolve } from 'node:path'
import { Fault } from '@knowton/core'

/** What the developer's shell says about a local run. */
export type DevEnvironment = {
  /** Where the platform keeps everything it writes, `KNOWTON_HOME`; `.knowton` in the repository when unset. */
  readonly home: string
  /** Which file of `infra/environments` counts, `KNOWTON_ENVIRONMENT`. */
  readonly environmentName: string
  /** Port of the gateway, `KNOWTON_PORT`; 0 = any free one. */
  readonly gatewayPort: number
  /** Port of the chain's RPC, `KNOWTON_RPC_PORT`; 0 = any free one. */
  readonly rpcPort: number
  /** Handed on to every process that is started. */
  readonly inherited: Readonly<Record<string, string>>
}

const passedOn = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LOG_LEVEL', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'NODE_EXTRA_CA_CERTS']

const portOf = (variable: string, text: string | undefined, fallback: number): number => {
  if (text === undefined || text === '') return fallback
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new Fault(
    'dev.environment',
    `${variable} must be a port number from 0 to 65535 (0 = any free port), not "${text}".`,
  )
}

/** The repository this file lies in. */
export const repository = resolve(import.meta.dirname, '../..')

/** Reads the environment of a local run; throws a fault that names the variable at fault. */
export const devEnvironment = (variables: NodeJS.ProcessEnv = process.env): DevEnvironment => ({
  home: resolve(repository, variables.KNOWTON_HOME || '.knowton'),
  environmentName: variables.KNOWTON_ENVIRONMENT || 'local',
  gatewayPort: portOf('KNOWTON_PORT', variables.KNOWTON_PORT, 8000),
  rpcPort: portOf('KNOWTON_RPC_PORT', variables.KNOWTON_RPC_PORT, 8545),
  inherited: Object.fromEntries(
    passedOn.flatMap((name) => {
      const value = variables[name]
      return value === undefined ? [] : [[name, value]]
    }),
  ),
})

/** The folder a person ran the command in: npm itself changes to the repository and keeps this in `INIT_CWD`. */
export const callersFolder = (variables: NodeJS.ProcessEnv = process.env): string => variables.INIT_CWD ?? process.cwd()
