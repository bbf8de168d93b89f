import type { BlockHeader, BlockLog } from '@knowton/adapters/chain'
import type { Hex } from '@knowton/core'
import type { Sql } from '@knowton/kit'

/** The hash of the applied block `number`; undefined when it was not applied or its header was dropped as final. */
export const hashAt = async (sql: Sql, number: number): Promise<Hex | undefined> => {
  const [row] = await sql.query<{ hash: Hex }>('SELECT block_hash AS hash FROM block WHERE block_number = $1', [number])
  return row?.hash
}

/** When the applied block `number` was made; undefined as with `hashAt`. */
export const timeAt = async (sql: Sql, number: number): Promise<Date | undefined> => {
  const [row] = await sql.query<{ time: Date }>('SELECT block_time AS time FROM block WHERE block_number = $1', [
    number,
  ])
  return row?.time
}

/** Notes the headers of applied blocks. */
export const insertHeaders = async (tx: Sql, headers: readonly BlockHeader[]): Promise<void> => {
  if (headers.length === 0) return
  await tx.query(
    `INSERT INTO block (block_number, block_hash, parent_hash, block_time)
     SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::timestamptz[])`,
    [
      headers.map(({ number }) => number),
      headers.map(({ hash }) => hash),
      headers.map(({ parentHash }) => parentHash),
      headers.map(({ time }) => time),
    ],
  )
}

/** Drops the headers of blocks that can no longer be undone; that of the last finalized one stays as the anchor. */
export const dropHeadersBelow = async (tx: Sql, finalized: number): Promise<void> => {
  await tx.query('DELETE FROM block WHERE block_number < $1', [finalized])
}

/** Keeps the logs from which facts were read, as the node gave them. */
export const insertLogs = async (tx: Sql, logs: readonly BlockLog[]): Promise<void> => {
  if (logs.length === 0) return
  await tx.query(
    `INSERT INTO raw_log (block_number, log_index, block_hash, transaction_hash, address, topics, data)
     SELECT block_number, log_index, block_hash, transaction_hash, address, topics, data
     FROM jsonb_to_recordset($1::jsonb) AS l(block_number bigint, log_index integer, block_hash text,
       transaction_hash text, address text, topics text[], data text)`,
    [
      JSON.stringify(
        logs.map((log) => ({
          block_number: log.blockNumber,
          log_index: log.logIndex,
          block_hash: log.blockHash,
          transaction_hash: log.transactionHash,
          address: log.address,
          topics: log.topics,
          data: log.data,
        })),
      ),
    ],
  )
}

/** Forgets headers and logs of the undone blocks above `ancestor`. */
export const deleteBlocksAbove = async (tx: Sql, ancestor: number): Promise<void> => {
  await tx.query('DELETE FROM raw_log WHERE block_number > $1', [ancestor])
  await tx.query('DELETE FROM block WHERE block_number > $1', [ancestor])
}
