import { type Hex, lowerCase } from '@knowton/core'
import {
  type CallParameters,
  encodeDeployData,
  encodeFunctionData,
  erc6492SignatureValidatorAbi,
  erc6492SignatureValidatorByteCode,
  isErc6492Signature,
  type PublicClient,
  parseAbi,
  parseErc6492Signature,
  recoverAddress,
  size,
  slice,
} from 'viem'
import { isUnanswered, toChainFault } from './chain-fault.ts'
import { revertData } from './revert-reason.ts'

/** A statement that an account is said to have signed; `digest` is what was signed. Addresses in lower case. */
export type SignedDigest = { readonly account: Hex; readonly digest: Hex; readonly signature: Hex }

/** Asks whether a contract stands by a signature. Throws the fault `chain.unreachable` when there is no answer. */
export type AskContract = (signed: SignedDigest, signal: AbortSignal) => Promise<boolean>

/** What contract accounts say of signatures; an account without code says no, as does a contract that reverts. */
export type ContractSignatures = {
  /** True when the contract at `account` approves the signature now (ERC-1271). */
  readonly approves: AskContract
  /** Like `approves`, also for a contract that is not deployed yet and whose signature says how it would be (ERC-6492). */
  readonly approvesOnceDeployed: AskContract
}

/** Asks through `client`. */
export const createContractSignatures = (client: PublicClient): ContractSignatures => ({
  approves: async ({ account, digest, signature }, signal) => {
    const data = encodeFunctionData({ abi: erc1271Abi, functionName: 'isValidSignature', args: [digest, signature] })
    const answer = await answerOf(client, { to: account, data }, signal)
    return answer?.toLowerCase() === ERC1271_APPROVED
  },
  approvesOnceDeployed: async (signed, signal) => {
    const answer = await answerOf(client, { data: validatorOf(signed) }, signal)
    return answer !== undefined && BigInt(answer) === 1n
  },
})

/** Whether `account` signed: by its key, by its contract, or by a contract still to be deployed. */
export const isSignedBy = async (
  signed: SignedDigest,
  chain: Pick<ContractSignatures, 'approvesOnceDeployed'>,
  signal: AbortSignal,
): Promise<boolean> =>
  (await recoverKey(signed)) === signed.account || (await chain.approvesOnceDeployed(signed, signal))

/** How our contracts would find that `account` signed: by its key, which is tried first, or by the contract there. */
export const findSigner = async (
  signed: SignedDigest,
  chain: Pick<ContractSignatures, 'approves'>,
  signal: AbortSignal,
): Promise<'key' | 'contract' | undefined> => {
  if (isStrict(signed.signature) && (await recoverKey(signed)) === signed.account) return 'key'
  return (await chain.approves(signed, signal)) ? 'contract' : undefined
}

/** The signature as our contracts accept it now, without its ERC-6492 wrapping; undefined when they would not. */
export const findOnchainSignature = async (
  signed: SignedDigest,
  chain: Pick<ContractSignatures, 'approves'>,
  signal: AbortSignal,
): Promise<Hex | undefined> => {
  const signature = unwrap(signed.signature)
  return (await findSigner({ ...signed, signature }, chain, signal)) === undefined ? undefined : signature
}

/** Half the order of secp256k1: a signature with a greater `s` has a twin and is refused on chain (EIP-2). */
const MAX_S = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n

/** The rules of the contracts for signatures of keys: 65 bytes, low s, v 27 or 28. */
const isStrict = (signature: Hex): boolean =>
  size(signature) === 65 && BigInt(slice(signature, 32, 64)) <= MAX_S && ['0x1b', '0x1c'].includes(slice(signature, 64))

const recoverKey = async ({ digest, signature }: SignedDigest): Promise<Hex | undefined> => {
  if (size(signature) !== 65) return undefined
  try {
    return lowerCase(await recoverAddress({ hash: digest, signature }))
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

const erc1271Abi = parseAbi(['function isValidSignature(bytes32 digest, bytes signature) view returns (bytes4)'])
/** The selector of `isValidSignature` as a whole word. */
const ERC1271_APPROVED = `0x1626ba7e${'0'.repeat(56)}`

/** Code that deploys the account if it must and asks it, in a call that leaves nothing behind. */
const validatorOf = ({ account, digest, signature }: SignedDigest): Hex =>
  encodeDeployData({
    abi: erc6492SignatureValidatorAbi,
    bytecode: erc6492SignatureValidatorByteCode,
    args: [account, digest, signature],
  })

/** What a call answers; undefined when it reverts or there is nothing that could answer. */
const answerOf = async (client: PublicClient, call: CallParameters, signal: AbortSignal): Promise<Hex | undefined> => {
  signal.throwIfAborted()
  try {
    return (await client.call(call)).data
  } catch (error) {
    // viem's own verification takes a node that does not answer for a wrong signature.
    if (revertData(error) === undefined && isUnanswered(error)) throw toChainFault(error)
    return undefined
  }
}
