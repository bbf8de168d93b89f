import type { Measure } from '@knowton/kit'
import type { Ports } from '../ports.ts'

/** How old the newest applied block is; unknown before the first. */
export const chainHeadAgeSeconds: Measure<Ports> = async ({ ports, now }) => {
  const [newest] = await ports.db.query<{ time: Date }>(
    'SELECT block_time AS time FROM block ORDER BY block_number DESC LIMIT 1',
  )
  return newest === undefined ? [] : [{ value: (now.getTime() - newest.time.getTime()) / 1000 }]
}

/** How many applied blocks may still be undone. */
export const chainUnfinalizedBlocks: Measure<Ports> = async ({ ports }) => {
  const [cursor] = await ports.db.query<{ blocks: bigint }>(
    'SELECT block_number - finalized_number AS blocks FROM chain_cursor WHERE chain_id = $1',
    [ports.contracts.chainId],
  )
  return cursor === undefined ? [] : [{ value: Number(cursor.blocks) }]
}

/** Requests that are in no block; both halves read small partial indexes, for requests are kept for good. */
const waiting = `SELECT work, state, updated_at FROM relay_request WHERE state = 'queued'
  UNION ALL
  SELECT r.work, r.state, r.updated_at FROM relay_transaction t JOIN relay_request r ON r.transaction_id = t.id
  WHERE t.state <> 'final' AND r.state IN ('signed', 'sent')`

/** How many requests wait, by what they are for and how far they are. */
export const relayWaitingRequests: Measure<Ports> = async ({ ports }) => {
  const rows = await ports.db.query<{ work: string; state: string; requests: bigint }>(
    `SELECT work, state, count(*) AS requests FROM (${waiting}) AS waiting GROUP BY work, state`,
    [],
  )
  const found = new Map(rows.map(({ work, state, requests }) => [`${work} ${state}`, Number(requests)]))
  return ['mint', 'settlement'].flatMap((work) =>
    ['queued', 'signed', 'sent'].map((state) => ({
      labels: { work, state },
      value: found.get(`${work} ${state}`) ?? 0,
    })),
  )
}

/** How long nothing has happened to the request that has waited longest; 0 when none waits. */
export const relayLongestWaitSeconds: Measure<Ports> = async ({ ports, now }) => {
  const rows = await ports.db.query<{ work: string; since: Date }>(
    `SELECT work, min(updated_at) AS since FROM (${waiting}) AS waiting GROUP BY work`,
    [],
  )
  const since = new Map(rows.map((row) => [row.work, row.since]))
  return ['mint', 'settlement'].map((work) => ({
    labels: { work },
    value: (now.getTime() - (since.get(work) ?? now).getTime()) / 1000,
  }))
}

/** What the relayer has left, asked of the chain; above 2^53 wei the last digits are lost, which no alert minds. */
export const relayerBalanceWei: Measure<Ports> = async ({ ports }) => [
  { value: Number(await ports.client.getBalance({ address: ports.signer.address })) },
]
