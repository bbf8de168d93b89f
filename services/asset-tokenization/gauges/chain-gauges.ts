import type { Measure } from '@knowton/kit'
import type { Ports } from '../ports.ts'

/** How old the newest applied block is; unknown before the first. */
export const chainHeadAgeSeconds: Measure<Ports> = async ({ ports, now }) => {
  const [newest] = await ports.database.query<{ time: Date }>(
    'SELECT block_time AS time FROM block ORDER BY block_number DESC LIMIT 1',
  )
  return newest === undefined ? [] : [{ value: (now.getTime() - newest.time.getTime()) / 1000 }]
}

/** How many applied blocks may still be undone. */
export const chainUnfinalizedBlocks: Measure<Ports> = async ({ ports }) => {
  const [cursor] = await ports.database.query<{ blocks: bigint }>(
    'SELECT block_number - finalized_number AS blocks FROM chain_cursor WHERE chain_id = $1',
    [ports.contracts.chainId],
  )
  return cursor === undefined ? [] : [{ value: Number(cursor.blocks) }]
}
