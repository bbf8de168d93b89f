import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { Fault } from '@knowton/core'
import { databasePlans, databaseUrl, type Environment, type RunRecord, storeFolder } from '@knowton/derive'
import { environments } from '@knowton/infra'
import { platform } from '@knowton/system'
import { LOCAL_CHAIN_ID, rpcUrlOf } from '../../chain-recorder/anvil.ts'
import { saveLastState } from '../../chain-recorder/last-state.ts'
import { endChildren, isRunning, readChildren } from '../../supervisor/children.ts'
import { claimPort } from '../../supervisor/free-port.ts'
import { createRegistry, type Registry } from '../../supervisor/launch.ts'
import { takeLock } from '../../supervisor/lock.ts'
import type { Console } from '../console.ts'
import type { DevEnvironment } from '../environment.ts'
import { type Home, homeAt, prepareHome } from '../home.ts'
import { ensureKeys } from '../keys.ts'
import { removeRun, writeRun } from '../run-file.ts'
import { type Infrastructure, startInfrastructure } from './infrastructure.ts'
import { innerPorts } from './resources.ts'
import type { Run } from './run-context.ts'
import { type Services, startServices } from './services.ts'

/** What ends a run: `stop` in order, `force` at once. */
export type Ending = { readonly stop: AbortController; readonly force: AbortSignal }

/** Runs the whole platform from the declaration until `stop` fires; leaves no process behind, whatever happens. */
export const start = async (dev: DevEnvironment, console: Console, ending: Ending): Promise<void> => {
  const environment = environmentNamed(dev.environmentName)
  const home = homeAt(dev.home)
  prepareHome(home)
  const lock = takeLock(home.lock)
  try {
    await endLeftovers(home, console, ending.force)
    const registry = createRegistry(home.children)
    const dismissReaper = startOrphanReaper(home.children)
    const settling: (() => Promise<void>)[] = []
    try {
      const run = await createRun({ dev, environment, home, console, registry, settling, ending })
      await runUntilStopped(run)
    } finally {
      ending.stop.abort(stopped)
      await Promise.all(settling.map((settled) => settled()))
      await endAll(registry, console, ending.force)
      removeRun(home.run)
      dismissReaper()
    }
  } finally {
    lock.release()
  }
}

/** Why a wait ended when the run was told to stop; no failure. */
export const stopped = new Fault('dev.stop', 'The run was told to stop.')

const environmentNamed = (name: string): Environment => {
  const found = Object.values(environments).find((one) => one.name === name)
  if (found !== undefined) return found
  const known = Object.keys(environments).join(', ')
  throw new Fault('dev.environment', `KNOWTON_ENVIRONMENT=${name} is no environment; there are ${known}.`)
}

/** A run that was killed leaves its reaper to end its processes; whatever is still there is ended now. */
const endLeftovers = async (home: Home, console: Console, force: AbortSignal): Promise<void> => {
  const leftovers = readChildren(home.children).filter(isRunning)
  if (leftovers.length > 0)
    console.warn(`The last run was killed; ending what it left: ${leftovers.map(({ name }) => name).join(', ')}.`)
  await endChildren(leftovers, force, { says: console.warn, beforeStop: saveLastState })
  removeRun(home.run)
}

/** The reaper ends what is written down when this process is gone; it lives in a session of its own. */
const startOrphanReaper = (childrenFile: string): (() => void) => {
  const reaper = spawn(process.execPath, [join(import.meta.dirname, '../orphan-reaper.ts'), childrenFile], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  reaper.unref()
  return () => reaper.stdin.end()
}

type RunParts = Pick<Run, 'dev' | 'environment' | 'home' | 'console' | 'registry'> & {
  readonly settling: (() => Promise<void>)[]
  readonly ending: Ending
}

const createRun = async ({ settling, ending, ...parts }: RunParts): Promise<Run> => {
  const { dev, home, console } = parts
  const gateway = await claimPort(dev.gatewayPort, 'the gateway', 'KNOWTON_PORT')
  const rpc = await claimPort(dev.rpcPort, "the chain's RPC", 'KNOWTON_RPC_PORT')
  return {
    ...parts,
    ports: { gateway, rpc, ...(await innerPorts()) },
    keys: ensureKeys(
      home.keys,
      databasePlans(platform).map(({ role }) => role),
    ),
    supervision: { says: console.warn, onRestart: () => {}, signal: ending.stop.signal },
    logFile: (name) => join(home.logs, `${name}.log`),
    beforeStop: (settled) => settling.push(settled),
    signal: ending.stop.signal,
  }
}

const runUntilStopped = async (created: Run): Promise<void> => {
  const state = { publish: () => {} }
  const run: Run = { ...created, supervision: { ...created.supervision, onRestart: () => state.publish() } }
  const startedAt = new Date()
  const infrastructure = await startInfrastructure(run)
  const services = await startServices(run, infrastructure.deployment)
  state.publish = () => writeRun(run.home.run, recordOf(run, infrastructure, services, startedAt))
  state.publish()
  announce(run)
  await new Promise<void>((resolve) => run.signal.addEventListener('abort', () => resolve(), { once: true }))
  run.console.plain('\nStopping …')
}

const announce = ({ console, home, ports }: Run): void => {
  console.plain(`
  Status      http://localhost:${ports.gateway}/
  API         http://localhost:${ports.gateway}/docs
  Chain       ${rpcUrlOf(ports.rpc)} (id ${LOCAL_CHAIN_ID})
  Data        ${home.root}
  Logs        ${home.logs}
  Stop with Ctrl-C. Ready after ${(console.elapsedMs() / 1000).toFixed(1)} s.
`)
  console.plain(`KnowTon is ready: http://localhost:${ports.gateway}`)
}

const recordOf = (
  run: Run,
  infrastructure: Infrastructure,
  { plan, services, gateway }: Services,
  startedAt: Date,
): RunRecord => {
  const { contracts, deploymentBlock } = infrastructure.deployment
  const postgres = { host: '127.0.0.1', port: run.ports.postgres, passwords: run.keys.postgresPasswords }
  const processes = plan.services.flatMap(({ name, url }) => {
    const found = services.find((one) => one.name === name)
    return found === undefined ? [] : [[name, { url, pid: found.pid(), restarts: found.restarts() }] as const]
  })
  return {
    environment: run.environment.name,
    startedAt: startedAt.toISOString(),
    gatewayUrl: `http://localhost:${run.ports.gateway}`,
    rpcUrl: rpcUrlOf(run.ports.rpc),
    chainId: LOCAL_CHAIN_ID,
    contracts: { ...contracts, deploymentBlock },
    services: Object.fromEntries(processes),
    databases: Object.fromEntries(
      plan.databases.map(({ service, role }) => [service, databaseUrl(postgres, service, role)]),
    ),
    warehousePath: storeFolder(run.home.root, 'analytics-service', 'warehouse', 'clickhouse'),
    processes: { postgres: infrastructure.postgres.pid(), chain: infrastructure.chain.pid(), gateway: gateway.pid() },
  }
}

/** Also what a supervisor was starting just then. */
const endAll = async (registry: Registry, console: Console, force: AbortSignal): Promise<void> => {
  do await endChildren(registry.all(), force, { says: console.warn, beforeStop: saveLastState })
  while (registry.all().some(isRunning))
  registry.forgetAll()
}
