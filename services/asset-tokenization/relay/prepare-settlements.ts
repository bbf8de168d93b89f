import { decodeRevert } from '@knowton/adapters/chain'
import { Fault } from '@knowton/core'
import { exchangeAbi } from '@knowton/system/chain'
import { decodeFunctionResult } from 'viem'
import { knownErrors, matchOrdersCall, settleMatchCall } from './calls.ts'
import { type Prepared, withMargin } from './prepare-mints.ts'
import type { RelayDeps } from './relay-deps.ts'
import type { Failure, Queued, SettlementRequest } from './request-store.ts'

/** Gas the exchange gives each match (`Exchange.MATCH_GAS`). */
const MATCH_GAS = 1_000_000n

type Waiting = Queued<SettlementRequest>

/** Tries settlements together, as they would be sent, and drafts one transaction for those that settle. */
export const prepareSettlements = async (
  deps: RelayDeps,
  waiting: readonly Waiting[],
  signal: AbortSignal,
): Promise<Prepared> => {
  if (waiting.length === 0) return { drafts: [], hopeless: [] }
  const settled = await trySettling(deps, waiting, signal)
  const good = waiting.filter((_, index) => settled[index] === true)
  const bad = waiting.filter((_, index) => settled[index] !== true)
  const hopeless = await Promise.all(
    bad.map(async ({ id, payload }) => ({ id, failure: await whyNot(deps, payload, signal) })),
  )
  if (good.length === 0) return { drafts: [], hopeless }
  const call = matchOrdersCall(
    deps.signer.address,
    deps.contracts,
    good.map(({ payload }) => payload),
  )
  const gas = await deps.node.estimateGas(call, signal)
  if (!gas.ok) throw refusedAsWhole(gas.refusal.data)
  const { to, data } = call
  const requests = good.map(({ id }) => id)
  const draft = { purpose: 'settlement', subject: null, to, data, gas: withMargin(gas.value), requests } as const
  return { drafts: [draft], hopeless }
}

const trySettling = async (deps: RelayDeps, waiting: readonly Waiting[], signal: AbortSignal) => {
  const matches = waiting.map(({ payload }) => payload)
  const answer = await deps.node.call(matchOrdersCall(deps.signer.address, deps.contracts, matches), signal)
  if (!answer.ok) throw refusedAsWhole(answer.refusal.data)
  return decodeFunctionResult({ abi: exchangeAbi, functionName: 'matchOrders', data: answer.value })
}

/** The exchange is paused or does not know the relayer: no match is at fault, all wait. */
const refusedAsWhole = (data: `0x${string}`) => {
  const { code, says } = decodeRevert(data, knownErrors)
  return new Fault('relay.exchange-refuses', `The exchange takes no settlements: ${says}`, {
    retry: 'later',
    cause: new Error(code),
  })
}

const whyNot = async (deps: RelayDeps, match: SettlementRequest, signal: AbortSignal): Promise<Failure> => {
  const answer = await deps.node.call({ ...settleMatchCall(deps.contracts, match), gas: MATCH_GAS }, signal)
  if (!answer.ok) return decodeRevert(answer.refusal.data, knownErrors)
  return { code: 'relay.unsettled', says: 'The match settles alone but not after the others it was tried with.' }
}
