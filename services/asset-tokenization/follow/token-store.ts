import type { Hex } from '@knowton/core'
import type { Sql } from '@knowton/kit'
import { zeroAddress } from 'viem'
import type { Finality } from './chain-fact.ts'

const project = `
  WITH wanted AS (SELECT DISTINCT unnest($1::numeric[]) AS token_id),
  current AS (
    SELECT minted.token_id, minted.payload ->> 'collection' AS collection, minted.payload ->> 'creator' AS creator,
      nullif(moved.payload ->> 'to', '${zeroAddress}') AS owner, moved.epoch,
      minted.payload ->> 'contentHash' AS content_hash, minted.payload ->> 'uriHash' AS uri_hash,
      coalesce(lowered.payload -> 'royaltyBps', minted.payload -> 'royaltyBps')::integer AS royalty_bps,
      minted.payload ->> 'royaltyReceiver' AS royalty_receiver, minted.block_number, minted.log_index,
      (minted.payload ->> 'blockTime')::timestamptz AS minted_at,
      minted.payload ->> 'transactionHash' AS transaction_hash
    FROM wanted
    JOIN fact minted ON minted.token_id = wanted.token_id AND minted.topic = 'nftMinted'
    JOIN LATERAL (SELECT payload, epoch FROM fact WHERE token_id = wanted.token_id AND topic = 'tokenTransfers'
      ORDER BY block_number DESC, log_index DESC LIMIT 1) moved ON true
    LEFT JOIN LATERAL (SELECT payload FROM fact WHERE token_id = wanted.token_id AND topic = 'royaltyLowered'
      ORDER BY block_number DESC, log_index DESC LIMIT 1) lowered ON true
  ), unminted AS (
    DELETE FROM token USING wanted WHERE token.token_id = wanted.token_id
    AND NOT EXISTS (SELECT FROM current WHERE current.token_id = token.token_id)
  )
  INSERT INTO token (token_id, collection, creator, owner, epoch, content_hash, uri_hash, royalty_bps, royalty_receiver,
    block_number, log_index, minted_at, transaction_hash)
  SELECT * FROM current
  ON CONFLICT (token_id) DO UPDATE SET collection = EXCLUDED.collection, creator = EXCLUDED.creator,
    owner = EXCLUDED.owner, epoch = EXCLUDED.epoch, content_hash = EXCLUDED.content_hash,
    uri_hash = EXCLUDED.uri_hash, royalty_bps = EXCLUDED.royalty_bps, royalty_receiver = EXCLUDED.royalty_receiver,
    block_number = EXCLUDED.block_number, log_index = EXCLUDED.log_index, minted_at = EXCLUDED.minted_at,
    transaction_hash = EXCLUDED.transaction_hash`

/** Makes the rows of these tokens what the stored facts say; the same whether facts came or went. */
export const projectTokens = async (tx: Sql, tokenIds: readonly bigint[]): Promise<void> => {
  if (tokenIds.length > 0) await tx.query(project, [tokenIds])
}

/** A token as stored; `finality` is that of its mint. */
export type TokenRow = {
  readonly collection: Hex
  readonly tokenId: bigint
  readonly creator: Hex
  readonly owner: Hex | null
  readonly epoch: bigint
  readonly contentHash: Hex
  readonly uriHash: Hex
  readonly royaltyBps: number
  readonly royaltyReceiver: Hex
  readonly finality: Finality
  readonly mintedAt: Date
  readonly transactionHash: Hex
  readonly blockNumber: bigint
  readonly logIndex: number
}

const columns = `token.collection, token.token_id AS "tokenId", token.creator, token.owner, token.epoch,
  token.content_hash AS "contentHash", token.uri_hash AS "uriHash", token.royalty_bps AS "royaltyBps",
  token.royalty_receiver AS "royaltyReceiver", minted.finality, token.minted_at AS "mintedAt",
  token.transaction_hash AS "transactionHash", token.block_number AS "blockNumber", token.log_index AS "logIndex"`
const source = `token JOIN fact minted
  ON minted.block_number = token.block_number AND minted.log_index = token.log_index AND minted.topic = 'nftMinted'`

/** The token; undefined when it was never minted. */
export const findToken = async (sql: Sql, tokenId: bigint): Promise<TokenRow | undefined> => {
  const [row] = await sql.query<TokenRow>(`SELECT ${columns} FROM ${source} WHERE token.token_id = $1`, [tokenId])
  return row
}

/** Where a token stands in the order of mints. */
export type MintPosition = { readonly blockNumber: string; readonly logIndex: number }

/** Tokens minted before `after`, newest first, at most `limit`. */
export const listTokenRows = (
  sql: Sql,
  wanted: { readonly owner?: Hex | undefined; readonly creator?: Hex | undefined },
  after: MintPosition | undefined,
  limit: number,
): Promise<readonly TokenRow[]> => {
  const values: unknown[] = [limit]
  const conditions: string[] = []
  const where = (condition: (...places: string[]) => string, ...bound: readonly unknown[]) => {
    conditions.push(condition(...bound.map((value) => `$${values.push(value)}`)))
  }
  if (wanted.owner !== undefined) where((owner) => `token.owner = ${owner}`, wanted.owner)
  if (wanted.creator !== undefined) where((creator) => `token.creator = ${creator}`, wanted.creator)
  if (after !== undefined) {
    where(
      (block, log) => `(token.block_number, token.log_index) < (${block}::bigint, ${log}::integer)`,
      after.blockNumber,
      after.logIndex,
    )
  }
  const filter = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
  return sql.query<TokenRow>(
    `SELECT ${columns} FROM ${source} ${filter} ORDER BY token.block_number DESC, token.log_index DESC LIMIT $1`,
    values,
  )
}

/** The token as routes answer with it; the metadata's address follows from its hash (CIDv1, raw, sha2-256). */
export const toTokenView = ({ blockNumber: _, logIndex: __, ...token }: TokenRow) => ({
  ...token,
  tokenUri: `ipfs://f01551220${token.uriHash.slice(2)}`,
})
