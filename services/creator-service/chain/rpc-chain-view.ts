import { isUnanswered, toChainFault } from '@knowton/adapters/chain'
import { Fault, type Hex } from '@knowton/core'
import { royaltySplitterFactoryAbi, workTokenAbi } from '@knowton/system/chain'
import {
  BaseError,
  type CallParameters,
  encodeDeployData,
  encodeFunctionData,
  erc6492SignatureValidatorAbi,
  erc6492SignatureValidatorByteCode,
  type PublicClient,
  parseAbi,
} from 'viem'
import type { ChainView, SignedDigest } from './chain-view.ts'

/** Asks the chain through its RPC. */
export const rpcChainView = (
  client: PublicClient,
  contracts: { readonly workToken: Hex; readonly splitterFactory: Hex },
): ChainView => ({
  predictSplitter: async (shares, salt, signal) => {
    const splitter = await asking(signal, () =>
      client.readContract({
        address: contracts.splitterFactory,
        abi: royaltySplitterFactoryAbi,
        functionName: 'predictSplitter',
        args: [shares.map(({ address }) => address), shares.map(({ sharePpm }) => sharePpm), salt],
      }),
    )
    return `0x${splitter.slice(2).toLowerCase()}`
  },
  voucherFacts: async (creator, nonce, signal) => {
    const token = { address: contracts.workToken, abi: workTokenAbi } as const
    const [counter, isNonceRevoked] = await asking(signal, () =>
      Promise.all([
        client.readContract({ ...token, functionName: 'counterOf', args: [creator] }),
        client.readContract({ ...token, functionName: 'nonceRevoked', args: [creator, nonce] }),
      ]),
    )
    return { counter, isNonceRevoked }
  },
  approves: async ({ account, digest, signature }, signal) => {
    const data = encodeFunctionData({ abi: erc1271Abi, functionName: 'isValidSignature', args: [digest, signature] })
    const answer = await answerOf(client, { to: account, data }, signal)
    return answer !== undefined && answer.toLowerCase() === ERC1271_APPROVED
  },
  approvesOnceDeployed: async (signed, signal) => {
    const answer = await answerOf(client, { data: validatorOf(signed) }, signal)
    return answer !== undefined && BigInt(answer) === 1n
  },
})

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
    if (isUnanswered(error)) throw unreachable(error)
    return undefined
  }
}

/** viem's error holds the whole request, kilobytes of code and a signature: only what lies under it is kept. */
const unreachable = (error: unknown): Fault => {
  const cause = error instanceof BaseError ? error.walk() : error
  return new Fault('chain.unreachable', 'The chain does not answer.', { retry: 'later', cause })
}

const asking = async <T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> => {
  signal.throwIfAborted()
  try {
    return await ask()
  } catch (error) {
    throw toChainFault(error)
  }
}
