import { ok } from '@knowton/core'
import { royaltyStatement } from '@knowton/domain/royalty'
import type { Handler } from '@knowton/kit'
import type { analyticsService } from '@knowton/system'
import type { Ports } from '../ports.ts'
import { readRoyaltyBooks, splittersOf } from '../queries/royalty-books.ts'
import { END_OF_TIME } from '../queries/warehouse-time.ts'

/** The royalty statement of the signed-in account. */
export const getRoyaltyStatement: Handler<typeof analyticsService, 'getRoyaltyStatement', Ports> = async (
  { query },
  { ports, user },
) => {
  const books = await readRoyaltyBooks(ports.warehouse, splittersOf(user.address), query.to ?? END_OF_TIME)
  return ok({
    account: user.address,
    items: royaltyStatement(user.address, books).map((item) => ({ ...item, tokenIds: [...item.tokenIds] })),
  })
}
