import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Fault } from '@knowton/core'
import { platform } from '@knowton/system'
import { createPages } from '../pages/create-pages.ts'
import { createStatusSource } from '../pages/status-source.ts'
import { createGateway } from './create-gateway.ts'
import { type KongFile, parseKongFile } from './declared.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { createProblems } from './problem.ts'

/** How long requests may take to finish once the gateway is told to stop. */
const GRACE_MS = 10_000

const says = (level: 'info' | 'error', message: string, fields: object = {}): void =>
  console.log(JSON.stringify({ level, time: new Date().toISOString(), service: 'gateway', msg: message, ...fields }))

const readArguments = () => {
  const { values } = parseArgs({
    options: {
      home: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '8000' },
      'metrics-port': { type: 'string' },
    },
  })
  if (values.home === undefined) throw new Fault('gateway.arguments', '--home names the folder with gateway/kong.yml.')
  return { ...values, home: values.home }
}

/** The upstream of each declared service, by its name. */
const upstreamsOf = (file: KongFile): ReadonlyMap<string, string> =>
  new Map(file.services.map(({ name, url }) => [name, url]))

const start = async (): Promise<void> => {
  const settings = readArguments()
  const file = parseKongFile(await readFile(join(settings.home, 'gateway/kong.yml'), 'utf8'))
  const metrics = createMetrics()
  const readStatus = createStatusSource({
    platform,
    runFile: join(settings.home, 'run.json'),
    upstreams: upstreamsOf(file),
    clock: () => new Date(),
  })
  const gateway = createGateway({
    file,
    metrics,
    problems: createProblems(platform.errors),
    pages: createPages(platform, readStatus),
    nowMs: Date.now,
    onFault: (error, requestId) => says('error', String(error), { requestId }),
  })
  await new Promise<void>((resolve, reject) => {
    gateway.server.once('error', reject)
    gateway.server.listen(Number(settings.port), settings.host, resolve)
  })
  const { port } = gateway.server.address() as AddressInfo
  const closeMetrics =
    settings['metrics-port'] === undefined
      ? async () => {}
      : await serveMetrics(metrics, settings.host, Number(settings['metrics-port']))
  says('info', 'listening', { url: `http://${settings.host}:${port}` })
  const stop = async (): Promise<void> => {
    await Promise.all([gateway.drain(GRACE_MS), closeMetrics()])
    process.exit(0)
  }
  const signals = ['SIGTERM', 'SIGINT', 'disconnect'] as const
  for (const signal of signals) process.once(signal, () => void stop())
}

start().catch((error: unknown) => {
  says('error', error instanceof Error ? error.message : String(error))
  process.exit(error instanceof Fault ? 78 : 1)
})

/** Serves `/metrics` on a port of its own, as Kong's status listener does; answers with how to close it. */
const serveMetrics = async (metrics: Metrics, host: string, port: number): Promise<() => Promise<void>> => {
  const server = createServer(async (request, response) => {
    if (request.url !== '/metrics') return response.writeHead(404).end()
    const text = await metrics.text()
    return response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text)
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  return () => new Promise((resolve) => server.close(() => resolve()))
}
