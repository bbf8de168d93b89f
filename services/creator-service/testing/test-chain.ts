import { createChainClient } from '@knowton/adapters/chain'
import { type Anvil, fund, startAnvil, TEST_CHAIN_ID } from '@knowton/adapters/chain/testing'
import { type Hex, lowerCase } from '@knowton/core'
import {
  royaltySplitterFactoryAbi,
  royaltySplitterFactoryBytecode,
  workTokenAbi,
  workTokenBytecode,
} from '@knowton/system/chain'
import { type Abi, createWalletClient, http, type PublicClient } from 'viem'
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { anvil as anvilChain } from 'viem/chains'

/** A real chain with the contracts that works need. */
export type TestChain = {
  readonly rpcUrl: string
  readonly client: PublicClient
  readonly contracts: { readonly workToken: Hex; readonly splitterFactory: Hex }
  /** Deploys a contract; answers with its address. */
  readonly deploy: (abi: Abi, bytecode: Hex) => Promise<Hex>
  /** Sends a transaction that pays for itself; throws when it reverts. */
  readonly write: (call: { address: Hex; abi: Abi; functionName: string; args: readonly unknown[] }) => Promise<Hex>
  readonly stop: () => Promise<void>
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
    if (contractAddress === null || contractAddress === undefined) throw new Error('nothing was deployed')
    return lowerCase(contractAddress)
  }
  const contracts = {
    workToken: await deploy(workTokenAbi, workTokenBytecode),
    splitterFactory: await deploy(royaltySplitterFactoryAbi, royaltySplitterFactoryBytecode),
  }
  return {
    rpcUrl: anvil.rpcUrl,
    client,
    contracts,
    deploy,
    stop: anvil.stop,
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
