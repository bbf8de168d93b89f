import { databasePlans } from '@knowton/derive'
import { platform } from '@knowton/system'
import { ensureDeployment } from '../../chain-recorder/deployment.ts'
import type { Deployment } from '../../chain-recorder/deployment-record.ts'
import { createChainRunner } from '../../chain-recorder/run-chain.ts'
import { ensureDatabases } from '../../postgres/databases.ts'
import { startPostgres, superuserUrl } from '../../postgres/start-postgres.ts'
import { type Supervised, supervise } from '../../supervisor/supervise.ts'
import type { Run } from './run-context.ts'

/** The parts that are no service of ours, ready to be used. */
export type Infrastructure = {
  readonly postgres: Supervised
  readonly chain: Supervised
  readonly deployment: Deployment
}

/** Starts PostgreSQL and the chain side by side, makes databases and deploys contracts where they are missing. */
export const startInfrastructure = async (run: Run): Promise<Infrastructure> => {
  const [postgres, chain] = await Promise.all([startDatabaseServer(run), startChain(run)])
  return { postgres, ...chain }
}

const startDatabaseServer = async (run: Run): Promise<Supervised> => {
  const { home, ports, keys, registry, signal } = run
  const settings = {
    dataFolder: home.postgres,
    logFile: run.logFile('postgres'),
    port: ports.postgres,
    password: keys.postgresPasswords.postgres ?? '',
  }
  const server = await supervise({
    ...run.supervision,
    name: 'postgres',
    start: () => startPostgres(settings, registry, signal),
  })
  await ensureDatabases(superuserUrl(settings), databasePlans(platform), keys.postgresPasswords)
  run.console.done(`PostgreSQL 16 at 127.0.0.1:${ports.postgres}`)
  return server
}

const startChain = async (run: Run): Promise<Omit<Infrastructure, 'postgres'>> => {
  const { dev, home, ports, keys, registry, signal } = run
  const chainSettings = {
    folder: home.chain,
    logFile: run.logFile('chain'),
    port: ports.rpc,
    allowOrigin: `http://localhost:${ports.gateway}`,
  }
  const deploying = Promise.withResolvers<Awaited<ReturnType<typeof ensureDeployment>>>()
  const prepare = async (rpcUrl: string): Promise<void> => {
    const settings = { rpcUrl, file: home.deployment, feeBps: run.environment.feeBps, ...keys }
    deploying.resolve(await ensureDeployment(settings, signal))
  }
  const runner = createChainRunner(chainSettings, prepare, registry, run.console.warn, signal)
  run.beforeStop(runner.settled)
  const chain = await supervise({ ...run.supervision, name: 'chain', start: runner.start })
  const { deployment, isNew, isStale } = await deploying.promise
  if (isStale) {
    run.console.warn(
      'The contracts have been changed since they were deployed here; npm run reset deploys the new ones.',
    )
  }
  run.console.done(
    `Chain ${runner.rpcUrl}, contracts ${isNew ? 'deployed' : 'found'} (environment ${dev.environmentName})`,
  )
  return { chain, deployment }
}
