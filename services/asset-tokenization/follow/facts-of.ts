import type { BlockHeader, BlockLog } from '@knowton/adapters/chain'
import { type Hex, lowerCase } from '@knowton/core'
import { exchangeAbi, royaltySplitterAbi, royaltySplitterFactoryAbi, workTokenAbi } from '@knowton/system/chain'
import { type Abi, AbiEventSignatureNotFoundError, decodeEventLog, toEventSelector } from 'viem'
import type { Contracts } from '../ports.ts'
import type { ChainFact, Finality } from './chain-fact.ts'

/** What must be known from earlier logs to read a log. */
export type Ledger = {
  readonly isSplitter: (address: Hex) => boolean
  readonly addSplitter: (address: Hex) => void
  /** The transfer count of the token after one more transfer. */
  readonly countTransfer: (tokenId: bigint) => bigint
}

type Reading = { readonly log: BlockLog; readonly stamp: Stamp; readonly contracts: Contracts; readonly ledger: Ledger }

/** First topics of the logs that splitters emit and that concern us. */
export const splitterEvents: readonly Hex[] = [
  toEventSelector('Claimed(uint256,address,address,uint256)'),
  toEventSelector('PositionMoved(uint256,address,address)'),
]

/** What `log` of the block `header` says; facts of a log are read in the order of the chain. */
export const factsOf = (reading: {
  readonly log: BlockLog
  readonly header: BlockHeader
  readonly finality: Finality
  readonly contracts: Contracts
  readonly ledger: Ledger
}): readonly ChainFact[] => {
  const { log, contracts, ledger } = reading
  const known = { log, contracts, ledger, stamp: stampOf(reading) }
  if (log.address === contracts.workToken) return workTokenFacts(known)
  if (log.address === contracts.exchange) return exchangeFacts(known)
  if (log.address === contracts.splitterFactory) return factoryFacts(known)
  return ledger.isSplitter(log.address) ? splitterFacts(known) : []
}

type Stamp = ReturnType<typeof stampOf>

const stampOf = (at: {
  readonly log: BlockLog
  readonly header: BlockHeader
  readonly finality: Finality
  readonly contracts: Contracts
}) => ({
  factId: `${at.contracts.chainId}:${at.header.hash}:${at.log.logIndex}`,
  chainId: at.contracts.chainId,
  blockNumber: at.header.number,
  blockHash: at.header.hash,
  blockTime: at.header.time,
  transactionHash: at.log.transactionHash,
  logIndex: at.log.logIndex,
  finality: at.finality,
  reverted: false,
})

const workTokenFacts = ({ log, stamp, contracts, ledger }: Reading): readonly ChainFact[] => {
  const event = decode(workTokenAbi, log)
  const collection = contracts.workToken
  switch (event?.eventName) {
    case 'Minted': {
      const { creator, to, royaltyReceiver, currency, ...terms } = event.args
      const parties = {
        creator: lowerCase(creator),
        to: lowerCase(to),
        royaltyReceiver: lowerCase(royaltyReceiver),
        currency: lowerCase(currency),
      }
      return [{ topic: 'nftMinted', payload: { ...stamp, collection, ...terms, ...parties } }]
    }
    case 'Transfer': {
      const { from, to, tokenId } = event.args
      const epoch = ledger.countTransfer(tokenId)
      return [
        {
          topic: 'tokenTransfers',
          payload: { ...stamp, collection, tokenId, from: lowerCase(from), to: lowerCase(to), epoch },
        },
      ]
    }
    case 'RoyaltyLowered':
      return [{ topic: 'royaltyLowered', payload: event.args }]
    default:
      return []
  }
}

const exchangeFacts = ({ log, stamp }: Reading): readonly ChainFact[] => {
  const event = decode(exchangeAbi, log)
  if (event?.eventName !== 'Trade') return []
  const { askHash, bidHash, tokenId, price, fee, royalty } = event.args
  const collection = lowerCase(event.args.collection)
  const currency = lowerCase(event.args.currency)
  const royaltyReceiver = lowerCase(event.args.royaltyReceiver)
  const parties = { seller: lowerCase(event.args.seller), buyer: lowerCase(event.args.buyer), royaltyReceiver }
  const trade: ChainFact = {
    topic: 'trades',
    payload: { ...stamp, collection, tokenId, askHash, bidHash, currency, price, fee, royalty, ...parties },
  }
  if (royalty === 0n) return [trade]
  const paid = { kind: 'paid', splitter: royaltyReceiver, collection, tokenId, currency, amount: royalty } as const
  return [trade, { topic: 'royaltyDistributions', payload: { ...stamp, ...paid } }]
}

const factoryFacts = ({ log, stamp, ledger }: Reading): readonly ChainFact[] => {
  const event = decode(royaltySplitterFactoryAbi, log)
  if (event?.eventName !== 'SplitterCreated') return []
  const splitter = lowerCase(event.args.splitter)
  ledger.addSplitter(splitter)
  const split = { splitter, recipients: event.args.recipients.map(lowerCase), sharesPpm: [...event.args.shares] }
  return [{ topic: 'royaltyDistributions', payload: { kind: 'split-created', ...stamp, ...split } }]
}

const splitterFacts = ({ log, stamp }: Reading): readonly ChainFact[] => {
  const event = decode(royaltySplitterAbi, log)
  const splitter = log.address
  if (event?.eventName === 'Claimed') {
    const { position, holder, currency, amount } = event.args
    const claim = { position: Number(position), holder: lowerCase(holder), currency: lowerCase(currency), amount }
    return [{ topic: 'royaltyDistributions', payload: { kind: 'claimed', ...stamp, splitter, ...claim } }]
  }
  if (event?.eventName === 'PositionMoved') {
    const { position, from, to } = event.args
    const move = { position: Number(position), from: lowerCase(from), to: lowerCase(to) }
    return [{ topic: 'royaltyDistributions', payload: { kind: 'position-moved', ...stamp, splitter, ...move } }]
  }
  return []
}

/** The log as an event of `abi`; undefined when it is none of its events. */
const decode = <const A extends Abi>(abi: A, log: BlockLog) => {
  const [signature, ...rest] = log.topics
  if (signature === undefined) return undefined
  try {
    return decodeEventLog({ abi, topics: [signature, ...rest], data: log.data })
  } catch (error) {
    if (error instanceof AbiEventSignatureNotFoundError) return undefined
    throw error
  }
}
