import type { Hex } from '@knowton/core'

/** The creator's permission to mint one work, as it is signed. */
export type Voucher = {
  readonly creator: Hex
  readonly to: Hex
  readonly contentHash: Hex
  readonly uriHash: Hex
  readonly royaltyBps: number
  readonly royaltyReceiver: Hex
  readonly price: bigint
  readonly currency: Hex
  /** Seconds since 1970. */
  readonly validAfter: number
  readonly validUntil: number
  readonly nonce: bigint
  readonly counter: bigint
}

/** The terms of a work that its voucher must carry. */
export type VoucherTerms = Pick<Voucher, 'creator' | 'contentHash' | 'uriHash' | 'royaltyBps' | 'royaltyReceiver'>

const ZERO_ADDRESS: Hex = `0x${'0'.repeat(40)}`

/** The voucher that the creator of a work signs for a sponsored mint: free, to `to`, valid at once and until `validUntil`. */
export const voucherFor = (
  terms: VoucherTerms,
  use: Pick<Voucher, 'to' | 'validUntil' | 'nonce' | 'counter'>,
): Voucher => ({
  creator: terms.creator,
  to: use.to,
  contentHash: terms.contentHash,
  uriHash: terms.uriHash,
  royaltyBps: terms.royaltyBps,
  royaltyReceiver: terms.royaltyReceiver,
  price: 0n,
  currency: ZERO_ADDRESS,
  // No lower bound: the clock of an idle chain stands at its last block.
  validAfter: 0,
  validUntil: use.validUntil,
  nonce: use.nonce,
  counter: use.counter,
})

/** What the chain says of a creator's vouchers. */
export type VoucherFacts = { readonly counter: bigint; readonly isNonceRevoked: boolean }

/** A voucher must stay valid for as long as a relay may need, in seconds. */
export const MIN_VALID_SECONDS = 60
/** How far the clocks of the platform and of the caller may differ, in seconds. */
const CLOCK_SKEW_SECONDS = 300

/** Every reason why the platform will not relay this voucher for this work, as sentences; `now` in seconds since 1970. */
export const voucherFaults = (
  voucher: Voucher,
  terms: VoucherTerms,
  facts: VoucherFacts,
  clock: { readonly now: number; readonly maxSeconds: number },
): readonly string[] => [
  ...termFaults(voucher, terms),
  ...(voucher.to === ZERO_ADDRESS ? ['to must not be zero: the token would go to whoever relays it.'] : []),
  ...(voucher.price === 0n && voucher.currency === ZERO_ADDRESS
    ? []
    : ['price and currency must be zero: a sponsored mint is free.']),
  ...timeFaults(voucher, clock),
  ...(voucher.counter === facts.counter
    ? []
    : [`counter must be ${facts.counter}: vouchers of other counters were taken back.`]),
  ...(facts.isNonceRevoked ? ['nonce was taken back by the creator; use another one.'] : []),
]

const termFaults = (voucher: Voucher, terms: VoucherTerms): readonly string[] =>
  (['creator', 'contentHash', 'uriHash', 'royaltyBps', 'royaltyReceiver'] as const)
    .filter((field) => voucher[field] !== terms[field])
    .map((field) => `${field} must be ${terms[field]}.`)

const timeFaults = (
  { validAfter, validUntil }: Voucher,
  { now, maxSeconds }: { readonly now: number; readonly maxSeconds: number },
): readonly string[] => {
  const faults: string[] = []
  if (validAfter > now) faults.push(`validAfter must not be after ${now}.`)
  if (validUntil < now + MIN_VALID_SECONDS) faults.push(`validUntil must be at least ${now + MIN_VALID_SECONDS}.`)
  const latest = now + maxSeconds + CLOCK_SKEW_SECONDS
  if (validUntil > latest) faults.push(`validUntil must be at most ${latest}.`)
  return faults
}
