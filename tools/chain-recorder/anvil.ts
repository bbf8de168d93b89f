import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Fault, wait } from '@knowton/core'
import { endChildren } from '../supervisor/children.ts'
import { freePort } from '../supervisor/free-port.ts'
import type { Launched, Registry } from '../supervisor/launch.ts'
import { readJournal, replaceJournal, replayJournal } from './journal.ts'
import type { ChainFiles } from './record-chain.ts'
import { callChain, readBlock } from './rpc.ts'
import { saveSnapshot } from './snapshot.ts'

/** Chain id of a local chain; wallets know it as a developer's. */
export const LOCAL_CHAIN_ID = 31_337

export type AnvilSettings = {
  readonly folder: string
  readonly logFile: string
  readonly port: number
  /** The only origin whose pages may talk to the chain: its RPC can do anything. */
  readonly allowOrigin: string
}

const START_TIMEOUT_MS = 30_000

/** Where a chain's state lies in its folder. */
export const chainFiles = (folder: string): ChainFiles => ({
  snapshot: join(folder, 'state.json'),
  journal: join(folder, 'blocks.jsonl'),
})

/** Starts the local chain where it stopped, after a kill too; resolves when it answers, with how many blocks are lost for good. */
export const startAnvil = async (
  settings: AnvilSettings,
  registry: Registry,
  signal: AbortSignal,
): Promise<Launched & { readonly lostBlocks: number }> => {
  const lostBlocks = await restoreAfterCrash(settings, registry, signal)
  return { ...(await launchAnvil(settings, registry, signal)), lostBlocks }
}

/** Blocks that only the journal has are mined again where nobody else can send transactions, and go into the snapshot. */
const restoreAfterCrash = async (settings: AnvilSettings, registry: Registry, signal: AbortSignal): Promise<number> => {
  const files = chainFiles(settings.folder)
  const journal = await readJournal(files.journal)
  if (journal.length === 0) return 0
  const port = await freePort()
  const anvil = await launchAnvil({ ...settings, port }, registry, signal)
  try {
    const rpcUrl = rpcUrlOf(port)
    const { replayed, lost } = await replayJournal(rpcUrl, journal, signal)
    if (replayed > 0) await saveSnapshot({ rpcUrl, file: files.snapshot }, signal)
    await replaceJournal(files.journal, [])
    return lost
  } finally {
    const { snapshot: _, ...child } = anvil.child
    await endChildren([child], signal)
  }
}

/** URL of an RPC on this machine. */
export const rpcUrlOf = (port: number): string => `http://127.0.0.1:${port}`

const launchAnvil = async (settings: AnvilSettings, registry: Registry, signal: AbortSignal): Promise<Launched> => {
  const { snapshot, journal } = chainFiles(settings.folder)
  const launched = await registry.launch({
    name: 'chain',
    role: 'chain',
    command: anvilBinary(),
    args: [
      ...['--host', '127.0.0.1', '--port', String(settings.port), '--chain-id', String(LOCAL_CHAIN_ID)],
      ...['--accounts', '0', '--slots-in-an-epoch', '1', '--hardfork', 'prague', '--order', 'fifo', '--quiet'],
      ...['--allow-origin', settings.allowOrigin],
      ...(existsSync(snapshot) ? ['--load-state', snapshot] : []),
    ],
    env: { PATH: '/usr/bin:/bin', HOME: settings.folder },
    cwd: settings.folder,
    logFile: settings.logFile,
    snapshot: { rpcUrl: rpcUrlOf(settings.port), file: snapshot, journal },
  })
  await answers(settings, launched, signal)
  return launched
}

const answers = async (settings: AnvilSettings, launched: Launched, signal: AbortSignal): Promise<void> => {
  const state = { ended: undefined as string | undefined }
  void launched.exited.then((exit) => (state.ended = exit.says))
  const deadline = performance.now() + START_TIMEOUT_MS
  for (;;) {
    signal.throwIfAborted()
    if (state.ended !== undefined || performance.now() > deadline) {
      const why = state.ended ?? 'does not answer'
      throw new Fault(
        'dev.chain',
        `The chain ${why}; see ${settings.logFile}. If its state in ${settings.folder} is damaged: npm run reset`,
      )
    }
    const chainId = await callChain(rpcUrlOf(settings.port), 'eth_chainId', [], signal).catch(() => undefined)
    if (chainId !== undefined) return
    await wait(20, signal)
  }
}

/** Reads at a block need state that a snapshot does not hold: so many blocks later every finalized block has it again. */
const WARM_UP_BLOCKS = 3

/** Lets a chain that was loaded from a snapshot answer questions about its finalized state. */
export const warmUp = async (rpcUrl: string, signal: AbortSignal): Promise<void> => {
  const { number } = await readBlock(rpcUrl, 'latest', signal)
  if (number > 0) await callChain(rpcUrl, 'anvil_mine', [`0x${WARM_UP_BLOCKS.toString(16)}`], signal)
}

/** The program itself: the package's own launcher is one process more, which signals do not pass. */
const anvilBinary = (): string => {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch
  const name = `@foundry-rs/anvil-${process.platform}-${arch}`
  try {
    const fromLauncher = createRequire(createRequire(import.meta.url).resolve('@foundry-rs/anvil/package.json'))
    return fromLauncher.resolve(`${name}/bin/anvil`)
  } catch (cause) {
    throw new Fault(
      'dev.chain',
      `There is no chain for this machine: the package ${name} is not installed.\nRun npm ci without --omit=optional.`,
      { cause },
    )
  }
}
