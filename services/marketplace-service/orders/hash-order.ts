import type { Hex } from '@knowton/core'
import type { Order } from '@knowton/domain/market'
import { exchangeDomain, orderTypes } from '@knowton/system/chain'
import { hashTypedData } from 'viem'
import type { Contracts } from '../ports.ts'

/** The EIP-712 digest that the maker signs: the hash of the order, on chain and off. */
export const hashOrder = (order: Order, contracts: Contracts): Hex =>
  hashTypedData({
    domain: exchangeDomain(contracts.chainId, contracts.exchange),
    types: orderTypes,
    primaryType: 'Order',
    message: order,
  })
