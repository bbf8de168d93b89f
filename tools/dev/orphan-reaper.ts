import { saveLastState } from '../chain-recorder/last-state.ts'
import { endChildren, readChildren } from '../supervisor/children.ts'

/** Outlives a runner that is killed: when the pipe to it closes, ends whatever the runner has written down and not ended. */
const [file = ''] = process.argv.slice(2)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
process.stdin.resume()
process.stdin.once('close', () => {
  void endChildren(readChildren(file), new AbortController().signal, { beforeStop: saveLastState })
})
