import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'

/** A chain for tests: nothing survives it. */
export type TestChain = { readonly url: string; readonly stop: () => Promise<void> }

/** Starts anvil (chain 31337, Prague, no funded accounts) on a free port; a block for each transaction. */
export const startAnvil = async (): Promise<TestChain> => {
  const flags = ['--host', '127.0.0.1', '--port', '0', '--accounts', '0', '--hardfork', 'prague']
  const chain = spawn(anvilBinary(), flags, { stdio: ['ignore', 'pipe', 'pipe'] })
  const address = await untilListening(chain)
  return {
    url: `http://${address}`,
    stop: async () => {
      if (chain.exitCode !== null) return
      const exited = new Promise((resolve) => chain.once('exit', resolve))
      chain.kill('SIGTERM')
      await exited
    },
  }
}

/** The program itself: the package's launcher is one process more, which some signals do not pass. */
const anvilBinary = (): string => {
  const launcher = createRequire(createRequire(import.meta.url).resolve('@foundry-rs/anvil/package.json'))
  const arch = process.arch === 'x64' ? 'amd64' : process.arch
  return launcher.resolve(`@foundry-rs/anvil-${process.platform}-${arch}/bin/anvil`)
}

const untilListening = (chain: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let output = ''
    const read = (text: string): void => {
      output = (output + text).slice(-10_000)
      const address = /Listening on (\S+)/.exec(output)?.[1]
      if (address !== undefined) resolve(address)
    }
    chain.once('error', reject)
    chain.once('exit', (code) => reject(new Error(`anvil ended with ${code}:\n${output}`)))
    chain.stdout?.setEncoding('utf8').on('data', read)
    chain.stderr?.setEncoding('utf8').on('data', read)
  })
