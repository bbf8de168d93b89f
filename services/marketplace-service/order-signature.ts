import type { Hex } from '@knowton/core'
import type { Order } from '@knowton/domain/market'
import { exchangeDomain, orderTypes } from '@knowton/system/chain'
import { hashTypedData, recoverAddress, size, slice } from 'viem'
import type { ChainView } from './chain/chain-view.ts'
import type { Contracts } from './ports.ts'

/** The EIP-712 digest that the maker signs: the hash of the order, on chain and off. */
export const hashOrder = (order: Order, contracts: Contracts): Hex =>
  hashTypedData({
    domain: exchangeDomain(contracts.chainId, contracts.exchange),
    types: orderTypes,
    primaryType: 'Order',
    message: order,
  })

/** Who signed: the maker's key, the maker's contract (ERC-1271), or neither. The key is tried first, as on chain. */
export const findSigner = async (
  signed: { readonly maker: Hex; readonly digest: Hex; readonly signature: Hex },
  chain: ChainView,
  signal: AbortSignal,
): Promise<'key' | 'contract' | undefined> => {
  if ((await recoverKey(signed.digest, signed.signature)) === signed.maker) return 'key'
  const approval = { account: signed.maker, digest: signed.digest, signature: signed.signature }
  return (await chain.approves(approval, signal)) ? 'contract' : undefined
}

/** Half the order of secp256k1: a signature with a greater `s` has a twin and is refused on chain (EIP-2). */
const MAX_S = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n

/** The account whose key made the signature, by the rules of the contract: 65 bytes, low s, v 27 or 28. */
const recoverKey = async (digest: Hex, signature: Hex): Promise<Hex | undefined> => {
  if (size(signature) !== 65 || BigInt(slice(signature, 32, 64)) > MAX_S) return undefined
  if (!['0x1b', '0x1c'].includes(slice(signature, 64))) return undefined
  try {
    const recovered = await recoverAddress({ hash: digest, signature })
    return `0x${recovered.slice(2).toLowerCase()}`
  } catch {
    return undefined
  }
}
