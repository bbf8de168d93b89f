import { createServer } from 'node:http'
import type { Metrics } from './metrics.ts'

/** Serves `/metrics` on a port of its own, as Kong's status listener does; answers with how to close it. */
export const serveMetrics = async (metrics: Metrics, host: string, port: number): Promise<() => Promise<void>> => {
  const server = createServer(async (request, response) => {
    if (request.url !== '/metrics') return response.writeHead(404).end()
    const text = await metrics.text()
    return response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text)
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  return () => new Promise((resolve) => server.close(() => resolve()))
}
