import { testUsdAbi, workTokenAbi } from '@knowton/system/chain'
import { encodeFunctionData, maxUint256 } from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'
import type { Deployed } from './deployed.ts'

/** Lets the exchange take the seller's tokens and a million units of the buyer's money. */
export const allowTrading = async (
  chain: Deployed,
  seller: PrivateKeyAccount,
  buyer: PrivateKeyAccount,
): Promise<void> => {
  const { workToken, exchange } = chain.contracts
  const approval = { functionName: 'setApprovalForAll', args: [exchange, true] } as const
  await chain.send(seller, workToken, encodeFunctionData({ abi: workTokenAbi, ...approval }))
  const funds = { functionName: 'mint', args: [buyer.address, 1_000_000n] } as const
  await chain.send(buyer, chain.testUsd, encodeFunctionData({ abi: testUsdAbi, ...funds }))
  const allowance = { functionName: 'approve', args: [exchange, maxUint256] } as const
  await chain.send(buyer, chain.testUsd, encodeFunctionData({ abi: testUsdAbi, ...allowance }))
}
