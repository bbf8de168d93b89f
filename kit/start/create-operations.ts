import { wait } from '@knowton/core'
import { listParked, requestUnpark } from '../consume/parked.ts'
import { createCountPublished } from '../outbox/count-published.ts'
import type { Operations, Readiness } from '../serve/operations.ts'
import type { Problems } from '../serve/problem.ts'
import type { OpenStore } from '../stores.ts'
import type { Foundation } from './foundation.ts'
import type { RunningJobs } from './jobs.ts'
import type { RunningConsumers } from './start-consumers.ts'

/** Parked keys listed at most. */
const MAX_LISTED = 100

/** Health, status and unparking of a started service. */
export const createOperations = (
  base: Foundation,
  problems: Problems,
  consumers: RunningConsumers | undefined,
  jobs: RunningJobs,
): Operations => {
  const { declared, metrics, outbox, clock } = base
  const startedAt = clock().toISOString()
  const topics = Object.values(declared.publishes).map((topic) => topic.name)
  const countPublished = outbox && createCountPublished(outbox.database, topics)

  const readiness = async (): Promise<Readiness> => {
    const broken = await checkStores(base.stores.byName)
    const draining = base.draining.signal.aborted ? ['the process is draining'] : []
    return {
      ready: broken.length === 0 && draining.length === 0,
      reasons: [...draining, ...broken, ...(consumers?.reasons() ?? []), ...jobReasons(jobs)],
    }
  }
  const consumerStatus = async () => (await consumers?.status()) ?? []
  metrics.observeConsumers(async () =>
    (await consumerStatus().catch(() => [])).flatMap(({ topic, lag, parkedKeys }) =>
      lag === null ? [] : [{ topic, lag, parkedKeys }],
    ),
  )
  metrics.observeJobs(jobs.states)
  return {
    metrics,
    problems,
    readiness,
    status: async () => ({
      service: declared.name,
      version,
      startedAt,
      ready: (await readiness()).ready,
      consumers: await consumerStatus(),
      parked: outbox === undefined ? [] : (await listParked(outbox.database, MAX_LISTED)).map(toListed),
      jobs: jobs.states().map((job) => ({ ...job, lastError: job.lastError ?? null })),
      publishes: [...((await countPublished?.()) ?? [])].map(([topic, events]) => ({ topic, events })),
    }),
    unpark: async (id) => {
      const found = outbox !== undefined && (await requestUnpark(outbox.database, id, clock()))
      if (found) consumers?.wake()
      return found
    },
  }
}

const jobReasons = (jobs: RunningJobs) =>
  jobs.states().flatMap((job) => (job.state === 'failing' ? [`job ${job.name}: ${job.lastError}`] : []))

const toListed = ({ lastVersion, publisher: _, ...parked }: Awaited<ReturnType<typeof listParked>>[number]) => ({
  ...parked,
  waiting: lastVersion - parked.eventVersion + 1,
})

/** A store that has not answered by then counts as broken. */
const ANSWER_MS = 2_000

/** A sentence for each store that does not answer. */
const checkStores = async (byName: Readonly<Record<string, OpenStore<unknown>>>): Promise<readonly string[]> => {
  const sentences = await Promise.all(
    Object.entries(byName).map(async ([name, store]) => {
      const timer = new AbortController()
      const late = wait(ANSWER_MS, timer.signal).then(() => `store ${name}: no answer within ${ANSWER_MS} ms`)
      const answered = store.check().then(
        () => undefined,
        (error: unknown) => `store ${name}: ${error instanceof Error ? error.message : String(error)}`,
      )
      const sentence = await Promise.race([answered, late])
      late.catch(() => undefined)
      timer.abort(new Error('answered'))
      return sentence
    }),
  )
  return sentences.filter((sentence) => sentence !== undefined)
}

import manifest from '../package.json' with { type: 'json' }

/** The version of the platform this process was started from. */
const version: string = manifest.version
