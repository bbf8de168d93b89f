import { createChainClient } from '@knowton/adapters/chain'
import { type Anvil, fund, startAnvil, TEST_CHAIN_ID } from '@knowton/adapters/chain/testing'
import type { Hex } from '@knowton/core'
import {
  exchangeAbi,
  exchangeBytecode,
  royaltySplitterFactoryAbi,
  royaltySplitterFactoryBytecode,
  testUsdAbi,
  testUsdBytecode,
  workTokenAbi,
  workTokenBytecode,
} from '@knowton/system/chain'
import { type Abi, createWalletClient, http, type PublicClient, zeroAddress } from 'viem'
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { anvil as anvilChain } from 'viem/chains'
import type { Contracts } from '../ports.ts'

/** A test chain with the platform's contracts on it. */
export type Deployed = {
  readonly anvil: Anvil
  readonly client: PublicClient
  readonly contracts: Contracts
  readonly testUsd: Hex
  readonly relayerKey: Hex
  /** A new account with money for gas. */
  readonly account: () => Promise<PrivateKeyAccount>
  /** Sends a transaction and waits for its block. */
  readonly send: (from: PrivateKeyAccount, to: Hex, data: Hex) => Promise<void>
}

/** Starts a chain and deploys WorkToken, factory, TestUSD and Exchange, with the relayer as its operator. */
export const deploy = async (slotsInEpoch: number): Promise<Deployed> => {
  const anvil = await startAnvil(slotsInEpoch)
  try {
    return await deployOn(anvil)
  } catch (error) {
    await anvil.stop()
    throw error
  }
}

const deployOn = async (anvil: Anvil): Promise<Deployed> => {
  const client = createChainClient({ rpcUrl: anvil.rpcUrl, chainId: TEST_CHAIN_ID })
  const transport = http(anvil.rpcUrl, { retryCount: 0 })
  const wallet = createWalletClient({ chain: anvilChain, transport, pollingInterval: 10 })
  const account = async (key: Hex = generatePrivateKey()) => {
    const made = privateKeyToAccount(key)
    await fund(anvil, made.address)
    return made
  }
  const deployer = await account()
  const relayerKey = generatePrivateKey()
  const relayer = await account(relayerKey)
  const deployContract = async (abi: Abi, bytecode: Hex, args: readonly unknown[] = []): Promise<Hex> => {
    const hash = await wallet.deployContract({ account: deployer, abi, bytecode, args })
    const { contractAddress } = await client.waitForTransactionReceipt({ hash, pollingInterval: 10 })
    if (!contractAddress) throw new Error('nothing was deployed')
    return contractAddress.toLowerCase() as Hex
  }
  const testUsd = await deployContract(testUsdAbi, testUsdBytecode)
  const workToken = await deployContract(workTokenAbi, workTokenBytecode)
  const splitterFactory = await deployContract(royaltySplitterFactoryAbi, royaltySplitterFactoryBytecode)
  const terms = [workToken, deployer.address, 100, relayer.address, [zeroAddress, testUsd]]
  const exchange = await deployContract(exchangeAbi, exchangeBytecode, terms)
  const currencies = [
    { address: zeroAddress, symbol: 'ETH', decimals: 18 },
    { address: testUsd, symbol: 'tUSD', decimals: 6 },
  ]
  return {
    anvil,
    client,
    contracts: { chainId: TEST_CHAIN_ID, workToken, exchange, splitterFactory, deploymentBlock: 1, currencies },
    testUsd,
    relayerKey,
    account: () => account(),
    send: async (from, to, data) => {
      const hash = await wallet.sendTransaction({ account: from, to, data })
      await client.waitForTransactionReceipt({ hash, pollingInterval: 10 })
    },
  }
}
