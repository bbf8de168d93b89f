import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { Fault } from '@knowton/core'
import { endChildren, isRunning, readChildren } from '../supervisor/children.ts'
import { takeLock } from '../supervisor/lock.ts'
import type { Console } from './console.ts'
import { homeAt } from './home.ts'

/** Deletes everything a run has written in its home, and nothing else there; asks first unless told `--yes`. */
export const reset = async (root: string, args: readonly string[], console: Console): Promise<void> => {
  const home = homeAt(root)
  if (!existsSync(root)) return console.plain(`${root} is not there: nothing to reset.`)
  const lock = takeLock(home.lock)
  try {
    if (!args.includes('--yes') && !(await agrees(root))) throw new Fault('dev.kept', 'Nothing was deleted.')
    await endChildren(readChildren(home.children).filter(isRunning), new AbortController().signal, {
      says: console.warn,
    })
    const { root: _, lock: __, gatewayConfig, ...places } = home
    for (const place of [...Object.values(places), dirname(gatewayConfig)])
      rmSync(place, { recursive: true, force: true })
  } finally {
    lock.release()
  }
  if (readdirSync(root).length === 0) rmdirSync(root)
  console.plain('Everything was deleted; npm start begins anew.')
}

const agrees = async (root: string): Promise<boolean> => {
  if (!process.stdin.isTTY)
    throw new Fault('dev.usage', 'Nobody can be asked here; to delete everything: npm run reset -- --yes')
  const prompt = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await prompt.question(
    `This deletes all works, databases, keys and the chain in ${root}, for good. Type "yes" to go on: `,
  )
  prompt.close()
  return answer.trim().toLowerCase() === 'yes'
}
