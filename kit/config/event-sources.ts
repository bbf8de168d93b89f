import type { ServiceShape } from '@knowton/core'
import * as z from 'zod'

const eventSource = z.object({
  publisher: z.string().min(1),
  url: z.url(),
  topics: z.array(z.string().min(1)).min(1),
})

/** Where the log of a publisher is, and which of its topics it has. */
export type EventSourceSetting = z.output<typeof eventSource>

/** `EVENT_SOURCES`: a JSON list of publishers. */
export const eventSourcesSetting = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue({ code: 'custom', message: 'must be a JSON list of {publisher, url, topics}' })
      return z.NEVER
    }
  })
  .pipe(z.array(eventSource))

/** Sentences about every consumed topic that has no source or several. */
export const eventSourceFaults = (declared: ServiceShape, sources: readonly EventSourceSetting[]): readonly string[] =>
  Object.values(declared.consumes).flatMap((topic) => {
    const publishers = sources.filter((source) => source.topics.includes(topic.name))
    if (publishers.length === 1) return []
    return [`EVENT_SOURCES names ${publishers.length} publishers of the topic "${topic.name}", not one`]
  })
