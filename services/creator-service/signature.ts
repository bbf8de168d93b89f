import type { Hex } from '@knowton/core'
import { isErc6492Signature, parseErc6492Signature, recoverAddress, size, slice } from 'viem'
import type { ChainView, SignedDigest } from './chain-view.ts'

/** Whether `account` signed: by its key, by its contract (ERC-1271), or by a contract still to be deployed (ERC-6492). */
export const isSignedBy = async (signed: SignedDigest, chain: ChainView, signal: AbortSignal): Promise<boolean> =>
  (await recoverKey(signed)) === signed.account || (await chain.approvesOnceDeployed(signed, signal))

/**
 * The signature as our contracts accept it now: by the key, or by the deployed contract, without the ERC-6492 wrapping.
 * Undefined when they would not.
 */
export const findOnchainSignature = async (
  signed: SignedDigest,
  chain: ChainView,
  signal: AbortSignal,
): Promise<Hex | undefined> => {
  if (isStrict(signed.signature) && (await recoverKey(signed)) === signed.account) return signed.signature
  const signature = unwrap(signed.signature)
  return (await chain.approves({ ...signed, signature }, signal)) ? signature : undefined
}

/** Half the order of secp256k1: a signature with a greater `s` has a twin and is refused on chain (EIP-2). */
const MAX_S = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n

/** The rules of the contracts: 65 bytes, low s, v 27 or 28. */
const isStrict = (signature: Hex): boolean =>
  size(signature) === 65 && BigInt(slice(signature, 32, 64)) <= MAX_S && ['0x1b', '0x1c'].includes(slice(signature, 64))

const recoverKey = async ({ digest, signature }: SignedDigest): Promise<Hex | undefined> => {
  if (size(signature) !== 65) return undefined
  try {
    return `0x${(await recoverAddress({ hash: digest, signature })).slice(2).toLowerCase()}`
  } catch {
    return undefined
  }
}

const unwrap = (signature: Hex): Hex => {
  if (!isErc6492Signature(signature)) return signature
  try {
    return parseErc6492Signature(signature).signature
  } catch {
    return signature
  }
}
