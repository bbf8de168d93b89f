import type { Child } from '../supervisor/children.ts'
import { replaceJournal } from './journal.ts'
import { saveSnapshot } from './snapshot.ts'

/** Saves the state of a chain that is about to be stopped, which makes its journal superfluous; leaves others alone. */
export const saveLastState = async ({ snapshot }: Child, signal: AbortSignal): Promise<void> => {
  if (snapshot === undefined) return
  await saveSnapshot(snapshot, signal)
  await replaceJournal(snapshot.journal, [])
}
