import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { accountIdOf, type Hex, wait } from '@knowton/core'
import { marketplaceService } from '@knowton/system'
import * as z from 'zod'
import type { LocalChain } from './local-chain.ts'

/** The service in a process of its own. */
export type RunningService = {
  readonly url: string
  /** Resolves once every fact of every log has taken effect. */
  readonly caughtUp: () => Promise<void>
  /** Answers with the exit status, null after SIGKILL; does nothing to a process that has ended. */
  readonly kill: (signal: 'SIGKILL' | 'SIGTERM') => Promise<number | null>
}

const listening = z.object({ message: z.literal('the service is ready'), url: z.url() })
const status = z.object({ consumers: z.array(z.object({ lag: z.number().nullable() })) })

/** Signs people in to services that are started with its public key. */
export const createSignIn = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    tokenOf: (address: Hex): string => {
      const issuedAt = Math.floor(Date.now() / 1_000)
      const signed = [
        { alg: 'ES256', typ: 'JWT' },
        {
          iss: 'knowton',
          aud: 'knowton',
          sub: accountIdOf(31_337, address),
          sid: randomUUID(),
          jti: randomUUID(),
          iat: issuedAt,
          exp: issuedAt + 600,
        },
      ]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.')
      const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' })
      return `${signed}.${signature.toString('base64url')}`
    },
  }
}

/** Starts the service on `databaseUrl`; all topics come from the log at `logUrl`. */
export const runService = async (settings: {
  readonly databaseUrl: string
  readonly logUrl: string
  readonly publicKey: string
  readonly chain: Pick<LocalChain, 'rpcUrl' | 'chainId' | 'contracts'>
}): Promise<RunningService> => {
  const { chain } = settings
  const topics = Object.values(marketplaceService.consumes).map((topic) => topic.name)
  const child = spawn(process.execPath, [new URL('../main.ts', import.meta.url).pathname], {
    env: {
      PATH: '/usr/bin:/bin',
      ACCESS_TOKEN_PUBLIC_KEY: settings.publicKey,
      STORE_DB_URL: settings.databaseUrl,
      EVENT_SOURCES: JSON.stringify([{ publisher: 'publisher', url: settings.logUrl, topics }]),
      CHAIN_RPC_URL: chain.rpcUrl,
      CHAIN_ID: `${chain.chainId}`,
      WORK_TOKEN_ADDRESS: chain.contracts.workToken,
      EXCHANGE_ADDRESS: chain.contracts.exchange,
      SPLITTER_FACTORY_ADDRESS: `0x${'f'.repeat(40)}`,
      DEPLOYMENT_BLOCK: '0',
      CURRENCIES: JSON.stringify([{ address: chain.contracts.testUsd, symbol: 'tUSD', decimals: 6 }]),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await untilReady(child)
  return {
    url,
    caughtUp: async () => {
      const signal = AbortSignal.timeout(30_000)
      for (;;) {
        const { consumers } = status.parse(await (await fetch(`${url}/internal/status`, { signal })).json())
        if (consumers.every((consumer) => consumer.lag === 0)) return
        await wait(20, signal)
      }
    },
    kill: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      const ended = once(child, 'exit')
      child.kill(signal)
      const [code] = await ended
      return code
    },
  }
}

const untilReady = async (child: ChildProcess): Promise<string> => {
  if (child.stdout === null) throw new Error('the service has no output')
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    const ready = listening.safeParse(JSON.parse(line))
    if (ready.success) {
      child.stdout.resume()
      return ready.data.url
    }
  }
  throw new Error(`the service ended:\n${lines.join('\n')}`)
}
