import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hex } from '@knowton/core'
import type { RunRecord } from '@knowton/derive'
import {
  exchangeAbi,
  exchangeDomain,
  mintVoucherTypes,
  orderTypes,
  royaltySplitterAbi,
  royaltySplitterFactoryAbi,
  workTokenAbi,
  workTokenDomain,
} from '@knowton/system/chain'
import {
  createTestClient,
  defineChain,
  http,
  type PrivateKeyAccount,
  publicActions,
  sha256,
  toHex,
  walletActions,
  zeroAddress,
  zeroHash,
} from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { LOCAL_CHAIN_ID, rpcUrlOf, startAnvil } from '../../chain-recorder/anvil.ts'
import { ensureDeployment } from '../../chain-recorder/deployment.ts'
import { endChildren } from '../../supervisor/children.ts'
import { freePort } from '../../supervisor/free-port.ts'
import { createRegistry } from '../../supervisor/launch.ts'

const never = new AbortController().signal
const HOUR = 3_600
const ETHER = 10n ** 18n

/** A real chain with the platform's contracts, on which works were minted, sold, moved and burned and royalties claimed. */
export type BusyChain = { readonly run: RunRecord; readonly close: () => Promise<void> }

/** Starts the chain and lets two people trade on it. */
export const startBusyChain = async (): Promise<BusyChain> => {
  const folder = await mkdtemp(join(tmpdir(), 'knowton-audit-'))
  const registry = createRegistry(join(folder, 'children.json'))
  const exits: Promise<unknown>[] = []
  const close = async () => {
    await endChildren(registry.all(), never)
    await Promise.all(exits)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const port = await freePort()
    const logFile = join(folder, 'chain.log')
    const { exited } = await startAnvil({ folder, logFile, port, allowOrigin: 'http://localhost' }, registry, never)
    exits.push(exited)
    const keys = { deployerKey: generatePrivateKey(), relayerKey: generatePrivateKey() }
    const file = join(folder, 'deployment.json')
    const { deployment } = await ensureDeployment({ rpcUrl: rpcUrlOf(port), file, feeBps: 100, ...keys }, never)
    const run = recordOf(rpcUrlOf(port), { ...deployment.contracts, deploymentBlock: deployment.deploymentBlock })
    await trade(run)
    return { run, close }
  } catch (error) {
    await close()
    throw error
  }
}

const recordOf = (rpcUrl: string, contracts: RunRecord['contracts']): RunRecord => ({
  environment: 'test',
  startedAt: new Date(0).toISOString(),
  gatewayUrl: 'http://127.0.0.1:1',
  rpcUrl,
  chainId: LOCAL_CHAIN_ID,
  contracts,
  services: {},
  databases: {},
  warehousePath: '/nowhere',
  processes: { postgres: 0, chain: 0, gateway: 0 },
})

const connect = ({ rpcUrl, chainId }: RunRecord) => {
  const nativeCurrency = { name: 'Ether', symbol: 'ETH', decimals: 18 }
  const chain = defineChain({ id: chainId, name: 'test', nativeCurrency, rpcUrls: { default: { http: [rpcUrl] } } })
  const client = createTestClient({ chain, mode: 'anvil', transport: http(rpcUrl), pollingInterval: 20 })
  return client.extend(publicActions).extend(walletActions)
}
type Client = ReturnType<typeof connect>
type Market = {
  readonly client: Client
  readonly run: RunRecord
  readonly creator: PrivateKeyAccount
  readonly splitter: Hex
}

const confirmed = async (client: Client, hash: Hex): Promise<void> => {
  const { status } = await client.waitForTransactionReceipt({ hash })
  if (status !== 'success') throw new Error(`transaction ${hash} failed`)
}

const trade = async (run: RunRecord): Promise<void> => {
  const client = connect(run)
  const [creator, partner, collector] = [0, 1, 2].map(() => privateKeyToAccount(generatePrivateKey())) as [
    PrivateKeyAccount,
    PrivateKeyAccount,
    PrivateKeyAccount,
  ]
  for (const { address } of [creator, partner, collector]) await client.setBalance({ address, value: 100n * ETHER })
  const splitter = await createSplitter(client, run, creator, partner)
  const market = { client, run, creator, splitter }
  const [first, second, third] = [await mint(market, 1n), await mint(market, 2n), await mint(market, 3n)]
  await sell(market, collector, first, 1_000_003n)
  await sell(market, collector, second, 777n)
  const splitterCall = { abi: royaltySplitterAbi, address: splitter } as const
  const call = async (account: PrivateKeyAccount, write: (account: PrivateKeyAccount) => Promise<Hex>) =>
    confirmed(client, await write(account))
  await call(partner, (account) =>
    client.writeContract({ ...splitterCall, functionName: 'claim', args: [1n, zeroAddress], account }),
  )
  await call(partner, (account) =>
    client.writeContract({ ...splitterCall, functionName: 'offerPosition', args: [1n, collector.address], account }),
  )
  await call(collector, (account) =>
    client.writeContract({ ...splitterCall, functionName: 'acceptPosition', args: [1n], account }),
  )
  await call(collector, (account) => client.sendTransaction({ to: splitter, value: 501n, account }))
  const token = { abi: workTokenAbi, address: run.contracts.workToken } as const
  await call(creator, (account) =>
    client.writeContract({ ...token, functionName: 'lowerRoyalty', args: [first, 200], account }),
  )
  await call(collector, (account) =>
    client.writeContract({
      ...token,
      functionName: 'transferFrom',
      args: [collector.address, partner.address, second],
      account,
    }),
  )
  await call(creator, (account) => client.writeContract({ ...token, functionName: 'burn', args: [third], account }))
  await call(creator, (account) =>
    client.writeContract({ ...token, functionName: 'withdraw', args: [zeroAddress], account }),
  )
  await client.mine({ blocks: 3 })
}

const createSplitter = async (
  client: Client,
  run: RunRecord,
  creator: PrivateKeyAccount,
  partner: PrivateKeyAccount,
) => {
  const { request, result } = await client.simulateContract({
    abi: royaltySplitterFactoryAbi,
    address: run.contracts.splitterFactory,
    functionName: 'createSplitter',
    args: [[creator.address, partner.address], [666_667, 333_333], zeroHash],
    account: creator,
  })
  await confirmed(client, await client.writeContract(request))
  return result
}

/** The creator signs a voucher at a price of 5 and mints it to itself. */
const mint = async ({ client, run, creator, splitter }: Market, nonce: bigint): Promise<bigint> => {
  const { timestamp } = await client.getBlock()
  const voucher = {
    creator: creator.address,
    to: creator.address,
    contentHash: sha256(toHex(nonce)),
    uriHash: zeroHash,
    royaltyBps: 750,
    royaltyReceiver: splitter,
    price: 5n,
    currency: zeroAddress,
    validAfter: 0,
    validUntil: Number(timestamp) + HOUR,
    nonce,
    counter: await readCounter(client, run.contracts.workToken, creator.address),
  }
  const domain = workTokenDomain(run.chainId, run.contracts.workToken)
  const signature = await creator.signTypedData({
    domain,
    types: mintVoucherTypes,
    primaryType: 'MintVoucher',
    message: voucher,
  })
  const { request, result } = await client.simulateContract({
    abi: workTokenAbi,
    address: run.contracts.workToken,
    functionName: 'mint',
    args: [voucher, signature],
    value: 5n,
    account: creator,
  })
  await confirmed(client, await client.writeContract(request))
  return result
}

const readCounter = (client: Client, address: Hex, account: Hex): Promise<bigint> =>
  client.readContract({ abi: workTokenAbi, address, functionName: 'counterOf', args: [account] })

/** The nonce of the ask on a token. */
export const nonceOf = (tokenId: bigint): bigint => tokenId & 0xff_ffff_ffffn

/** The creator signs an ask in the native currency and the buyer takes it. */
const sell = async ({ client, run, creator }: Market, buyer: PrivateKeyAccount, tokenId: bigint, price: bigint) => {
  const { workToken, exchange } = run.contracts
  const approve = { abi: workTokenAbi, address: workToken, functionName: 'approve', account: creator } as const
  await confirmed(client, await client.writeContract({ ...approve, args: [exchange, tokenId] }))
  const { timestamp } = await client.getBlock()
  const ask = {
    side: 0,
    maker: creator.address,
    taker: zeroAddress,
    collection: workToken,
    criteriaKind: 1,
    criteria: toHex(tokenId, { size: 32 }),
    currency: zeroAddress,
    pricePerUnit: price,
    maxFills: 1,
    maxRoyaltyBps: 1_000,
    maxFeeBps: 250,
    tokenEpoch: 0n,
    start: 0,
    end: Number(timestamp) + HOUR,
    nonce: nonceOf(tokenId),
    counter: await readCounter(client, exchange, creator.address),
    salt: 0n,
    validation: zeroHash,
  }
  const domain = exchangeDomain(run.chainId, exchange)
  const signature = await creator.signTypedData({ domain, types: orderTypes, primaryType: 'Order', message: ask })
  const fill = { abi: exchangeAbi, address: exchange, functionName: 'fillAsk', value: price, account: buyer } as const
  await confirmed(client, await client.writeContract({ ...fill, args: [ask, signature, tokenId, []] }))
}
