import { createServer, type Server, type ServerResponse } from 'node:http'
import { answer, type GatewayParts, type Pipeline, refuseUnreadable } from './answer.ts'
import { createCors } from './cors.ts'
import type { KongFile } from './declared.ts'
import { createRouter, type Router } from './router.ts'
import { createTokenVerifier } from './token-verifier.ts'

/** A gateway that is not listening yet. */
export type Gateway = {
  readonly server: Server
  /** Takes no more connections, lets requests finish for at most `graceMs`, cuts event streams at once. */
  readonly drain: (graceMs: number) => Promise<void>
}

/** A caller that sends or takes nothing for so long is cut off. */
const IDLE_MS = 120_000

/** Carries out `file` as Kong does: correlation id, CORS, token, body size, rate, then the service. */
export const createGateway = (parts: GatewayParts): Gateway => {
  const router = createRouter(parts.file)
  const streams = new Set<ServerResponse>()
  const pipeline: Pipeline = {
    ...parts,
    router,
    streams,
    cors: corsOf(parts.file),
    verifyToken: createTokenVerifier(
      parts.file.consumers.flatMap(({ jwt_secrets }) =>
        jwt_secrets.map(({ key, rsa_public_key }) => ({ key, pem: rsa_public_key })),
      ),
    ),
  }
  const server = createServer({ keepAlive: true, noDelay: true, requestTimeout: 0, headersTimeout: 15_000 })
  server.keepAliveTimeout = 65_000
  server.timeout = IDLE_MS
  server.on('request', (request, response) => answer(pipeline, request, response, false))
  server.on('checkContinue', (request, response) => answer(pipeline, request, response, true))
  server.on('clientError', (error, socket) => refuseUnreadable(pipeline, error, socket))
  return { server, drain: (graceMs) => drain(server, router, streams, graceMs) }
}

const corsOf = (file: KongFile) => {
  const plugin = file.plugins.find(({ name }) => name === 'cors')
  return plugin?.name === 'cors' ? createCors(plugin.config) : undefined
}

const drain = async (server: Server, router: Router, streams: Set<ServerResponse>, graceMs: number): Promise<void> => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  for (const stream of streams) stream.end()
  server.closeIdleConnections()
  // a connection whose last request has just been answered is idle, and Node closes it only when told
  const sweep = setInterval(() => server.closeIdleConnections(), 50)
  const cut = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearInterval(sweep)
  clearTimeout(cut)
  await router.close()
}
