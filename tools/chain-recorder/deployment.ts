import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Fault, type Hex } from '@knowton/core'
import * as z from 'zod'
import { type Deployment, type DeploymentSettings, deploymentRecord, type Places } from './deployment-record.ts'
import { callChain, callChainBatch } from './rpc.ts'
import { writeDurably } from './snapshot.ts'

/** The local chain gives its own accounts gas for this much, and tops them up at half. */
const ALLOWANCE_WEI = 1_000n * 10n ** 18n

/**
 * The deployment that the chain carries: the recorded one, after its code on the chain is checked, or else a new one.
 * `isStale` when the sources have been changed since it was made.
 */
export const ensureDeployment = async (
  settings: DeploymentSettings,
  signal: AbortSignal,
): Promise<{ readonly deployment: Deployment; readonly isNew: boolean; readonly isStale: boolean }> => {
  const recorded = readRecord(settings.file)
  if (recorded === undefined) return { deployment: await deployAnew(settings, signal), isNew: true, isStale: false }
  await verifyCode(settings, recorded, signal)
  await topUp(settings.rpcUrl, Object.values(recorded.accounts), signal)
  const { creationCode } = await import('./creation-code.ts')
  return { deployment: recorded, isNew: false, isStale: sourceHash(creationCode) !== recorded.sourceHash }
}

const readRecord = (file: string): Deployment | undefined => {
  try {
    return deploymentRecord.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

const deployAnew = async (settings: DeploymentSettings, signal: AbortSignal): Promise<Deployment> => {
  const [{ accountsOf, deployContracts }, { creationCode }] = await Promise.all([
    import('./deploy-contracts.ts'),
    import('./creation-code.ts'),
  ])
  const accounts = accountsOf(settings)
  await topUp(settings.rpcUrl, Object.values(accounts), signal)
  const { contracts, deploymentBlock } = await deployContracts(settings, accounts, signal)
  const codeHashes = await hashesOnChain(settings.rpcUrl, contracts, signal)
  const made = { contracts, deploymentBlock, accounts, codeHashes, sourceHash: sourceHash(creationCode) }
  await writeDurably(settings.file, `${JSON.stringify(deploymentRecord.encode(made), undefined, 2)}\n`)
  return made
}

const sourceHash = (creationCode: readonly Hex[]): string => sha256(creationCode.join(''))
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const topUp = async (rpcUrl: string, accounts: readonly Hex[], signal: AbortSignal): Promise<void> => {
  const asked = accounts.map((account) => ({ method: 'eth_getBalance', params: [account, 'latest'] }))
  const balances = z.array(z.string().transform(BigInt)).parse(await callChainBatch(rpcUrl, asked, signal))
  for (const [index, account] of accounts.entries()) {
    if ((balances[index] ?? 0n) >= ALLOWANCE_WEI / 2n) continue
    await callChain(rpcUrl, 'anvil_setBalance', [account, `0x${ALLOWANCE_WEI.toString(16)}`], signal)
  }
}

const hashesOnChain = async (
  rpcUrl: string,
  contracts: Places,
  signal: AbortSignal,
): Promise<Record<string, string>> => {
  const asked = Object.values(contracts).map((place) => ({ method: 'eth_getCode', params: [place, 'latest'] }))
  const codes = z.array(z.string()).parse(await callChainBatch(rpcUrl, asked, signal))
  return Object.fromEntries(Object.keys(contracts).map((name, index) => [name, sha256(codes[index] ?? '')]))
}

const verifyCode = async (settings: DeploymentSettings, recorded: Deployment, signal: AbortSignal): Promise<void> => {
  const found = await hashesOnChain(settings.rpcUrl, recorded.contracts, signal)
  const lost = Object.keys(found).filter((name) => found[name] !== recorded.codeHashes[name])
  if (lost.length === 0) return
  throw new Fault(
    'dev.deployment',
    `The chain does not carry the contracts that ${settings.file} names (${lost.join(', ')}): its state was lost or replaced.\nStart afresh with: npm run reset`,
  )
}
