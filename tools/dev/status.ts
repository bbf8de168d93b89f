import { Fault } from '@knowton/core'
import type { PlatformStatus } from '../pages/platform-status.ts'
import { statusText } from '../pages/status-text.ts'
import type { Console } from './console.ts'
import { readRun } from './run-file.ts'

/** Prints how the running platform is; the answer is the gateway's `/status.json`. */
export const status = async (root: string, console: Console): Promise<void> => {
  const { gatewayUrl } = readRun(root)
  const response = await fetch(`${gatewayUrl}/status.json`, { signal: AbortSignal.timeout(10_000) }).catch(
    (cause: unknown) => {
      throw new Fault('dev.gateway', `The gateway at ${gatewayUrl} does not answer.`, { cause })
    },
  )
  if (!response.ok) throw new Fault('dev.gateway', `The gateway answers ${response.status} instead of the status.`)
  console.plain(statusText(parseStatus(await response.json())))
}

/** Our own gateway of the same version wrote it. */
const parseStatus = (body: unknown): PlatformStatus => body as PlatformStatus
