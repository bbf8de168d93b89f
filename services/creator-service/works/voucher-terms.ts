import { addressOf } from '@knowton/core'
import type { VoucherTerms } from '@knowton/domain/work'
import type { Work } from './work-store.ts'

/** What the voucher of a work must say. */
export const termsOf = (work: Work): VoucherTerms => ({
  creator: addressOf(work.creator),
  contentHash: work.contentHash,
  uriHash: work.uriHash,
  royaltyBps: work.royaltyBps,
  royaltyReceiver: work.royaltyReceiver,
})
