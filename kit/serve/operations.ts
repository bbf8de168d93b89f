import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Problems } from './problem.ts'
import { RequestFault } from './request-fault.ts'
import { sendProblem } from './send.ts'

/** Whether a service can do its work; `reasons` also names what goes wrong without keeping it from answering. */
export type Readiness = { readonly ready: boolean; readonly reasons: readonly string[] }

/** What the platform asks of a process beside its declared routes; the gateway never routes these. */
export type Operations = {
  readonly metrics: Metrics
  readonly problems: Problems
  readonly readiness: () => Promise<Readiness>
  /** Any JSON. */
  readonly status: () => Promise<object>
  /** False when nothing is parked under the id. */
  readonly unpark: (id: string) => Promise<boolean>
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Serves health, metrics, status and unparking. */
export const addOperations = (scope: FastifyInstance, operations: Operations): void => {
  scope.get('/health/live', async (_request, reply) => sendDocument(reply, 200, { live: true }))
  scope.get('/health/ready', async (_request, reply) => {
    const readiness = await operations.readiness()
    return sendDocument(reply, readiness.ready ? 200 : 503, readiness)
  })
  scope.get('/metrics', async (_request, reply) =>
    reply.header('content-type', operations.metrics.contentType).send(await operations.metrics.text()),
  )
  scope.get('/internal/status', async (_request, reply) => sendDocument(reply, 200, await operations.status()))
  scope.post<{ Params: { id: string } }>('/internal/parked/:id/unpark', async (request, reply) => {
    const { id } = request.params
    if (UUID.test(id) && (await operations.unpark(id))) return sendDocument(reply, 202, { id })
    return refuse(operations, request, reply)
  })
}

const sendDocument = (reply: FastifyReply, status: number, document: object) =>
  reply
    .code(status)
    .headers({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .send(JSON.stringify(document))

const refuse = (operations: Operations, request: FastifyRequest, reply: FastifyReply) => {
  const { requestId } = request.exchange
  sendProblem(request, reply, operations.problems.ofError(new RequestFault('request.not-found'), requestId))
  return reply
}
