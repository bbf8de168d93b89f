import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** The process that listens on a TCP port of this machine, as far as this user may see it. */
export const portOwner = (port: number): number | undefined =>
  process.platform === 'linux' ? ownerFromProc(port) : ownerFromLsof(port)

const LISTEN = '0A'

const ownerFromProc = (port: number): number | undefined => {
  const inodes = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => listeningInodes(table, port)))
  return list('/proc')
    .map(Number)
    .filter(Number.isInteger)
    .find((pid) => holdsAny(pid, inodes))
}

const listeningInodes = (table: string, port: number): readonly string[] => {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return read(table)
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(suffix) && fields[3] === LISTEN)
    .map((fields) => `socket:[${fields[9]}]`)
}

const holdsAny = (pid: number, inodes: ReadonlySet<string>): boolean =>
  list(`/proc/${pid}/fd`).some((fd) => {
    try {
      return inodes.has(readlinkSync(`/proc/${pid}/fd/${fd}`))
    } catch {
      return false
    }
  })

const list = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const ownerFromLsof = (port: number): number | undefined => {
  const { status, stdout } = spawnSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'], { encoding: 'utf8' })
  const pid = Number(stdout?.split('\n')[0])
  return status === 0 && Number.isInteger(pid) && pid > 0 ? pid : undefined
}
