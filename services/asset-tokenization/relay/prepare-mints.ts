import { decodeRevert } from '@knowton/adapters/chain'
import { type Hex, lowerCase } from '@knowton/core'
import { royaltySplitterFactoryAbi } from '@knowton/system/chain'
import { decodeFunctionResult } from 'viem'
import { createSplitterCall, knownErrors, mintCall, predictSplitterCall } from './calls.ts'
import type { RelayDeps } from './relay-deps.ts'
import type { Failure, MintRequest, Queued } from './request-store.ts'
import type { Draft } from './transaction-store.ts'

/** What came of looking at requests: transactions to sign, in order, and requests that cannot take effect. */
export type Prepared = {
  readonly drafts: readonly Draft[]
  readonly hopeless: readonly { readonly id: bigint; readonly failure: Failure }[]
}

/** The most gas a sponsored mint may use; a recipient's code must not make the platform pay for more. */
const MAX_MINT_GAS = 1_000_000n

/** Room for what changes between the estimate and the block, in per cent. */
const GAS_MARGIN = 125n

/**
 * Tries each mint without sending it. A splitter that the voucher names and that is not there yet is deployed by a
 * transaction right before the mint.
 */
export const prepareMint = async (
  deps: RelayDeps,
  { id, payload }: Queued<MintRequest>,
  underWay: ReadonlySet<Hex>,
  signal: AbortSignal,
): Promise<Prepared> => {
  const from = deps.signer.address
  const mint = mintCall(from, deps.contracts, payload)
  const [tried, gas, splitter] = await Promise.all([
    deps.node.call({ ...mint, gas: MAX_MINT_GAS }, signal),
    deps.node.estimateGas(mint, signal),
    prepareSplitter(deps, payload, underWay, signal),
  ])
  if (!tried.ok) return hopeless(id, decodeRevert(tried.refusal.data, knownErrors))
  if (!gas.ok) return hopeless(id, decodeRevert(gas.refusal.data, knownErrors))
  if (withMargin(gas.value) > MAX_MINT_GAS) {
    const says = `The mint needs ${gas.value} gas; the platform pays for ${MAX_MINT_GAS} with a margin.`
    return hopeless(id, { code: 'relay.gas', says })
  }
  const draft: Draft = {
    purpose: 'mint',
    subject: null,
    to: mint.to,
    data: mint.data,
    gas: withMargin(gas.value),
    requests: [id],
  }
  return { drafts: [...splitter, draft], hopeless: [] }
}

const hopeless = (id: bigint, failure: Failure): Prepared => ({ drafts: [], hopeless: [{ id, failure }] })

/** Estimated gas with room for what changes until the transaction is in a block. */
export const withMargin = (gas: bigint): bigint => (gas * GAS_MARGIN) / 100n

const prepareSplitter = async (
  deps: RelayDeps,
  { voucher, split }: MintRequest,
  underWay: ReadonlySet<Hex>,
  signal: AbortSignal,
): Promise<readonly Draft[]> => {
  const from = deps.signer.address
  const answer = await deps.node.call(predictSplitterCall(from, deps.contracts, split), signal)
  if (!answer.ok) return []
  const decoding = { abi: royaltySplitterFactoryAbi, functionName: 'predictSplitter', data: answer.value } as const
  const splitter = lowerCase(decodeFunctionResult(decoding))
  if (splitter !== voucher.royaltyReceiver || underWay.has(splitter)) return []
  if (await deps.node.hasCode(splitter, signal)) return []
  const create = createSplitterCall(from, deps.contracts, split)
  const gas = await deps.node.estimateGas(create, signal)
  if (!gas.ok) return []
  const { to, data } = create
  return [{ purpose: 'splitter', subject: splitter, to, data, gas: withMargin(gas.value), requests: [] }]
}
