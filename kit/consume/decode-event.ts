import { type Event, Fault, type TopicShape } from '@knowton/core'
import * as z from 'zod'
import type { LoggedEvent } from './event-source.ts'

/** The fact as its consumer gets it. Throws a fault when it has another version or shape than declared here. */
export const decodeEvent = (topic: TopicShape, { cursor: _, ...event }: LoggedEvent): Event<unknown> => {
  if (event.version !== topic.version) {
    throw new Fault('events.version', `This service reads version ${topic.version}, the fact has ${event.version}.`)
  }
  const payload = z.safeDecode(topic.payload, event.payload)
  if (!payload.success) {
    const faults = payload.error.issues.map(({ path, message }) => `${path.join('.') || 'payload'}: ${message}`)
    throw new Fault('events.payload', `The fact does not have the declared shape: ${faults.join('; ')}.`)
  }
  return { ...event, payload: payload.data }
}
