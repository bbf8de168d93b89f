// Generated from contracts/ by npm run generate; do not edit.
/** EIP-712 type of MintVoucher, fields in the order they are hashed. */
export const mintVoucherTypes = {
  MintVoucher: [
    { name: 'creator', type: 'address' },
    { name: 'to', type: 'address' },
    { name: 'contentHash', type: 'bytes32' },
    { name: 'uriHash', type: 'bytes32' },
    { name: 'royaltyBps', type: 'uint16' },
    { name: 'royaltyReceiver', type: 'address' },
    { name: 'price', type: 'uint256' },
    { name: 'currency', type: 'address' },
    { name: 'validAfter', type: 'uint48' },
    { name: 'validUntil', type: 'uint48' },
    { name: 'nonce', type: 'uint256' },
    { name: 'counter', type: 'uint256' },
  ],
} as const

/** EIP-712 domain of the WorkToken at `verifyingContract` on chain `chainId`. */
export const workTokenDomain = (chainId: number, verifyingContract: `0x${string}`) =>
  ({ name: 'KnowTon WorkToken', version: '1', chainId, verifyingContract }) as const

/** EIP-712 type of Order, fields in the order they are hashed. */
export const orderTypes = {
  Order: [
    { name: 'side', type: 'uint8' },
    { name: 'maker', type: 'address' },
    { name: 'taker', type: 'address' },
    { name: 'collection', type: 'address' },
    { name: 'criteriaKind', type: 'uint8' },
    { name: 'criteria', type: 'bytes32' },
    { name: 'currency', type: 'address' },
    { name: 'pricePerUnit', type: 'uint256' },
    { name: 'maxFills', type: 'uint32' },
    { name: 'maxRoyaltyBps', type: 'uint16' },
    { name: 'maxFeeBps', type: 'uint16' },
    { name: 'tokenEpoch', type: 'uint96' },
    { name: 'start', type: 'uint48' },
    { name: 'end', type: 'uint48' },
    { name: 'nonce', type: 'uint256' },
    { name: 'counter', type: 'uint256' },
    { name: 'salt', type: 'uint256' },
    { name: 'validation', type: 'bytes32' },
  ],
} as const

/** EIP-712 domain of the Exchange at `verifyingContract` on chain `chainId`. */
export const exchangeDomain = (chainId: number, verifyingContract: `0x${string}`) =>
  ({ name: 'KnowTon Exchange', version: '1', chainId, verifyingContract }) as const
