import type { Sql } from '@knowton/kit'

/** Takes back what was mined in the undone blocks above `ancestor`: it is to be sent again, the same bytes. */
export const unconfirmAbove = async (tx: Sql, ancestor: number): Promise<void> => {
  await tx.query(
    `WITH undone AS (
       UPDATE relay_transaction SET state = 'signed', block_number = NULL, block_hash = NULL, mined_hash = NULL,
         succeeded = NULL, gas_used = NULL, gas_price_wei = NULL
       WHERE state = 'mined' AND block_number > $1 RETURNING id
     )
     UPDATE relay_request SET state = 'signed', failure_code = NULL, failure_says = NULL, updated_at = now()
     FROM undone WHERE transaction_id = undone.id`,
    [ancestor],
  )
}
