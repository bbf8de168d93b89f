import type { EventSourceSetting } from '../config/event-sources.ts'
import type { EventSource, EventSourceOpener } from '../consume/event-source.ts'
import { countParked } from '../consume/parked.ts'
import { loadPositions } from '../consume/progress.ts'
import type { Subscription } from '../consume/subscription.ts'
import type { WorkerDeps } from '../consume/worker.ts'
import { createWorker, type Worker } from '../consume/worker.ts'

/** One consumed topic, as the status page shows it. */
export type ConsumerStatus = {
  readonly topic: string
  readonly publisher: string
  /** Null when the publisher's log does not answer. */
  readonly lag: number | null
  readonly position: string | null
  readonly parkedKeys: number
  readonly state: 'running' | 'standby' | 'retrying'
  readonly lastError: string | null
}

export type RunningConsumers = {
  readonly status: () => Promise<readonly ConsumerStatus[]>
  /** Reasons of publishers that cannot be followed right now. */
  readonly reasons: () => readonly string[]
  readonly wake: () => void
  readonly done: Promise<void>
  readonly close: () => Promise<void>
}

type Following = {
  readonly publisher: string
  readonly topics: readonly string[]
  readonly source: EventSource
  readonly worker: Worker
}

/** Follows the log of every publisher that the service consumes from, one worker each. */
export const startConsumers = async (
  open: EventSourceOpener,
  sources: readonly EventSourceSetting[],
  subscriptions: readonly Subscription[],
  deps: Omit<WorkerDeps, 'publisher' | 'source' | 'subscriptions'>,
): Promise<RunningConsumers> => {
  const following: Following[] = []
  for (const { publisher, url, topics } of sources) {
    const own = subscriptions.filter((subscription) => topics.includes(subscription.topic.name))
    if (own.length === 0) continue
    const source = await open({ url, publisher, log: deps.log })
    const byTopic = new Map(own.map((subscription) => [subscription.topic.name, subscription]))
    const worker = createWorker({ ...deps, publisher, source, subscriptions: byTopic })
    following.push({ publisher, topics: [...byTopic.keys()], source, worker })
  }
  const running = following.map(({ worker }) => worker.run())
  return {
    status: async () => {
      const parked = await countParked(deps.outbox.database)
      return (await Promise.all(following.map((each) => statusOf(each, deps, parked)))).flat()
    },
    reasons: () =>
      following.flatMap(({ publisher, worker }) => {
        const { state, lastError } = worker.state()
        return state === 'retrying' ? [`events of ${publisher}: ${lastError}`] : []
      }),
    wake: () => {
      for (const { worker } of following) worker.wake()
    },
    done: Promise.all(running).then(() => undefined),
    close: async () => {
      await Promise.allSettled(following.map(({ source }) => source.close()))
    },
  }
}

const statusOf = async (
  { publisher, topics, source, worker }: Following,
  deps: Pick<WorkerDeps, 'outbox'>,
  parked: ReadonlyMap<string, number>,
): Promise<readonly ConsumerStatus[]> => {
  const positions = await loadPositions(deps.outbox.database, publisher)
  const lags = await Promise.all(
    topics.map(async (topic) => {
      const counts = await source.countAfter([topic], positions.get(topic)).catch(() => undefined)
      return counts === undefined ? null : (counts[topic] ?? 0)
    }),
  )
  return topics.map((topic, at) => {
    const position = positions.get(topic)
    return {
      topic,
      publisher,
      lag: lags[at] ?? null,
      position: position === undefined ? null : `${position.transactionId}:${position.sequence}`,
      parkedKeys: parked.get(topic) ?? 0,
      state: worker.state().state,
      lastError: worker.state().lastError ?? null,
    }
  })
}
