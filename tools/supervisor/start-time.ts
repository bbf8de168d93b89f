import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * When the process `pid` began, as the system counts it; undefined when there is none or it only waits to be reaped.
 * A process id is used again after its process ends, the pair of id and startTime is not.
 */
export const startTimeOf = (pid: number): string | undefined =>
  process.platform === 'linux' ? startTimeFromProc(pid) : startTimeFromPs(pid)

const startTimeFromProc = (pid: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the command in brackets and may hold anything; the third is the state, the 22nd the start.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

const startTimeFromPs = (pid: number): string | undefined => {
  const { status, stdout } = spawnSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], { encoding: 'utf8' })
  const [state = 'Z', ...startTime] = status === 0 ? stdout.trim().split(/\s+/) : []
  return state.startsWith('Z') ? undefined : startTime.join(' ')
}

/** The command line of a process, for people; undefined when it cannot be read. */
export const commandOf = (pid: number): string | undefined => {
  const { status, stdout } = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
  return status === 0 ? stdout.trim().slice(0, 120) || undefined : undefined
}
