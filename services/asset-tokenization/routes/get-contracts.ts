import { toChainFault } from '@knowton/adapters/chain'
import { ok, refuse } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import { exchangeAbi } from '@knowton/system/chain'
import { timeAt } from '../follow/block-store.ts'
import { loadCursor } from '../follow/cursor-store.ts'
import type { Declared, Ports } from '../ports.ts'

/** The chain and the contracts on it; `head` is the last block whose facts are known here. */
export const getContracts: Handler<Declared, 'getContracts', Ports> = async (_, { ports }) => {
  const { chainId, workToken, exchange, splitterFactory, currencies } = ports.contracts
  const feeBps = await readFee(ports)
  if (feeBps === undefined) return refuse({ kind: 'chain.unreachable' })
  const contracts = { chainId, workToken, exchange, splitterFactory, feeBps, currencies: [...currencies] }
  return ok({ ...contracts, head: await readHead(ports) })
}

const readFee = async ({ client, contracts }: Ports): Promise<number | undefined> => {
  try {
    return await client.readContract({ address: contracts.exchange, abi: exchangeAbi, functionName: 'feeBps' })
  } catch (error) {
    const fault = toChainFault(error)
    if (fault.code === 'chain.unreachable') return undefined
    throw fault
  }
}

const readHead = async ({ db, contracts }: Ports) => {
  const { number, hash } = await loadCursor(db, contracts)
  const time = await timeAt(db, number)
  return hash === null || time === undefined ? null : { number, hash, time }
}
