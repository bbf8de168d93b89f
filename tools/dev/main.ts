import { Fault } from '@knowton/core'
import { createConsole } from './console.ts'
import { devEnvironment } from './environment.ts'

/** A second request to stop counts as impatience only after this time: a terminal and npm may both pass one Ctrl-C on. */
const SAME_REQUEST_MS = 700

/** Begins to stop at the first signal, or when the process that started this one is gone; ends at once at the second. */
const listenForEnd = () => {
  const [stop, force] = [new AbortController(), new AbortController()]
  let askedAt: number | undefined
  const ask = () => {
    const now = performance.now()
    askedAt ??= now
    if (now - askedAt > SAME_REQUEST_MS) force.abort()
    stop.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
  process.on('disconnect', ask)
  return { stop, force: force.signal }
}

const main = async ([verb = 'start', ...args]: readonly string[]): Promise<number> => {
  const console = createConsole(process.stdout, () => performance.now())
  const ending = listenForEnd()
  try {
    const dev = devEnvironment()
    if (verb === 'start') await (await import('./start/start.ts')).start(dev, console, ending)
    else if (verb === 'status') await (await import('./status.ts')).status(dev.home, console)
    else if (verb === 'unpark') await (await import('./unpark.ts')).unpark(dev.home, args, console)
    else if (verb === 'reset') await (await import('./reset.ts')).reset(dev.home, args, console)
    else throw new Fault('dev.usage', `There is no "${verb}"; there are start, status, unpark and reset.`)
    return 0
  } catch (error) {
    if (ending.stop.signal.aborted && !(error instanceof Fault)) return 0
    const says = error instanceof Fault ? error.message : error instanceof Error ? error.stack : String(error)
    process.stderr.write(`\n✗ ${says}\n`)
    return 1
  }
}

process.exit(await main(process.argv.slice(2)))
