import type { ServiceShape } from '@knowton/core'
import type { Subscription } from '../consume/subscription.ts'
import type { UntypedImplementation } from './erase.ts'

/** Each consumed topic with its consumer. */
export const subscriptionsOf = (
  declared: ServiceShape,
  implementation: UntypedImplementation,
): readonly Subscription[] =>
  Object.entries(declared.consumes).map(([name, topic]) => {
    const consumer = implementation.consumers[name]
    if (consumer === undefined) throw new Error(`the topic "${name}" has no consumer`)
    return { topic, consumer }
  })
