import { decodeRevert, type Receipt } from '@knowton/adapters/chain'
import type { Hex } from '@knowton/core'
import { exchangeAbi } from '@knowton/system/chain'
import { decodeEventLog, toEventSelector } from 'viem'
import { knownErrors } from './calls.ts'
import type { Failure, Queued, SettlementRequest } from './request-store.ts'

const matchFailedEvent = toEventSelector('MatchFailed(bytes32,bytes32,uint256,bytes)')

/** Which of the settlements that a mined transaction carried did not happen, by the exchange's own events. */
export const settlementFailures = (
  receipt: Pick<Receipt, 'logs'>,
  exchange: Hex,
  carried: readonly Queued<SettlementRequest>[],
): readonly { readonly id: bigint; readonly failure: Failure }[] => {
  const reasons = new Map(
    receipt.logs
      .filter(({ address, topics }) => address === exchange && topics[0] === matchFailedEvent)
      .map((log) => {
        const { args } = decodeEventLog({
          abi: exchangeAbi,
          eventName: 'MatchFailed',
          topics: log.topics as [Hex, ...Hex[]],
          data: log.data,
        })
        return [keyOf(args), decodeRevert(args.reason, knownErrors)] as const
      }),
  )
  return carried.flatMap(({ id, payload }) => {
    const failure = reasons.get(keyOf(payload))
    return failure === undefined ? [] : [{ id, failure }]
  })
}

const keyOf = (match: { readonly askHash: Hex; readonly bidHash: Hex; readonly tokenId: bigint }) =>
  `${match.askHash}:${match.bidHash}:${match.tokenId}`
