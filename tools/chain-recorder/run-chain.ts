import { wait } from '@knowton/core'
import { endChildren } from '../supervisor/children.ts'
import type { Launched, Registry } from '../supervisor/launch.ts'
import { type AnvilSettings, chainFiles, rpcUrlOf, startAnvil, warmUp } from './anvil.ts'
import { recordChain } from './record-chain.ts'

/** A local chain with its recorder, which can be started again on the same state. */
export type ChainRunner = {
  readonly rpcUrl: string
  /** Resolves when the chain answers, also about its finalized state. */
  readonly start: () => Promise<Launched>
  /** Resolves when the recorder has written its last after the signal has fired. */
  readonly settled: () => Promise<void>
}

/** How long a recorder that failed stays away. */
const RECORDER_PAUSE_MS = 500

/** Starts the chain and records it: durable, final within a second, still when idle. */
export const createChainRunner = (
  settings: AnvilSettings,
  /** Brings the chain to where it can be used; what it writes is in the first snapshot. */
  prepare: (rpcUrl: string) => Promise<void>,
  registry: Registry,
  says: (sentence: string) => void,
  signal: AbortSignal,
): ChainRunner => {
  const rpcUrl = rpcUrlOf(settings.port)
  const state = { recording: Promise.resolve() }
  const recordOn = async (anvil: Launched): Promise<void> => {
    const ended = new AbortController()
    void anvil.exited.then(() => ended.abort())
    const until = AbortSignal.any([signal, ended.signal])
    while (!until.aborted) {
      const failure: unknown = await recordChain(
        rpcUrl,
        chainFiles(settings.folder),
        () => performance.now(),
        until,
      ).catch((error: unknown) => error)
      // a connection closes a moment before it is known that its process has ended
      await wait(RECORDER_PAUSE_MS, until).catch(() => {})
      if (failure !== undefined && !until.aborted) says(`The chain's recorder starts again: ${String(failure)}`)
    }
  }
  return {
    rpcUrl,
    start: async () => {
      const anvil = await startAnvil(settings, registry, signal)
      try {
        if (anvil.lostBlocks > 0) says(`The chain lost its last ${anvil.lostBlocks} blocks when it was killed.`)
        await prepare(rpcUrl)
        await warmUp(rpcUrl, signal)
      } catch (error) {
        await endChildren([anvil.child], signal)
        throw error
      }
      state.recording = recordOn(anvil)
      return anvil
    },
    settled: () => state.recording,
  }
}
