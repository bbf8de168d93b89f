import { Fault } from '@knowton/core'
import type { Console } from './console.ts'
import { readRun } from './run-file.ts'

/** Lets the events of a parked key go on, in their order, in the service that parked them. */
export const unpark = async (root: string, args: readonly string[], console: Console): Promise<void> => {
  const [name = '', id = ''] = args
  const { services } = readRun(root)
  const service = services[name]
  if (service === undefined || id === '') {
    throw new Fault(
      'dev.usage',
      `npm run unpark -- <service> <id>, with one of ${Object.keys(services).join(', ')} and an id that npm run status shows.`,
    )
  }
  const url = `${service.url}/internal/parked/${encodeURIComponent(id)}/unpark`
  const response = await fetch(url, { method: 'POST', signal: AbortSignal.timeout(30_000) })
  if (!response.ok) throw new Fault('dev.unpark', `${name} answers ${response.status}: ${await response.text()}`)
  console.plain(`${name} has taken ${id} up again.`)
}
