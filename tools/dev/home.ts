import { accessSync, chmodSync, constants, mkdirSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '@knowton/core'

/** Everything a local run writes, by what it is. */
export type Home = {
  readonly root: string
  readonly postgres: string
  readonly chain: string
  readonly files: string
  readonly warehouse: string
  readonly keys: string
  readonly logs: string
  readonly compileCache: string
  readonly gatewayConfig: string
  readonly deployment: string
  /** Written when the platform is ready, removed when it stops. */
  readonly run: string
  /** The processes that a run has started and must not leave behind. */
  readonly children: string
  readonly lock: string
}

/** The places inside the folder `root`. */
export const homeAt = (root: string): Home => ({
  root,
  postgres: join(root, 'postgres'),
  chain: join(root, 'chain'),
  files: join(root, 'files'),
  warehouse: join(root, 'warehouse'),
  keys: join(root, 'keys'),
  logs: join(root, 'logs'),
  compileCache: join(root, 'compile-cache'),
  gatewayConfig: join(root, 'gateway', 'kong.yml'),
  deployment: join(root, 'deployment.json'),
  run: join(root, 'run.json'),
  children: join(root, 'children.json'),
  lock: join(root, 'lock'),
})

/** PostgreSQL, ClickHouse and the chain need room to write; below this a start is refused. */
const REQUIRED_FREE_BYTES = 512 * 1024 ** 2

/** Makes the folders of a home; throws a fault in plain words when it cannot be written or the disk is full. */
export const prepareHome = (home: Home): void => {
  try {
    for (const folder of [home.root, home.chain, home.logs, join(home.root, 'gateway')])
      mkdirSync(folder, { recursive: true })
    for (const secret of [home.keys, home.files, home.warehouse]) {
      mkdirSync(secret, { recursive: true, mode: 0o700 })
      chmodSync(secret, 0o700)
    }
    accessSync(home.root, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Fault(
      'dev.home',
      `${home.root} cannot be written (${why}).\nGive yourself the folder, or choose another one: KNOWTON_HOME=/some/folder npm start`,
      { cause },
    )
  }
  const free = freeBytes(home.root)
  if (free < REQUIRED_FREE_BYTES) {
    throw new Fault(
      'dev.disk',
      `Only ${Math.floor(free / 1024 ** 2)} MiB are free where ${home.root} lies; ${REQUIRED_FREE_BYTES / 1024 ** 2} MiB are needed.\nFree some space, or choose another folder: KNOWTON_HOME=/some/folder npm start`,
    )
  }
}

const freeBytes = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}
