import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Hex, wait } from '@knowton/core'
import { testUsdAbi } from '@knowton/system/chain'
import { createPublicClient, createWalletClient, defineChain, http, parseEther } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { endChildren, isRunning } from '../supervisor/children.ts'
import { freePort } from '../supervisor/free-port.ts'
import { createRegistry, type Launched, type Registry } from '../supervisor/launch.ts'
import { LOCAL_CHAIN_ID } from './anvil.ts'
import { ensureDeployment } from './deployment.ts'
import type { DeploymentSettings } from './deployment-record.ts'
import { readJournal } from './journal.ts'
import { saveLastState } from './last-state.ts'
import { callChain, readBlock } from './rpc.ts'
import { type ChainRunner, createChainRunner } from './run-chain.ts'

type Session = {
  readonly runner: ChainRunner
  readonly anvil: Launched
  readonly stop: AbortController
  readonly settings: DeploymentSettings
  readonly found: Awaited<ReturnType<typeof ensureDeployment>>
}

const never = new AbortController().signal
let root: string
let registry: Registry
let said: string[]
let sessions: Session[]
const keys = { deployerKey: generatePrivateKey(), relayerKey: generatePrivateKey() }

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'knowton-chain-'))
  registry = createRegistry(join(root, 'children.json'))
  said = []
  sessions = []
})

afterEach(async () => {
  for (const { stop } of sessions) stop.abort()
  await endChildren(registry.all(), AbortSignal.abort())
  await Promise.all(sessions.map(({ runner }) => runner.settled()))
  await endChildren(registry.all(), AbortSignal.abort())
  await registry.settled()
  rmSync(root, { recursive: true, force: true })
})

const openSession = async (): Promise<Session> => {
  const stop = new AbortController()
  const place = {
    folder: root,
    logFile: join(root, 'chain.log'),
    port: await freePort(),
    allowOrigin: 'http://localhost',
  }
  const prepared = Promise.withResolvers<Pick<Session, 'settings' | 'found'>>()
  const prepare = async (rpcUrl: string) => {
    const settings = { rpcUrl, file: join(root, 'deployment.json'), feeBps: 100, ...keys }
    prepared.resolve({ settings, found: await ensureDeployment(settings, never) })
  }
  const runner = createChainRunner(place, prepare, registry, (sentence) => said.push(sentence), stop.signal)
  const session = { runner, stop, anvil: await runner.start(), ...(await prepared.promise) }
  sessions.push(session)
  return session
}

const closeCleanly = async ({ runner, stop }: Session): Promise<void> => {
  stop.abort()
  await runner.settled()
  await endChildren(registry.all(), never, { beforeStop: saveLastState })
}

const kill = async ({ anvil, runner }: Session): Promise<void> => {
  process.kill(anvil.child.pid, 'SIGKILL')
  await anvil.exited
  expect(isRunning(anvil.child)).toBe(false)
  await runner.settled()
}

const clientsOf = ({ runner: { rpcUrl } }: Session) => {
  const chain = defineChain({
    id: LOCAL_CHAIN_ID,
    name: 'test',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  })
  return { chain, reader: createPublicClient({ chain, transport: http(rpcUrl), pollingInterval: 20 }) }
}

/** Ten transactions, one a block, and what the chain says of the fifth. */
const mintTestUsd = async (session: Session, testUsd: Hex, deployerKey: Hex) => {
  const { chain, reader } = clientsOf(session)
  const account = privateKeyToAccount(deployerKey)
  const wallet = createWalletClient({ chain, account, transport: http(session.runner.rpcUrl) })
  const hashes: Hex[] = []
  for (let index = 0; index < 10; index += 1) {
    const args = [account.address, BigInt(index + 1)] as const
    const hash = await wallet.writeContract({ address: testUsd, abi: testUsdAbi, functionName: 'mint', args })
    await reader.waitForTransactionReceipt({ hash })
    hashes.push(hash)
  }
  return { holder: account.address, fifth: hashes[4] ?? '0x', last: hashes[9] ?? '0x' }
}

const untilFinal = async (session: Session, hash: Hex): Promise<void> => {
  const { reader } = clientsOf(session)
  const { blockNumber } = await reader.getTransactionReceipt({ hash })
  const deadline = AbortSignal.timeout(10_000)
  for (;;) {
    const { number } = await reader.getBlock({ blockTag: 'finalized' })
    if (number >= blockNumber) return
    await wait(20, deadline)
  }
}

const untilJournalled = async (number: number): Promise<void> => {
  const deadline = AbortSignal.timeout(10_000)
  while (!(await readJournal(join(root, 'blocks.jsonl'))).some((one) => one.number >= number)) await wait(10, deadline)
}

const balanceAt = (session: Session, testUsd: Hex, holder: Hex, blockTag: 'latest' | 'finalized') =>
  clientsOf(session).reader.readContract({
    address: testUsd,
    abi: testUsdAbi,
    functionName: 'balanceOf',
    args: [holder],
    blockTag,
  })

test('a chain that is stopped and started goes on with its blocks, receipts, logs and state', async () => {
  const before = await openSession()
  const { settings, found } = before
  expect(found.isNew).toBe(true)
  const { deployment } = found
  const { testUsd } = deployment.contracts
  const { holder, fifth } = await mintTestUsd(before, testUsd, settings.deployerKey)
  const receipt = await clientsOf(before).reader.getTransactionReceipt({ hash: fifth })
  await closeCleanly(before)

  const after = await openSession()
  const { reader } = clientsOf(after)
  expect(await reader.getTransactionReceipt({ hash: fifth })).toEqual(receipt)
  expect(await reader.getLogs({ blockHash: receipt.blockHash })).toEqual(
    receipt.logs.map((log) => expect.objectContaining({ data: log.data })),
  )
  expect(await balanceAt(after, testUsd, holder, 'latest')).toBe(55n)
  expect(await balanceAt(after, testUsd, holder, 'finalized')).toBe(55n)
  expect(after.found).toMatchObject({ isNew: false, isStale: false, deployment: { contracts: deployment.contracts } })
  await closeCleanly(after)
})

test('a chain that is killed comes back with the very same blocks, those after the last snapshot too', async () => {
  const before = await openSession()
  const {
    settings,
    found: { deployment },
  } = before
  const { testUsd } = deployment.contracts
  const { holder, last } = await mintTestUsd(before, testUsd, settings.deployerKey)
  const receipt = await clientsOf(before).reader.getTransactionReceipt({ hash: last })
  await untilJournalled(Number(receipt.blockNumber))
  expect((await readJournal(join(root, 'blocks.jsonl'))).length).toBeGreaterThan(0)
  await kill(before)

  const after = await openSession()
  expect(said).toEqual([])
  expect(await clientsOf(after).reader.getTransactionReceipt({ hash: last })).toEqual(receipt)
  expect(await balanceAt(after, testUsd, holder, 'latest')).toBe(55n)
  await closeCleanly(after)
})

test('a transaction is final within a second, and then the chain stands still', async () => {
  const session = await openSession()
  const {
    settings,
    found: { deployment },
  } = session
  const { last } = await mintTestUsd(session, deployment.contracts.testUsd, settings.deployerKey)
  const minedAt = performance.now()
  await untilFinal(session, last)
  expect(performance.now() - minedAt).toBeLessThan(1_000)
  const { number } = await readBlock(session.runner.rpcUrl, 'latest', never)
  const { blockNumber } = await clientsOf(session).reader.getTransactionReceipt({ hash: last })
  expect(number).toBe(Number(blockNumber) + 2)
  await closeCleanly(session)
})

test('a chain that was replaced is refused: its contracts are not the recorded ones', async () => {
  await closeCleanly(await openSession())
  rmSync(join(root, 'state.json'))
  await expect(openSession()).rejects.toThrow('Start afresh with: npm run reset')
  expect(registry.all().filter(isRunning)).toEqual([])
})

test('state that was written past the transactions makes a replay stop, and the loss is told', async () => {
  const before = await openSession()
  const {
    settings,
    found: { deployment },
  } = before
  await untilFinal(before, (await mintTestUsd(before, deployment.contracts.testUsd, settings.deployerKey)).last)
  const head = await readBlock(before.runner.rpcUrl, 'latest', never)
  const balance = `0x${parseEther('7').toString(16)}`
  await callChain(before.runner.rpcUrl, 'anvil_setBalance', [`0x${'7'.repeat(40)}`, balance], never)
  await mintTestUsd(before, deployment.contracts.testUsd, settings.deployerKey)
  await untilJournalled(head.number + 10)
  await kill(before)
  const journal = await readJournal(join(root, 'blocks.jsonl'))
  const missed = journal.filter((one) => one.number > head.number).length

  const after = await openSession()
  expect(said).toEqual([`The chain lost its last ${missed} blocks when it was killed.`])
  await closeCleanly(after)
})
