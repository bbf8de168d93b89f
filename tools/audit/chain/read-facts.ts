import type { Hex } from '@knowton/core'
import type { RunRecord } from '@knowton/derive'
import { exchangeAbi, royaltySplitterAbi, royaltySplitterFactoryAbi, workTokenAbi } from '@knowton/system/chain'
import { type PublicClient, parseEventLogs } from 'viem'
import type { ChainFacts, MintFact, SplitFact, TradeFact, TransferFact } from './facts.ts'
import { exchangeCredits, mintCredits } from './read-credits.ts'
import { lower, type MinedLog, placeOf, readLogs } from './read-logs.ts'

/** Reads everything our contracts logged from their deployment to block `to`. */
export const readChainFacts = async (client: PublicClient, run: RunRecord, to: bigint): Promise<ChainFacts> => {
  const { workToken, exchange, splitterFactory, deploymentBlock } = run.contracts
  const span = { from: BigInt(deploymentBlock), to }
  const logs = await readLogs(client, [workToken, exchange, splitterFactory], span)
  const of = (address: Hex) => logs.filter((log) => lower(log.address) === address)
  const splits = splitsOf(run.chainId, of(splitterFactory))
  const fromSplitters = await readLogs(
    client,
    splits.map((split) => split.splitter),
    span,
  )
  return {
    transfers: transfersOf(run.chainId, of(workToken)),
    mints: mintsOf(run.chainId, of(workToken)),
    loweredRoyalties: loweredRoyaltiesOf(run.chainId, of(workToken)),
    trades: tradesOf(run.chainId, of(exchange)),
    splits,
    claims: claimsOf(run.chainId, fromSplitters),
    moves: movesOf(run.chainId, fromSplitters),
    credits: [...mintCredits(run.chainId, of(workToken)), ...exchangeCredits(run.chainId, of(exchange))],
  }
}

const transfersOf = (chainId: number, logs: MinedLog[]): readonly TransferFact[] => {
  const counts = new Map<bigint, bigint>()
  return parseEventLogs({ abi: workTokenAbi, eventName: 'Transfer', logs }).map((log) => {
    const { from, to, tokenId } = log.args
    const epoch = (counts.get(tokenId) ?? 0n) + 1n
    counts.set(tokenId, epoch)
    return { ...placeOf(chainId, log), tokenId, from: lower(from), to: lower(to), epoch }
  })
}

const mintsOf = (chainId: number, logs: MinedLog[]): readonly MintFact[] =>
  parseEventLogs({ abi: workTokenAbi, eventName: 'Minted', logs }).map((log) => ({
    ...placeOf(chainId, log),
    ...log.args,
    creator: lower(log.args.creator),
    to: lower(log.args.to),
    royaltyReceiver: lower(log.args.royaltyReceiver),
    currency: lower(log.args.currency),
  }))

const loweredRoyaltiesOf = (chainId: number, logs: MinedLog[]) =>
  parseEventLogs({ abi: workTokenAbi, eventName: 'RoyaltyLowered', logs }).map((log) => ({
    ...placeOf(chainId, log),
    ...log.args,
  }))

const tradesOf = (chainId: number, logs: MinedLog[]): readonly TradeFact[] =>
  parseEventLogs({ abi: exchangeAbi, eventName: 'Trade', logs }).map((log) => ({
    ...placeOf(chainId, log),
    ...log.args,
    collection: lower(log.args.collection),
    seller: lower(log.args.seller),
    buyer: lower(log.args.buyer),
    currency: lower(log.args.currency),
    royaltyReceiver: lower(log.args.royaltyReceiver),
  }))

const splitsOf = (chainId: number, logs: MinedLog[]): readonly SplitFact[] =>
  parseEventLogs({ abi: royaltySplitterFactoryAbi, eventName: 'SplitterCreated', logs }).map((log) => ({
    ...placeOf(chainId, log),
    splitter: lower(log.args.splitter),
    recipients: log.args.recipients.map(lower),
    sharesPpm: log.args.shares,
  }))

const claimsOf = (chainId: number, logs: MinedLog[]) =>
  parseEventLogs({ abi: royaltySplitterAbi, eventName: 'Claimed', logs }).map((log) => ({
    ...placeOf(chainId, log),
    splitter: lower(log.address),
    position: Number(log.args.position),
    holder: lower(log.args.holder),
    currency: lower(log.args.currency),
    amount: log.args.amount,
  }))

const movesOf = (chainId: number, logs: MinedLog[]) =>
  parseEventLogs({ abi: royaltySplitterAbi, eventName: 'PositionMoved', logs }).map((log) => ({
    ...placeOf(chainId, log),
    splitter: lower(log.address),
    position: Number(log.args.position),
    from: lower(log.args.from),
    to: lower(log.args.to),
  }))
