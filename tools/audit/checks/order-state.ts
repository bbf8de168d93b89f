import type { Hex } from '@knowton/core'
import { exchangeAbi } from '@knowton/system/chain'
import { type Check, type Entry, entry } from '../ledger.ts'
import { allPages } from '../platform/all-pages.ts'
import type { RunningPlatform } from '../platform/running-platform.ts'
import type { ChainAt } from './chain-itself.ts'

type Listed = Awaited<ReturnType<RunningPlatform['api']['marketplace-service']['listOrders']>>['items'][number]

/**
 * Does marketplace-service take an order to be open, or filled, that the exchange would not, or would, fill? An order for
 * one unit is filled by its nonce bit, one for several by `filled`; a used nonce or a moved counter kills either.
 * Cancellations are sent to the chain by their makers, so an order is dead there for a moment before it is here.
 */
export const orderStateCheck = async (chain: ChainAt, { api }: RunningPlatform): Promise<Check> => {
  const orders = await allPages((cursor) =>
    api['marketplace-service'].listOrders({ query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) } }),
  )
  const rows = await Promise.all(orders.map((listed) => rowOf(chain, listed)))
  return {
    name: 'orders.chain',
    says: 'Nonce, counter and fills of every open or filled order at the exchange, and what its state here implies',
    expected: new Map(rows.flatMap(({ subject, onChain }) => (onChain === undefined ? [] : [[subject, onChain]]))),
    found: new Map(rows.flatMap(({ subject, here }) => (here === undefined ? [] : [[subject, here]]))),
  }
}

const rowOf = async (chain: ChainAt, { orderHash, order, state, filled }: Listed) => {
  const subject = `order ${orderHash}`
  const read = exchangeReader(chain)
  if (state === 'filled' && order.maxFills === 1) {
    return { subject, onChain: entry({ nonceUsed: await read.nonceUsed(order.maker, order.nonce) }), here: used }
  }
  if (state === 'filled') {
    return { subject, onChain: entry({ filled: await read.filled(orderHash) }), here: entry({ filled }) }
  }
  if (state !== 'open' && state !== 'settling') return { subject, onChain: undefined, here: undefined }
  const [nonceUsed, counter, onChain] = await Promise.all([
    read.nonceUsed(order.maker, order.nonce),
    read.counterOf(order.maker),
    read.filled(orderHash),
  ])
  // the fills of an order for one unit are not counted in `filled`
  const fills = order.maxFills === 1 ? filled : onChain
  return {
    subject,
    onChain: entry({ nonceUsed, counter, filled: fills }),
    here: entry({ nonceUsed: false, counter: order.counter, filled }),
  }
}

const used: Entry = entry({ nonceUsed: true })

const exchangeReader = ({ client, exchange, blockNumber }: ChainAt) => {
  const call = { abi: exchangeAbi, address: exchange, blockNumber } as const
  return {
    nonceUsed: (maker: Hex, nonce: bigint) =>
      client.readContract({ ...call, functionName: 'nonceUsed', args: [maker, nonce] }),
    counterOf: (maker: Hex) => client.readContract({ ...call, functionName: 'counterOf', args: [maker] }),
    filled: (orderHash: Hex) => client.readContract({ ...call, functionName: 'filled', args: [orderHash] }),
  }
}
