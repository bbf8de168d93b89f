import type { PayloadOf } from '@knowton/core'
import type { analyticsService } from '@knowton/system'

type Consumes = (typeof analyticsService)['consumes']

/** The payload of a topic that this service consumes. */
export type TopicPayload<T extends keyof Consumes> = PayloadOf<Consumes[T]>
