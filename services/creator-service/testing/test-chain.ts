import { createChainClient } from '@knowton/adapters/chain'
import { type Anvil, fund, startAnvil, TEST_CHAIN_ID } from '@knowton/adapters/chain/testing'
import type { Hex } from '@knowton/core'
import {
  royaltySplitterFactoryAbi,
  royaltySplitterFactoryBytecode,
  workTokenAbi,
  workTokenBytecode,
} from '@knowton/system/chain'
import { type Abi, createWalletClient, http, type PublicClient } from 'viem'
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { anvil as anvilChain } from 'viem/chains'
import { compileWalletFactory, walletFactoryAbi } from './wallets.ts'

/** A real chain with the contracts that works need, and a factory of contract wallets. */
export type TestChain = {
  readonly anvil: Anvil
  readonly client: PublicClient
  readonly contracts: { readonly workToken: Hex; readonly splitterFactory: Hex; readonly walletFactory: Hex }
  /** Sends a transaction that pays for itself; throws when it reverts. */
  readonly write: (call: { address: Hex; abi: Abi; functionName: string; args: readonly unknown[] }) => Promise<Hex>
}

/** Starts a chain and deploys to it. */
export const openTestChain = async (): Promise<TestChain> => {
  const anvil = await startAnvil()
  try {
    return await deployTo(anvil)
  } catch (error) {
    await anvil.stop()
    throw error
  }
}

const POLLING_MS = 10

const deployTo = async (anvil: Anvil): Promise<TestChain> => {
  const client = createChainClient({ rpcUrl: anvil.rpcUrl, chainId: TEST_CHAIN_ID })
  const wallet = createWalletClient({ chain: anvilChain, transport: http(anvil.rpcUrl, { retryCount: 0 }) })
  const payer = await newPayer(anvil)
  const landed = async (hash: Hex) => client.waitForTransactionReceipt({ hash, pollingInterval: POLLING_MS })
  const deploy = async (abi: Abi, bytecode: Hex): Promise<Hex> => {
    const { contractAddress } = await landed(await wallet.deployContract({ account: payer, abi, bytecode }))
    return `0x${contractAddress?.slice(2).toLowerCase()}`
  }
  const contracts = {
    workToken: await deploy(workTokenAbi, workTokenBytecode),
    splitterFactory: await deploy(royaltySplitterFactoryAbi, royaltySplitterFactoryBytecode),
    walletFactory: await deploy(walletFactoryAbi, compileWalletFactory()),
  }
  return {
    anvil,
    client,
    contracts,
    write: async (call) => {
      const { request } = await client.simulateContract({ ...call, account: payer })
      return (await landed(await wallet.writeContract(request))).transactionHash
    },
  }
}

const newPayer = async (anvil: Anvil): Promise<PrivateKeyAccount> => {
  const payer = privateKeyToAccount(generatePrivateKey())
  await fund(anvil, payer.address)
  return payer
}
