import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Fault, wait } from '@knowton/core'
import type { Launched, Registry } from '../supervisor/launch.ts'
import { postgresBinaries } from './binaries.ts'
import { type Disguise, unprivileged } from './unprivileged.ts'

/** Where a PostgreSQL server keeps its data and how it is reached; it listens on 127.0.0.1 only. */
export type PostgresSettings = {
  readonly dataFolder: string
  readonly logFile: string
  readonly port: number
  /** Password of the superuser `postgres`, set when the data folder is made. */
  readonly password: string
}

/** Recovery after a crash can take long; giving up earlier than this would be giving up on data. */
const START_TIMEOUT_MS = 120_000
const PROGRAM_ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' }

/** The superuser's URL of `database`. */
export const superuserUrl = ({ port, password }: PostgresSettings, database = 'postgres'): string =>
  `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`

/** Starts PostgreSQL 16 on a data folder, which it makes at the first start; resolves when it takes connections. */
export const startPostgres = async (
  settings: PostgresSettings,
  registry: Registry,
  signal: AbortSignal,
): Promise<Launched> => {
  const binaries = await postgresBinaries()
  const disguise = unprivileged(binaries, settings.dataFolder)
  if (!existsSync(join(settings.dataFolder, 'PG_VERSION'))) initialise(binaries.initdb, disguise, settings)
  const { command, args, user } = disguise(binaries.postgres, serverArguments(settings))
  const launched = await registry.launch({
    name: 'postgres',
    role: 'postgres',
    command,
    args,
    env: PROGRAM_ENVIRONMENT,
    cwd: '/',
    logFile: settings.logFile,
    user,
  })
  await takesConnections(settings, launched, signal)
  return launched
}

/** Data are checksummed and flushed to disk at each commit: the defaults, but for where it listens and whom it lets in. */
const serverArguments = ({ dataFolder, port }: PostgresSettings): readonly string[] => [
  ...['-D', dataFolder, '-p', String(port), '-h', '127.0.0.1'],
  ...['-c', 'unix_socket_directories=', '-c', 'max_connections=200', '-c', 'timezone=UTC'],
]

const initialise = (initdb: string, disguise: Disguise, { dataFolder, password }: PostgresSettings): void => {
  const { command, args, user } = disguise('/bin/sh', [
    // initdb opens its password file by name: that works for a pipe, not for the socket that Node gives a child
    ...['-c', 'cat | "$0" "$@"', initdb],
    ...['-D', dataFolder, '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--data-checksums'],
    ...['--auth=scram-sha-256', '--pwfile=/dev/stdin'],
  ])
  const { status, stderr, error } = spawnSync(command, args, {
    input: `${password}\n`,
    env: PROGRAM_ENVIRONMENT,
    cwd: '/',
    encoding: 'utf8',
    ...user,
  })
  if (status !== 0) {
    throw new Fault(
      'dev.postgres',
      `PostgreSQL could not make its data folder ${dataFolder}:\n${error?.message ?? stderr}`,
    )
  }
  chmodSync(dataFolder, 0o700)
}

/** The last line of postmaster.pid turns to "ready" once connections are taken; its first is the server's process. */
const takesConnections = async (settings: PostgresSettings, launched: Launched, signal: AbortSignal): Promise<void> => {
  const state = { ended: undefined as string | undefined }
  void launched.exited.then((exit) => (state.ended = exit.says))
  const deadline = performance.now() + START_TIMEOUT_MS
  while (!isReady(settings.dataFolder, launched.child.pid)) {
    signal.throwIfAborted()
    if (state.ended !== undefined || performance.now() > deadline) {
      const why = state.ended ?? `was not ready after ${START_TIMEOUT_MS / 1000} s`
      throw new Fault(
        'dev.postgres',
        `PostgreSQL ${why}. The last lines of ${settings.logFile}:\n${lastLines(settings.logFile)}`,
      )
    }
    await wait(20, signal)
  }
}

const isReady = (dataFolder: string, pid: number): boolean => {
  try {
    const lines = readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n')
    return lines[0] === String(pid) && lines[7]?.trim() === 'ready'
  } catch {
    return false
  }
}

/** The end of a log, for a message. */
export const lastLines = (file: string, count = 8): string => {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n')
  } catch {
    return '(nothing was written)'
  }
}
