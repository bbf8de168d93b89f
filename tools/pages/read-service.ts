import type { ServiceShape } from '@knowton/core'
import * as z from 'zod'
import type { ParkedStatus, ServiceStatus } from './platform-status.ts'

const readiness = z.object({ ready: z.boolean(), reasons: z.array(z.string()) })
const report = z.object({
  version: z.string(),
  startedAt: z.string(),
  consumers: z.array(z.object({ topic: z.string(), lag: z.number().nullable(), parkedKeys: z.number() })),
  parked: z.array(
    z.object({
      id: z.string(),
      topic: z.string(),
      key: z.string(),
      error: z.string(),
      parkedAt: z.string(),
      waiting: z.number(),
    }),
  ),
  publishes: z.array(z.object({ topic: z.string(), events: z.number() })),
})

/** What one service says of itself. */
export type ServiceReport = {
  readonly status: ServiceStatus
  readonly consumers: readonly {
    readonly topic: string
    readonly lag: number | undefined
    readonly parkedKeys: number
  }[]
  readonly parked: readonly ParkedStatus[]
  /** Facts published, by topic. */
  readonly published: ReadonlyMap<string, number>
}

/** What the runner knows of a service's process. */
export type Started = { readonly pid: number | undefined; readonly restarts: number | undefined }

/** Asks a service how it is; one that does not answer in time is unreachable. */
export const readService = async (
  service: ServiceShape,
  at: Started & { readonly url: string },
  signal: AbortSignal,
): Promise<ServiceReport> => {
  try {
    const [ready, said] = await Promise.all([
      askFor(`${at.url}/health/ready`, readiness, signal),
      askFor(`${at.url}/internal/status`, report, signal),
    ])
    return {
      status: {
        ...identity(service, at),
        state: ready.ready ? 'ready' : 'not-ready',
        reasons: ready.reasons,
        version: said.version,
        startedAt: said.startedAt,
      },
      consumers: said.consumers.map((consumer) => ({ ...consumer, lag: consumer.lag ?? undefined })),
      parked: said.parked.map((parked) => ({ service: service.name, ...parked })),
      published: new Map(said.publishes.map(({ topic, events }) => [topic, events])),
    }
  } catch (error) {
    return unreachable(service, at, reasonOf(error))
  }
}

/** The report of a service that nobody knows the address of, or that does not answer. */
export const unreachable = (service: ServiceShape, started: Started, reason: string): ServiceReport => ({
  status: {
    ...identity(service, started),
    state: 'unreachable',
    reasons: [reason],
    version: undefined,
    startedAt: undefined,
  },
  consumers: [],
  parked: [],
  published: new Map(),
})

const identity = ({ name, summary }: ServiceShape, { pid, restarts }: Started) => ({ name, summary, pid, restarts })

const askFor = async <T extends z.ZodType>(url: string, shape: T, signal: AbortSignal): Promise<z.output<T>> => {
  const response = await fetch(url, { signal })
  return shape.parse(await response.json())
}

/** A sentence on why somebody did not answer. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'It did not answer in time.'
  if (error instanceof z.ZodError) return `Its answer has another shape: ${z.prettifyError(error)}`
  const cause = error.cause instanceof Error ? error.cause : error
  return cause.message === '' ? cause.name : cause.message
}
