import type { Call } from '@knowton/adapters/chain'
import type { Hex } from '@knowton/core'
import { exchangeAbi, royaltySplitterFactoryAbi, workTokenAbi } from '@knowton/system/chain'
import { type Abi, encodeFunctionData } from 'viem'
import type { Contracts } from '../ports.ts'
import type { MintRequest, SettlementRequest } from './request-store.ts'

/** Errors that a call through one of our contracts can end with: its own, and those of the contracts it calls. */
export const knownErrors: Abi = [workTokenAbi, exchangeAbi, royaltySplitterFactoryAbi]
  .flat()
  .filter(({ type }) => type === 'error')

/** Mints the work of a voucher. */
export const mintCall = (from: Hex, { workToken }: Contracts, { voucher, signature }: MintRequest): Call => ({
  from,
  to: workToken,
  data: encodeFunctionData({ abi: workTokenAbi, functionName: 'mint', args: [voucher, signature] }),
})

const splitArgs = ({ shares, salt }: MintRequest['split']) =>
  [shares.map(({ address }) => address), shares.map(({ sharePpm }) => sharePpm), salt] as const

/** Asks where the splitter of these shares is or will be. */
export const predictSplitterCall = (from: Hex, { splitterFactory }: Contracts, split: MintRequest['split']): Call => ({
  from,
  to: splitterFactory,
  data: encodeFunctionData({
    abi: royaltySplitterFactoryAbi,
    functionName: 'predictSplitter',
    args: splitArgs(split),
  }),
})

/** Deploys the splitter of these shares. */
export const createSplitterCall = (from: Hex, { splitterFactory }: Contracts, split: MintRequest['split']): Call => ({
  from,
  to: splitterFactory,
  data: encodeFunctionData({ abi: royaltySplitterFactoryAbi, functionName: 'createSplitter', args: splitArgs(split) }),
})

const toMatch = ({ ask, bid, tokenId, price }: SettlementRequest) => ({
  ask: ask.order,
  askSignature: ask.signature,
  bid: bid.order,
  bidSignature: bid.signature,
  tokenId,
  price,
  askProof: [],
  bidProof: [],
})

/** Settles matches, each for itself. */
export const matchOrdersCall = (from: Hex, { exchange }: Contracts, matches: readonly SettlementRequest[]): Call => ({
  from,
  to: exchange,
  data: encodeFunctionData({ abi: exchangeAbi, functionName: 'matchOrders', args: [matches.map(toMatch)] }),
})

/** Settles one match as the exchange itself would, which tells why it fails. Cannot be sent. */
export const settleMatchCall = ({ exchange }: Contracts, match: SettlementRequest): Call => ({
  from: exchange,
  to: exchange,
  data: encodeFunctionData({ abi: exchangeAbi, functionName: 'settleMatch', args: [toMatch(match)] }),
})
