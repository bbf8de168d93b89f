import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import type { Hex } from '@knowton/core'

/** A real local chain for tests: blocks come with transactions, or when asked for. */
export type Anvil = {
  readonly rpcUrl: string
  /** Calls a method of the node, its own `anvil_…` and `evm_…` ones included. */
  readonly ask: <T>(method: string, ...params: readonly unknown[]) => Promise<T>
  readonly stop: () => Promise<void>
}

/** Chain id of the test chain; TestUSD deploys on no other. */
export const TEST_CHAIN_ID = 31_337

/**
 * Starts a chain on a free port, without accounts of its own. A block is safe after `slotsInEpoch` further ones,
 * finalized after twice as many.
 */
export const startAnvil = async (slotsInEpoch = 32): Promise<Anvil> => {
  const options = ['--port', '0', '--accounts', '0', '--order', 'fifo', '--slots-in-an-epoch', String(slotsInEpoch)]
  const node = spawn(anvilBinary(), options, { stdio: ['ignore', 'pipe', 'inherit'] })
  const rpcUrl = `http://${await listeningOn(node)}`
  let id = 0
  const ask = async <T>(method: string, ...params: readonly unknown[]): Promise<T> => {
    id += 1
    const response = await fetch(rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id, method, params }),
    })
    const answer = (await response.json()) as { readonly result: T; readonly error?: { readonly message: string } }
    if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`)
    return answer.result
  }
  return { rpcUrl, ask, stop: () => end(node) }
}

/** Gives `address` this much for gas. */
export const fund = (anvil: Anvil, address: Hex, wei = 10n ** 21n): Promise<void> =>
  anvil.ask('anvil_setBalance', address, `0x${wei.toString(16)}`)

const end = (node: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (node.exitCode !== null || node.signalCode !== null) return resolve()
    node.once('exit', () => resolve())
    node.kill('SIGTERM')
  })

const listeningOn = (node: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let output = ''
    node.once('exit', (code) => reject(new Error(`anvil ended with ${code}: ${output}`)))
    node.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-10_000)
      const [, place] = /Listening on (\S+)/.exec(output) ?? []
      if (place !== undefined) resolve(place)
    })
  })

/** The program itself: the package's launcher is one process more, which signals do not pass. */
const anvilBinary = (): string => {
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch
  const fromHere = createRequire(import.meta.url)
  const fromLauncher = createRequire(fromHere.resolve('@foundry-rs/anvil/package.json'))
  return fromLauncher.resolve(`@foundry-rs/anvil-${process.platform}-${architecture}/bin/anvil`)
}
