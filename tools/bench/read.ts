import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@knowton/derive'
import { platform } from '@knowton/system'
import autocannon from 'autocannon'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { createSiweMessage } from 'viem/siwe'
import { readRun } from '../dev/index.ts'
import { said, startPlatform } from './platform.ts'

const CONNECTIONS = 32
const SECONDS = 6
const ROUNDS = 3

const signUp = async (gatewayUrl: string): Promise<string> => {
  const api = createClient(platform, { baseUrl: gatewayUrl })['creator-service']
  const account = privateKeyToAccount(generatePrivateKey())
  const terms = await api.createNonce({})
  const message = createSiweMessage({ ...terms, address: account.address, issuedAt: new Date() })
  const session = await api.signIn({ body: { message, signature: await account.signMessage({ message }) } })
  return session.account
}

const requestsPerSecond = async (url: string, seconds: number): Promise<number> => {
  const result = await autocannon({ url, connections: CONNECTIONS, duration: seconds })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} answers were not 2xx, ${result.errors} failed`)
  return result.requests.average
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const home = await mkdtemp(join(tmpdir(), 'knowton-bench-'))
const knowton = await startPlatform(home)
try {
  const run = readRun(home)
  const account = await signUp(run.gatewayUrl)
  const bare = spawn(process.execPath, [
    join(import.meta.dirname, 'bare-server.ts'),
    run.databases['creator-service'] ?? '',
  ])
  try {
    let bareUrl = ''
    bare.stdout.on('data', (chunk: Buffer) => {
      bareUrl = /listening on (\S+)/.exec(chunk.toString())?.[1] ?? bareUrl
    })
    bare.stderr.pipe(process.stderr)
    await said(bare, 'listening')
    const targets = {
      bare: `${bareUrl}/creators/${account}`,
      service: `${run.services['creator-service']?.url}/api/v1/creators/${account}`,
      platform: `${run.gatewayUrl}/api/v1/creators/${account}`,
    }
    for (const url of Object.values(targets)) await requestsPerSecond(url, 2)
    const rates = { bare: [] as number[], service: [] as number[], platform: [] as number[] }
    for (let round = 0; round < ROUNDS; round += 1)
      for (const name of ['bare', 'service', 'platform'] as const)
        rates[name].push(await requestsPerSecond(targets[name], SECONDS))
    const [bareRate, serviceRate, platformRate] = [median(rates.bare), median(rates.service), median(rates.platform)]
    console.log(`one row by key, ${CONNECTIONS} connections, median of ${ROUNDS} rounds of ${SECONDS} s`)
    console.log(`bare Fastify + pg        ${Math.round(bareRate)} requests/s`)
    console.log(
      `service without gateway  ${Math.round(serviceRate)} requests/s  ratio ${(serviceRate / bareRate).toFixed(2)}`,
    )
    console.log(
      `gateway and service      ${Math.round(platformRate)} requests/s  ratio ${(platformRate / bareRate).toFixed(2)} (goal ≥ 0.5)`,
    )
    console.log('limit: the load generator, PostgreSQL, the service and the gateway share the machine’s cores')
  } finally {
    bare.kill()
  }
} finally {
  await knowton.stop()
  await rm(home, { recursive: true, force: true })
}
