import { type Hex, lowerCase } from '@knowton/core'
import { keccak256 } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

/** A transaction with everything that is signed but the chain. */
export type UnsignedTransaction = {
  readonly nonce: number
  readonly to: Hex
  readonly data: Hex
  readonly gas: bigint
  readonly maxFeePerGasWei: bigint
  readonly maxPriorityFeePerGasWei: bigint
}

/** The bytes as they are sent, and the hash under which the chain knows them. */
export type SignedTransaction = { readonly raw: Hex; readonly hash: Hex }

/** Signs for one account on one chain; the key cannot be had from it. */
export type Signer = {
  readonly address: Hex
  readonly sign: (transaction: UnsignedTransaction) => Promise<SignedTransaction>
}

/** Makes a signer of EIP-1559 transactions from a private key (0x and 64 hex digits). */
export const createSigner = (privateKey: string, chainId: number): Signer => {
  const account = privateKeyToAccount(privateKey as Hex)
  return {
    address: lowerCase(account.address),
    sign: async ({ maxFeePerGasWei, maxPriorityFeePerGasWei, ...transaction }) => {
      const raw = await account.signTransaction({
        ...transaction,
        type: 'eip1559',
        chainId,
        maxFeePerGas: maxFeePerGasWei,
        maxPriorityFeePerGas: maxPriorityFeePerGasWei,
      })
      return { raw, hash: keccak256(raw) }
    },
  }
}
