import { ok } from '@knowton/core'
import { royaltyStatement } from '@knowton/domain/royalty'
import type { Handler } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { readRoyaltyBooks, splittersOf } from '../queries/royalty-books.ts'
import { END_OF_TIME } from '../queries/warehouse-time.ts'

/** The royalty statement of the signed-in account. */
export const getRoyaltyStatement: Handler<Declared, 'getRoyaltyStatement', Ports> = async (
  { query },
  { ports, user },
) => {
  const books = await readRoyaltyBooks(ports.warehouse, splittersOf(user.address), query.to ?? END_OF_TIME)
  return ok({
    account: user.address,
    items: royaltyStatement(user.address, books).map((item) => ({ ...item, tokenIds: [...item.tokenIds] })),
  })
}
