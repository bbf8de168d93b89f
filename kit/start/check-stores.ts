import { wait } from '@knowton/core'
import type { OpenStore } from '../stores.ts'

/** A store that has not answered by then counts as broken. */
const ANSWER_MS = 2_000

/** A sentence for each store that does not answer. */
export const checkStores = async (byName: Readonly<Record<string, OpenStore<unknown>>>): Promise<readonly string[]> => {
  const sentences = await Promise.all(
    Object.entries(byName).map(async ([name, store]) => {
      const timer = new AbortController()
      const late = wait(ANSWER_MS, timer.signal).then(() => `store ${name}: no answer within ${ANSWER_MS} ms`)
      const answered = store.check().then(
        () => undefined,
        (error: unknown) => `store ${name}: ${error instanceof Error ? error.message : String(error)}`,
      )
      const sentence = await Promise.race([answered, late])
      late.catch(() => undefined)
      timer.abort(new Error('answered'))
      return sentence
    }),
  )
  return sentences.filter((sentence) => sentence !== undefined)
}
