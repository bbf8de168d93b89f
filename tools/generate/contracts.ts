import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chainModules } from './chain-modules.ts'
import { contractArtifacts } from './contract-artifacts.ts'

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

/** Generates `system/chain` from `contracts/`. With `check`, writes nothing and returns the files that are not fresh. */
export const generateContracts = async (
  root: string,
  mode: 'write' | 'check',
  signal: AbortSignal,
): Promise<readonly string[]> => {
  const folder = join(root, 'system/chain')
  const files = chainModules(await contractArtifacts(root, CONTRACTS, signal), SIGNED)
  await mkdir(folder, { recursive: true })
  const present = await readdir(folder)
  const surplus = present.filter((name) => !files.some((file) => file.name === name))
  const texts = await Promise.all(
    files.map(({ name }) => (present.includes(name) ? readFile(join(folder, name), 'utf8') : undefined)),
  )
  const outdated = files.filter((file, index) => file.text !== texts[index])
  if (mode === 'write') {
    await Promise.all(outdated.map(({ name, text }) => writeFile(join(folder, name), text)))
    await Promise.all(surplus.map((name) => rm(join(folder, name))))
  }
  return [...outdated.map(({ name }) => name), ...surplus].map((name) => `system/chain/${name}`)
}

if (import.meta.main) {
  const mode = process.argv.includes('--check') ? 'check' : 'write'
  const root = join(import.meta.dirname, '../..')
  const stale = await generateContracts(root, mode, AbortSignal.timeout(300_000))
  for (const file of stale)
    console.log(mode === 'check' ? `${file} is not fresh: run npm run generate` : `wrote ${file}`)
  process.exitCode = mode === 'check' && stale.length > 0 ? 1 : 0
}
