export { canonicalJson, type Json } from './canonical-json.ts'
export { isPassive, kindOf, type WorkKind } from './media.ts'
export { type MetadataFacts, metadataBytes, splitSaltOf, tokenUriOf } from './metadata.ts'
export { checkShares, MAX_SHARES, type Share } from './shares.ts'
export { textTypeOf } from './text-type.ts'
export {
  MIN_VALID_SECONDS,
  type Voucher,
  type VoucherFacts,
  type VoucherTerms,
  voucherFaults,
  voucherFor,
} from './voucher.ts'
export { type MintFacts, mayRequestMint, statusOf, type WorkStatus } from './work-status.ts'
