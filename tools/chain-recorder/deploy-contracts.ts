import { address, Fault, type Hex } from '@knowton/core'
import {
  exchangeAbi,
  exchangeBytecode,
  royaltySplitterFactoryBytecode,
  testUsdBytecode,
  workTokenBytecode,
} from '@knowton/system/chain'
import { createPublicClient, createWalletClient, defineChain, encodeDeployData, http, zeroAddress } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { LOCAL_CHAIN_ID } from './anvil.ts'
import type { Deployment, DeploymentSettings } from './deployment-record.ts'

/** The accounts that the keys of an installation stand for. */
export const accountsOf = (keys: Pick<DeploymentSettings, 'deployerKey' | 'relayerKey'>): Deployment['accounts'] => ({
  deployer: address.decode(privateKeyToAccount(keys.deployerKey).address),
  relayer: address.decode(privateKeyToAccount(keys.relayerKey).address),
})

/** Deploys the platform's contracts and the chain's test money; the relayer may match orders, the deployer takes the fee. */
export const deployContracts = async (
  settings: DeploymentSettings,
  accounts: Deployment['accounts'],
  signal: AbortSignal,
): Promise<Pick<Deployment, 'contracts' | 'deploymentBlock'>> => {
  const create = creator(settings, signal)
  const testUsd = await create(testUsdBytecode)
  const workToken = await create(workTokenBytecode)
  const splitterFactory = await create(royaltySplitterFactoryBytecode)
  const exchange = await create(
    encodeDeployData({
      abi: exchangeAbi,
      bytecode: exchangeBytecode,
      args: [workToken.place, accounts.deployer, settings.feeBps, accounts.relayer, [zeroAddress, testUsd.place]],
    }),
  )
  return {
    contracts: {
      workToken: workToken.place,
      exchange: exchange.place,
      splitterFactory: splitterFactory.place,
      testUsd: testUsd.place,
    },
    deploymentBlock: testUsd.block,
  }
}

const creator = ({ rpcUrl, deployerKey }: DeploymentSettings, signal: AbortSignal) => {
  const chain = defineChain({
    id: LOCAL_CHAIN_ID,
    name: 'KnowTon local',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  })
  const transport = http(rpcUrl, { retryCount: 0 })
  const wallet = createWalletClient({ chain, transport, account: privateKeyToAccount(deployerKey) })
  const reader = createPublicClient({ chain, transport, pollingInterval: 20 })
  return async (data: Hex): Promise<{ readonly place: Hex; readonly block: number }> => {
    signal.throwIfAborted()
    const hash = await wallet.sendTransaction({ data })
    const { contractAddress, status, blockNumber } = await reader.waitForTransactionReceipt({ hash })
    if (status !== 'success' || !contractAddress)
      throw new Fault('dev.deployment', `The chain refused a contract (transaction ${hash}).`)
    return { place: address.decode(contractAddress), block: Number(blockNumber) }
  }
}
