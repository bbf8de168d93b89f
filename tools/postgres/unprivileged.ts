import { spawnSync } from 'node:child_process'
import { chownSync, mkdirSync, statSync } from 'node:fs'
import { Fault } from '@knowton/core'
import type { PostgresBinaries } from './binaries.ts'

/** How to run a program so that PostgreSQL, which refuses the user root, takes the user it sees. */
export type RunAs = {
  readonly command: string
  readonly args: readonly string[]
  readonly user?: { readonly uid: number; readonly gid: number }
}
export type Disguise = (command: string, args: readonly string[]) => RunAs

const asMyself: Disguise = (command, args) => ({ command, args })

/**
 * Makes the data folder and says how PostgreSQL may be run on it. An ordinary user runs it plainly. For root three ways
 * are tried, the least powerful first:
 * another user, if it can reach programs and data; the same user allowed to pass folders that are closed to it (as /root
 * is) and nothing else; a user namespace in which root is called otherwise.
 */
export const unprivileged = (binaries: PostgresBinaries, dataFolder: string): Disguise => {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  if (process.getuid?.() !== 0) return asMyself
  const owner = statSync(dataFolder)
  const user = owner.uid === 0 ? serviceUser() : { uid: owner.uid, gid: owner.gid }
  const isFresh = owner.uid === 0
  const ways: readonly { readonly disguise: Disguise; readonly ownsData: boolean }[] = [
    { disguise: asUser(user), ownsData: true },
    { disguise: asUserPassingFolders(user), ownsData: true },
    { disguise: inUserNamespace(user), ownsData: false },
  ]
  for (const { disguise, ownsData } of ways) {
    if (ownsData && isFresh) chownSync(dataFolder, user.uid, user.gid)
    if (!ownsData) chownSync(dataFolder, 0, 0)
    if (works(disguise, binaries, dataFolder)) return disguise
  }
  throw new Fault(
    'dev.root',
    `PostgreSQL refuses to run as root, and no other user can reach ${dataFolder} and ${binaries.postgres} here.\nStart KnowTon as an ordinary user, or put the repository and KNOWTON_HOME where others may pass (such as /opt/knowton).`,
  )
}

/** initdb wants a user with a name: the system's own for PostgreSQL if there is one, else the one that owns nothing. */
const serviceUser = (): { readonly uid: number; readonly gid: number } => {
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout || 'NaN'),
    )
    if (uid !== undefined && gid !== undefined && uid > 0 && gid > 0) return { uid, gid }
  }
  return { uid: 65_534, gid: 65_534 }
}

const asUser =
  (user: { readonly uid: number; readonly gid: number }): Disguise =>
  (command, args) => ({ command, args, user })

const asUserPassingFolders =
  ({ uid, gid }: { readonly uid: number; readonly gid: number }): Disguise =>
  (command, args) => ({
    command: 'setpriv',
    args: [
      ...[`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'],
      // access(2) forgets the capability of anybody but root unless this bit is set
      ...['--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--securebits=+no_setuid_fixup'],
      ...[command, ...args],
    ],
  })

const inUserNamespace =
  ({ uid, gid }: { readonly uid: number; readonly gid: number }): Disguise =>
  (command, args) => ({
    command: 'unshare',
    args: ['--user', `--map-user=${uid}`, `--map-group=${gid}`, command, ...args],
  })

/** Tries what PostgreSQL will do: stand in the data folder, write there, run a program that loads its libraries. */
const works = (disguise: Disguise, { initdb }: PostgresBinaries, dataFolder: string): boolean => {
  const script = 'cd "$1" && test -w . && exec "$2" --version'
  const { command, args, user } = disguise('/bin/sh', ['-c', script, 'sh', dataFolder, initdb])
  return spawnSync(command, args, { stdio: 'ignore', cwd: '/', ...user }).status === 0
}
