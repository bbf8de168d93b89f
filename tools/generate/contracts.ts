import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chainModules } from './chain-modules.ts'
import { chainRecord } from './chain-record.ts'
import { contractArtifacts } from './contract-artifacts.ts'
import { holdFresh } from './files.ts'

/** Contracts that leave the compiler for the platform, by their path in `contracts/src`. */
const CONTRACTS = [
  'token/WorkToken.sol',
  'market/Exchange.sol',
  'royalty/RoyaltySplitter.sol',
  'royalty/RoyaltySplitterFactory.sol',
  'local/TestUSD.sol',
]

const SIGNED = [
  { contract: 'WorkToken', digest: 'hashVoucher' },
  { contract: 'Exchange', digest: 'hashOrder' },
]

const FOLDER = 'system/chain'

/** What the modules were compiled from; while it holds, nothing is compiled again. */
const RECORD = `${FOLDER}/compiled.gen.json`

/** Holds `system/chain` to what `contracts/` compiles to; returns the files that were not fresh. */
export const generateContracts = async (
  root: string,
  mode: 'write' | 'check',
  signal: AbortSignal,
): Promise<readonly string[]> => {
  if (await isRecorded(root)) return []
  const modules = chainModules(await contractArtifacts(root, CONTRACTS, signal), SIGNED)
  const files = Object.fromEntries(modules.map(({ name, text }) => [`${FOLDER}/${name}`, text]))
  const kept = { ...files, [RECORD]: await readFile(join(root, RECORD), 'utf8').catch(() => '') }
  const stale = await holdFresh(root, FOLDER, kept, mode)
  const record = `${JSON.stringify(await chainRecord(root, FOLDER, RECORD), undefined, 2)}\n`
  return [...stale, ...(await holdFresh(root, undefined, { [RECORD]: record }, mode))]
}

const isRecorded = async (root: string): Promise<boolean> => {
  const text = await readFile(join(root, RECORD), 'utf8').catch(() => '{}')
  const { inputs, modules } = await chainRecord(root, FOLDER, RECORD)
  const recorded = JSON.parse(text)
  return recorded.inputs === inputs && recorded.modules === modules
}

if (import.meta.main) {
  const mode = process.argv.includes('--check') ? 'check' : 'write'
  const stale = await generateContracts(join(import.meta.dirname, '../..'), mode, AbortSignal.timeout(300_000))
  for (const path of stale)
    console.log(mode === 'check' ? `${path} is not fresh: run npm run generate` : `wrote ${path}`)
  process.exitCode = mode === 'check' && stale.length > 0 ? 1 : 0
}
