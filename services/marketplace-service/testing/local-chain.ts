import { createChainClient } from '@knowton/adapters/chain'
import { fund, startAnvil, TEST_CHAIN_ID } from '@knowton/adapters/chain/testing'
import { type Hex, lowerCase } from '@knowton/core'
import {
  exchangeAbi,
  exchangeBytecode,
  mintVoucherTypes,
  testUsdAbi,
  testUsdBytecode,
  workTokenAbi,
  workTokenBytecode,
  workTokenDomain,
} from '@knowton/system/chain'
import { type Account, createTestClient, createWalletClient, http, type PublicClient, publicActions } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { foundry } from 'viem/chains'

/** A chain of its own with our contracts on it. */
export type LocalChain = Awaited<ReturnType<typeof startLocalChain>>

/** Starts anvil on a free port and deploys the contracts; the deployer is the exchange's operator, the fee is 1 %. */
export const startLocalChain = async () => {
  const anvil = await startAnvil()
  const { rpcUrl } = anvil
  const client = createChainClient({ rpcUrl, chainId: TEST_CHAIN_ID })
  const test = createTestClient({ chain: foundry, mode: 'anvil', transport: http(rpcUrl) }).extend(publicActions)
  const newAccount = async () => {
    const account = privateKeyToAccount(generatePrivateKey())
    await fund(anvil, account.address)
    return account
  }
  const wallet = (account: Account) =>
    createWalletClient({ account, chain: foundry, transport: http(rpcUrl) }).extend(publicActions)
  const mined = async (sent: Promise<Hex>) => {
    const receipt = await client.waitForTransactionReceipt({ hash: await sent, pollingInterval: 20 })
    if (receipt.status !== 'success') throw new Error(`transaction ${receipt.transactionHash} was reverted`)
    return receipt
  }

  const operator = await newAccount()
  const deploy = async (deployment: Parameters<ReturnType<typeof wallet>['deployContract']>[0]): Promise<Hex> => {
    const { contractAddress } = await mined(wallet(operator).deployContract(deployment))
    if (contractAddress === null || contractAddress === undefined) throw new Error('nothing was deployed')
    return lowerCase(contractAddress)
  }
  const testUsd = await deploy({ abi: testUsdAbi, bytecode: testUsdBytecode } as never)
  const workToken = await deploy({ abi: workTokenAbi, bytecode: workTokenBytecode } as never)
  const native: Hex = `0x${'0'.repeat(40)}`
  const exchangeArguments = [workToken, operator.address, 100, operator.address, [native, testUsd]]
  const exchange = await deploy({ abi: exchangeAbi, bytecode: exchangeBytecode, args: exchangeArguments } as never)

  return {
    chainId: TEST_CHAIN_ID,
    rpcUrl,
    client: client as PublicClient,
    test,
    operator,
    newAccount,
    wallet,
    mined,
    contracts: { testUsd, workToken, exchange },
    stop: anvil.stop,
  }
}

type Creator = Awaited<ReturnType<LocalChain['newAccount']>>

/** Mints a work of `creator` to itself, royalty 5 %; answers with its token id. */
export const mintWork = async (chain: LocalChain, creator: Creator, contentHash: Hex): Promise<bigint> => {
  const { workToken } = chain.contracts
  const message = {
    creator: creator.address,
    to: creator.address,
    contentHash,
    uriHash: contentHash,
    royaltyBps: 500,
    royaltyReceiver: creator.address,
    price: 0n,
    currency: `0x${'0'.repeat(40)}`,
    validAfter: 0,
    validUntil: 2 ** 40,
    nonce: BigInt(contentHash),
    counter: 0n,
  } as const
  const signature = await creator.signTypedData({
    domain: workTokenDomain(chain.chainId, workToken),
    types: mintVoucherTypes,
    primaryType: 'MintVoucher',
    message,
  })
  const args = [message, signature] as const
  await chain.mined(
    chain.wallet(creator).writeContract({ address: workToken, abi: workTokenAbi, functionName: 'mint', args }),
  )
  return (BigInt(creator.address) << 96n) | (BigInt(contentHash) & (2n ** 96n - 1n))
}
