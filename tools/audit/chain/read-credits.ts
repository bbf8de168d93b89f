import type { Hex } from '@knowton/core'
import { exchangeAbi, workTokenAbi } from '@knowton/system/chain'
import { parseEventLogs } from 'viem'
import type { CreditFact } from './facts.ts'
import { lower, type MinedLog, placeOf } from './read-logs.ts'

/** What WorkToken set aside and paid out: the price of a mint is its creator's. */
export const mintCredits = (chainId: number, logs: MinedLog[]): readonly CreditFact[] =>
  parseEventLogs({ abi: workTokenAbi, eventName: ['Minted', 'Withdrawn'], logs }).map((log) => {
    const common = { ...placeOf(chainId, log), contract: lower(log.address), currency: lower(log.args.currency) }
    return log.eventName === 'Minted'
      ? { ...common, account: lower(log.args.creator), change: log.args.price }
      : { ...common, account: lower(log.args.account), change: -log.args.amount }
  })

/** What Exchange set aside and paid out: fees are those of the fee recipient of the moment, refused payments wait. */
export const exchangeCredits = (chainId: number, logs: MinedLog[]): readonly CreditFact[] => {
  let feeRecipient: Hex | undefined
  const eventName = ['FeeRecipientChanged', 'Trade', 'Credited', 'Withdrawn'] as const
  return parseEventLogs({ abi: exchangeAbi, eventName: [...eventName], logs }).flatMap((log): readonly CreditFact[] => {
    if (log.eventName === 'FeeRecipientChanged') {
      feeRecipient = lower(log.args.recipient)
      return []
    }
    const common = { ...placeOf(chainId, log), contract: lower(log.address), currency: lower(log.args.currency) }
    if (log.eventName === 'Withdrawn')
      return [{ ...common, account: lower(log.args.account), change: -log.args.amount }]
    if (log.eventName === 'Credited') return [{ ...common, account: lower(log.args.account), change: log.args.amount }]
    if (feeRecipient === undefined) throw new Error('the exchange traded before it named a fee recipient')
    return [{ ...common, account: feeRecipient, change: log.args.fee }]
  })
}
