import type { PayloadOf, TopicShape } from '@knowton/core'
import { API_PREFIX, type Client, createClient, parseProblem, type RunRecord } from '@knowton/derive'
import { analyticsService, type Platform, platform, type ServiceName } from '@knowton/system'
import pg from 'pg'
import * as z from 'zod'
import { allPages } from './all-pages.ts'

/** The running platform as the audit reads it: each service at its own address, and the log of what each published. */
export type RunningPlatform = {
  readonly api: Client<Platform>
  readonly royaltyBooks: () => Promise<readonly RoyaltyBook[]>
  /** The latest fact of `topic` for each value of `idField`, decoded, from the publisher's own log. */
  readonly latestFacts: <T extends TopicShape>(
    publisher: ServiceName,
    topic: T,
    idField: string,
  ) => Promise<readonly PayloadOf<T>[]>
  readonly status: (name: ServiceName) => Promise<ServiceStatus>
}

/** What the audit needs of `/internal/status`. */
const serviceStatus = z.object({
  service: z.string(),
  consumers: z.array(z.object({ topic: z.string(), lag: z.number().nullable(), parkedKeys: z.number() })),
})
export type ServiceStatus = z.output<typeof serviceStatus>

const { listRoyaltyBooks } = analyticsService.routes
type RoyaltyBook = z.output<typeof listRoyaltyBooks.output>['items'][number]

/** How long any one answer may take. */
const ANSWER_MS = 30_000

const originOf = (run: RunRecord, name: ServiceName): string => {
  const running = run.services[name]
  if (running === undefined) throw new Error(`${name} is not among the running services`)
  return running.url
}

const fetchJson = async (url: string): Promise<unknown> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) })
  if (!response.ok) throw await parseProblem(response)
  return response.json()
}

const clientOf = (run: RunRecord): Client<Platform> => {
  const at = (name: ServiceName) => createClient(platform, { baseUrl: originOf(run, name) })
  return {
    'creator-service': at('creator-service')['creator-service'],
    'asset-tokenization': at('asset-tokenization')['asset-tokenization'],
    'marketplace-service': at('marketplace-service')['marketplace-service'],
    'analytics-service': at('analytics-service')['analytics-service'],
  }
}

const readLatestFacts = async <T extends TopicShape>(
  databaseUrl: string | undefined,
  topic: T,
  idField: string,
): Promise<readonly PayloadOf<T>[]> => {
  const database = new pg.Client({ connectionString: databaseUrl, statement_timeout: ANSWER_MS })
  await database.connect()
  try {
    const { rows } = await database.query<{ payload: unknown }>(
      `SELECT DISTINCT ON (payload->>$2) payload FROM events.log
       WHERE topic = $1 ORDER BY payload->>$2, aggregate_version DESC`,
      [topic.name, idField],
    )
    return rows.map(({ payload }) => z.decode(topic.payload, payload) as PayloadOf<T>)
  } finally {
    await database.end()
  }
}

/** Reaches the platform that `run` describes. */
export const reachPlatform = (run: RunRecord): RunningPlatform => ({
  api: clientOf(run),
  royaltyBooks: () =>
    allPages(async (cursor) => {
      const query = new URLSearchParams({ limit: '100', ...(cursor === undefined ? {} : { cursor }) })
      const url = `${originOf(run, 'analytics-service')}${API_PREFIX}${listRoyaltyBooks.path}?${query}`
      return z.decode(listRoyaltyBooks.output, (await fetchJson(url)) as z.input<typeof listRoyaltyBooks.output>)
    }),
  latestFacts: (publisher, topic, idField) => readLatestFacts(run.databases[publisher], topic, idField),
  status: async (name) => serviceStatus.parse(await fetchJson(`${originOf(run, name)}/internal/status`)),
})
