import { readFile } from 'node:fs/promises'
import type { PlatformShape } from '@knowton/core'
import { type RunRecord, runRecord } from '@knowton/derive'
import { toPlatformStatus } from './collect-status.ts'
import type { PlatformStatus } from './platform-status.ts'
import { readChain } from './read-chain.ts'
import { readService, unreachable } from './read-service.ts'
import { readClickhouseVersion, readPostgresVersion } from './read-versions.ts'

export type StatusSourceParts = {
  readonly platform: PlatformShape
  /** Path of the runner's `run.json`; it need not be there yet. */
  readonly runFile: string
  /** By service name, from the gateway's configuration. */
  readonly upstreams: ReadonlyMap<string, string>
  readonly clock: () => Date
}

/** Whoever has not answered by then counts as unreachable. */
const PATIENCE_MS = 1_500
/** Everyone who asks within this time gets the same answer, so that open pages cost the services little. */
const FRESH_MS = 500

/** Makes the function that asks every part of the platform how it is. */
export const createStatusSource = (parts: StatusSourceParts): (() => Promise<PlatformStatus>) => {
  const engine = readClickhouseVersion()
  let knownPostgres: string | undefined
  let last: { readonly atMs: number; readonly status: Promise<PlatformStatus> } | undefined
  const findPostgresVersion = async (run: RunRecord | undefined): Promise<string | undefined> => {
    const [database] = Object.values(run?.databases ?? {})
    if (knownPostgres === undefined && database !== undefined) knownPostgres = await readPostgresVersion(database)
    return knownPostgres
  }
  const collect = async (): Promise<PlatformStatus> => {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const run = await readRunFile(parts.runFile)
    const [services, chain, postgres] = await Promise.all([
      Promise.all(Object.values(parts.platform.services).map((service) => askService(parts, service, run, signal))),
      run === undefined ? CHAIN_NOT_STARTED : readChain(run.rpcUrl, signal),
      findPostgresVersion(run),
    ])
    const versions = { node: process.versions.node, postgres, clickhouse: await engine }
    return toPlatformStatus(parts.platform, { run, services, chain, versions, asOf: parts.clock() })
  }
  return () => {
    const nowMs = parts.clock().getTime()
    if (last === undefined || nowMs - last.atMs > FRESH_MS) last = { atMs: nowMs, status: collect() }
    return last.status
  }
}

const CHAIN_NOT_STARTED = {
  status: { state: 'unreachable', reason: 'The platform is still starting.' },
  client: undefined,
} as const

const askService = (
  { upstreams }: StatusSourceParts,
  service: PlatformShape['services'][string],
  run: RunRecord | undefined,
  signal: AbortSignal,
) => {
  const known = run?.services[service.name]
  const url = known?.url ?? upstreams.get(service.name)
  return url === undefined
    ? unreachable(service, { pid: undefined, restarts: undefined }, 'It has not been started.')
    : readService(service, { url, pid: known?.pid, restarts: known?.restarts }, signal)
}

/** The runner's record; undefined while the platform starts, and when it cannot be read. */
export const readRunFile = async (path: string): Promise<RunRecord | undefined> => {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : runRecord.safeParse(parseJson(text)).data
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
