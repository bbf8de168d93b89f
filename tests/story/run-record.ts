import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type RunRecord, runRecord } from '@knowton/derive'
import { homeFolder } from '../environment.ts'
import type { Connection } from './connect.ts'

/** The record of the platform running on `home`; says what to do when none is. */
export const readRunRecord = async (home: string = homeFolder()): Promise<RunRecord> => {
  const path = join(home, 'run.json')
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`no platform is running on ${home}: start it with "npm start" in another terminal`)
  })
  return runRecord.decode(JSON.parse(text))
}

/** What a person needs to talk to the running platform. */
export const readConnection = async (home?: string): Promise<Connection> => {
  const { gatewayUrl, rpcUrl, chainId, contracts } = await readRunRecord(home)
  return { gatewayUrl, rpcUrl, chainId, contracts }
}
