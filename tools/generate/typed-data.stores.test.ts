import {
  exchangeAbi,
  exchangeBytecode,
  exchangeDomain,
  mintVoucherTypes,
  orderTypes,
  testUsdAbi,
  testUsdBytecode,
  workTokenAbi,
  workTokenBytecode,
  workTokenDomain,
} from '@knowton/system/chain'
import fc from 'fast-check'
import {
  type Address,
  bytesToHex,
  createTestClient,
  createWalletClient,
  type DeployContractParameters,
  getAddress,
  type Hash,
  hashTypedData,
  http,
  keccak256,
  maxUint256,
  parseEther,
  parseEventLogs,
  publicActions,
  toHex,
  zeroAddress,
  zeroHash,
} from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { anvil } from 'viem/chains'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startAnvil, type TestChain } from '../testing/start-anvil.ts'

const bits = (count: number) => fc.integer({ min: 0, max: 2 ** count - 1 })
const wide = (count: bigint) => fc.bigInt({ min: 0n, max: 2n ** count - 1n })
const bytes = (count: number) => fc.uint8Array({ minLength: count, maxLength: count }).map((value) => bytesToHex(value))

const anyOrder = fc.record({
  side: bits(8),
  maker: bytes(20),
  taker: bytes(20),
  collection: bytes(20),
  criteriaKind: bits(8),
  criteria: bytes(32),
  currency: bytes(20),
  pricePerUnit: wide(256n),
  maxFills: bits(32),
  maxRoyaltyBps: bits(16),
  maxFeeBps: bits(16),
  tokenEpoch: wide(96n),
  start: bits(48),
  end: bits(48),
  nonce: wide(256n),
  counter: wide(256n),
  salt: wide(256n),
  validation: bytes(32),
})

const anyVoucher = fc.record({
  creator: bytes(20),
  to: bytes(20),
  contentHash: bytes(32),
  uriHash: bytes(32),
  royaltyBps: bits(16),
  royaltyReceiver: bytes(20),
  price: wide(256n),
  currency: bytes(20),
  validAfter: bits(48),
  validUntil: bits(48),
  nonce: wide(256n),
  counter: wide(256n),
})

type Order = typeof anyOrder extends fc.Arbitrary<infer Value> ? Value : never
type Voucher = typeof anyVoucher extends fc.Arbitrary<infer Value> ? Value : never

const keyOf = (name: string) => privateKeyToAccount(keccak256(toHex(name)))
const [deployer, creator, buyer] = [keyOf('deployer'), keyOf('creator'), keyOf('buyer')]
const royalties = keyOf('royalties').address

const connect = (url: string) => ({
  wallet: createWalletClient({ chain: anvil, transport: http(url) }),
  chain: createTestClient({ mode: 'anvil', chain: anvil, transport: http(url) }).extend(publicActions),
})

const started: { anvil?: TestChain } = {}
const at = { exchange: zeroAddress as Address, token: zeroAddress as Address, usd: zeroAddress as Address }
let { wallet, chain } = connect('http://127.0.0.1')

beforeAll(async () => {
  started.anvil = await startAnvil()
  ;({ wallet, chain } = connect(started.anvil.url))
  for (const { address } of [deployer, creator, buyer]) await chain.setBalance({ address, value: parseEther('10') })
  at.usd = await deploy({ abi: testUsdAbi, bytecode: testUsdBytecode })
  at.token = await deploy({ abi: workTokenAbi, bytecode: workTokenBytecode })
  at.exchange = await deploy({
    abi: exchangeAbi,
    bytecode: exchangeBytecode,
    args: [at.token, deployer.address, 100, deployer.address, [zeroAddress, at.usd]],
  })
})

afterAll(() => started.anvil?.stop())

const deploy = async (contract: Pick<DeployContractParameters, 'abi' | 'bytecode' | 'args'>): Promise<Address> => {
  const receipt = await mined(await wallet.deployContract({ ...contract, account: deployer, chain: anvil }))
  if (!receipt.contractAddress) throw new Error('no contract was deployed')
  return getAddress(receipt.contractAddress)
}

const mined = async (hash: Hash) => {
  const receipt = await chain.waitForTransactionReceipt({ hash, pollingInterval: 10 })
  expect(receipt.status).toBe('success')
  return receipt
}

const orderDigest = (message: Order) =>
  hashTypedData({ domain: exchangeDomain(anvil.id, at.exchange), types: orderTypes, primaryType: 'Order', message })

const voucherDigest = (message: Voucher) =>
  hashTypedData({
    domain: workTokenDomain(anvil.id, at.token),
    types: mintVoucherTypes,
    primaryType: 'MintVoucher',
    message,
  })

const voucherOf = (content: string, to: Address): Voucher => ({
  creator: creator.address,
  to,
  contentHash: keccak256(toHex(content)),
  uriHash: keccak256(toHex(`${content} metadata`)),
  royaltyBps: 500,
  royaltyReceiver: royalties,
  price: 0n,
  currency: zeroAddress,
  validAfter: 0,
  validUntil: 2 ** 48 - 1,
  nonce: 0n,
  counter: 0n,
})

const mint = async (voucher: Voucher): Promise<bigint> => {
  const domain = workTokenDomain(anvil.id, at.token)
  const signature = await creator.signTypedData({
    domain,
    types: mintVoucherTypes,
    primaryType: 'MintVoucher',
    message: voucher,
  })
  const call = { address: at.token, abi: workTokenAbi, account: deployer, chain: anvil } as const
  const { logs } = await mined(
    await wallet.writeContract({ ...call, functionName: 'mint', args: [voucher, signature] }),
  )
  const [minted] = parseEventLogs({ abi: workTokenAbi, eventName: 'Minted', logs })
  return minted?.args.tokenId ?? 0n
}

const orderOf = (order: Partial<Order>): Order => ({
  side: 0,
  maker: creator.address,
  taker: zeroAddress,
  collection: at.token,
  criteriaKind: 0,
  criteria: zeroHash,
  currency: at.usd,
  pricePerUnit: 1_000_003n,
  maxFills: 1,
  maxRoyaltyBps: 1_000,
  maxFeeBps: 100,
  tokenEpoch: 0n,
  start: 0,
  end: 2 ** 48 - 1,
  nonce: 1n,
  counter: 0n,
  salt: 7n,
  validation: zeroHash,
  ...order,
})

const signOrder = (account: typeof creator, message: Order) => {
  const domain = exchangeDomain(anvil.id, at.exchange)
  return account.signTypedData({ domain, types: orderTypes, primaryType: 'Order', message })
}

test('the exchange and a wallet hash every order alike', async () => {
  const hash = (order: Order) =>
    chain.readContract({ address: at.exchange, abi: exchangeAbi, functionName: 'hashOrder', args: [order] })
  await fc.assert(
    fc.asyncProperty(anyOrder, async (order) => {
      expect(await hash(order)).toBe(orderDigest(order))
    }),
  )
})

test('the work token and a wallet hash every voucher alike', async () => {
  const hash = (voucher: Voucher) =>
    chain.readContract({ address: at.token, abi: workTokenAbi, functionName: 'hashVoucher', args: [voucher] })
  await fc.assert(
    fc.asyncProperty(anyVoucher, async (voucher) => {
      expect(await hash(voucher)).toBe(voucherDigest(voucher))
    }),
  )
})

test('the contracts tell the domains that wallets sign under', async () => {
  const domainOf = async (address: Address) => {
    const { domain } = await chain.getEip712Domain({ address })
    return {
      name: domain.name,
      version: domain.version,
      chainId: domain.chainId,
      verifyingContract: domain.verifyingContract,
    }
  }
  expect(await domainOf(at.token)).toEqual(workTokenDomain(anvil.id, at.token))
  expect(await domainOf(at.exchange)).toEqual(exchangeDomain(anvil.id, at.exchange))
})

test('a voucher signed by a wallet mints the work it names', async () => {
  const voucher = voucherOf('first', buyer.address)
  const tokenId = await mint(voucher)
  expect(tokenId).toBe((BigInt(creator.address) << 96n) | (BigInt(voucher.contentHash) & (2n ** 96n - 1n)))
  const uri = await chain.readContract({
    address: at.token,
    abi: workTokenAbi,
    functionName: 'tokenURI',
    args: [tokenId],
  })
  expect(uri).toBe(`ipfs://f01551220${voucher.uriHash.slice(2)}`)
})

test('a key that is delegated to code without ERC-1271 still mints and receives', async () => {
  const authorization = await wallet.signAuthorization({ account: creator, contractAddress: at.usd })
  await mined(
    await wallet.sendTransaction({
      account: deployer,
      chain: anvil,
      to: deployer.address,
      authorizationList: [authorization],
    }),
  )
  expect(await chain.getCode({ address: creator.address })).toBe(`0xef0100${at.usd.slice(2).toLowerCase()}`)
  const tokenId = await mint(voucherOf('delegated', creator.address))
  const owner = await chain.readContract({
    address: at.token,
    abi: workTokenAbi,
    functionName: 'ownerOf',
    args: [tokenId],
  })
  expect(owner).toBe(creator.address)
})

test('orders signed by two wallets settle under the hashes they signed', async () => {
  const tokenId = await mint(voucherOf('sold', creator.address))
  const token = { address: at.token, abi: workTokenAbi, chain: anvil } as const
  const usd = { address: at.usd, abi: testUsdAbi, account: buyer, chain: anvil } as const
  await mined(
    await wallet.writeContract({
      ...token,
      account: creator,
      functionName: 'setApprovalForAll',
      args: [at.exchange, true],
    }),
  )
  await mined(await wallet.writeContract({ ...usd, functionName: 'mint', args: [buyer.address, 1_000_003n] }))
  await mined(await wallet.writeContract({ ...usd, functionName: 'approve', args: [at.exchange, maxUint256] }))
  const ask = orderOf({ criteriaKind: 1, criteria: toHex(tokenId, { size: 32 }), tokenEpoch: 1n })
  const bid = orderOf({ side: 1, maker: buyer.address })
  const match = {
    ask,
    askSignature: await signOrder(creator, ask),
    bid,
    bidSignature: await signOrder(buyer, bid),
    tokenId,
    price: 1_000_003n,
    askProof: [],
    bidProof: [],
  }
  const call = { address: at.exchange, abi: exchangeAbi, account: deployer, chain: anvil } as const
  const { logs } = await mined(await wallet.writeContract({ ...call, functionName: 'matchOrders', args: [[match]] }))
  const [trade] = parseEventLogs({ abi: exchangeAbi, eventName: 'Trade', logs })
  expect(trade?.args).toMatchObject({
    askHash: orderDigest(ask),
    bidHash: orderDigest(bid),
    seller: creator.address,
    buyer: buyer.address,
    price: 1_000_003n,
    fee: 10_000n,
    royalty: 50_000n,
    royaltyReceiver: royalties,
  })
})
