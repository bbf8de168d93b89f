import { wait } from '@knowton/core'
import { endChildren } from '../processes/children.ts'
import type { Launched, Registry } from '../processes/launch.ts'
import { type AnvilSettings, chainFiles, rpcUrlOf, startAnvil, warmUp } from './anvil.ts'
import { keepChain } from './keeper.ts'

/** A local chain with its keeper, which can be started again on the same state. */
export type ChainRunner = {
  readonly rpcUrl: string
  /** Resolves when the chain answers, also about its finalized state. */
  readonly start: () => Promise<Launched>
  /** Resolves when the keeper has written its last after the signal has fired. */
  readonly settled: () => Promise<void>
}

/** How long a keeper that failed stays away. */
const KEEPER_PAUSE_MS = 500

/** Starts the chain and keeps it: durable, final within a second, still when idle. */
export const createChainRunner = (
  settings: AnvilSettings,
  /** Brings the chain to where it can be used; what it writes is in the first snapshot. */
  prepare: (rpcUrl: string) => Promise<void>,
  registry: Registry,
  says: (sentence: string) => void,
  signal: AbortSignal,
): ChainRunner => {
  const rpcUrl = rpcUrlOf(settings.port)
  const state = { keeping: Promise.resolve() }
  const keepOn = async (anvil: Launched): Promise<void> => {
    const ended = new AbortController()
    void anvil.exited.then(() => ended.abort())
    const until = AbortSignal.any([signal, ended.signal])
    while (!until.aborted) {
      const failure: unknown = await keepChain(
        rpcUrl,
        chainFiles(settings.folder),
        () => performance.now(),
        until,
      ).catch((error: unknown) => error)
      // a connection closes a moment before it is known that its process has ended
      await wait(KEEPER_PAUSE_MS, until).catch(() => {})
      if (failure !== undefined && !until.aborted) says(`The chain's keeper starts again: ${String(failure)}`)
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
      state.keeping = keepOn(anvil)
      return anvil
    },
    settled: () => state.keeping,
  }
}
