import { randomUUID } from 'node:crypto'
import { behavesAsEventSource, behavesAsFiles } from '@knowton/kit/testing'
import { describe } from 'vitest'
import { silentLog } from '../postgres/testing/silent-log.ts'
import { memoryEvents } from './memory-events.ts'
import { memoryFiles } from './memory-files.ts'

describe('memory files', () =>
  behavesAsFiles(() => memoryFiles({ url: 'memory:', serviceName: 'test', log: silentLog })))

describe('memory events', () =>
  behavesAsEventSource(async () => {
    const source = memoryEvents()
    return {
      source,
      append: async (facts) => {
        for (const fact of facts) {
          const id = randomUUID()
          source.append({
            ...fact,
            id,
            version: 1,
            occurredAt: new Date(0),
            causationId: undefined,
            traceparent: undefined,
          })
        }
      },
      close: source.close,
    }
  }))
