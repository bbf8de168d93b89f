import type { Hex } from '@knowton/core'
import type { Sql } from '@knowton/kit'
import { type ChainFact, type Finality, type StoredFact, toWire } from './chain-fact.ts'
import type { Settled } from './cursor-store.ts'
import type { Ledger } from './facts-of.ts'

/** A fact and the log it was read from. */
export type PlacedFact = {
  readonly fact: ChainFact
  readonly blockNumber: number
  readonly blockHash: Hex
  readonly logIndex: number
  readonly finality: Finality
}

/** Stores facts in the order of the chain. */
export const insertFacts = async (tx: Sql, facts: readonly PlacedFact[]): Promise<void> => {
  if (facts.length === 0) return
  await tx.query(
    `INSERT INTO fact (block_number, log_index, topic, block_hash, token_id, splitter, epoch, finality, payload)
     SELECT * FROM jsonb_to_recordset($1::jsonb) AS f(block_number bigint, log_index integer, topic text,
       block_hash text, token_id numeric, splitter text, epoch numeric, finality text, payload jsonb)`,
    [JSON.stringify(facts.map(toRow))],
  )
}

const toRow = ({ fact, blockNumber, blockHash, logIndex, finality }: PlacedFact) => ({
  block_number: blockNumber,
  log_index: logIndex,
  topic: fact.topic,
  block_hash: blockHash,
  token_id: 'tokenId' in fact.payload ? fact.payload.tokenId.toString() : null,
  splitter: 'splitter' in fact.payload ? fact.payload.splitter : null,
  epoch: 'epoch' in fact.payload ? fact.payload.epoch.toString() : null,
  finality,
  payload: toWire(fact),
})

/** Everything about the tokens and splitters of a stretch of logs that earlier logs said. */
export const openLedger = async (sql: Sql, emitters: readonly Hex[], tokenIds: readonly bigint[]): Promise<Ledger> => {
  const known = await sql.query<{ splitter: Hex }>(
    `SELECT splitter FROM fact WHERE topic = 'royaltyDistributions' AND splitter = ANY($1)
     AND payload ->> 'kind' = 'split-created'`,
    [emitters],
  )
  const counted = await sql.query<{ tokenId: bigint; epoch: bigint }>(
    `SELECT token_id AS "tokenId", max(epoch) AS epoch FROM fact WHERE topic = 'tokenTransfers' AND token_id = ANY($1)
     GROUP BY token_id`,
    [tokenIds],
  )
  const splitters = new Set(known.map(({ splitter }) => splitter))
  const epochs = new Map(counted.map(({ tokenId, epoch }) => [tokenId, epoch]))
  return {
    isSplitter: (address) => splitters.has(address),
    addSplitter: (address) => void splitters.add(address),
    countTransfer: (tokenId) => {
      const epoch = (epochs.get(tokenId) ?? 0n) + 1n
      epochs.set(tokenId, epoch)
      return epoch
    },
  }
}

type FactRow = StoredFact & {
  readonly blockNumber: bigint
  readonly logIndex: number
  readonly tokenId: bigint | null
}

const returned =
  'topic, finality, payload, block_number AS "blockNumber", log_index AS "logIndex", token_id AS "tokenId"'

/** Forgets the facts of the undone blocks above `ancestor` and returns them, the newest first. */
export const deleteFactsAbove = async (tx: Sql, ancestor: number): Promise<readonly FactRow[]> => {
  const rows = await tx.query<FactRow>(`DELETE FROM fact WHERE block_number > $1 RETURNING ${returned}`, [ancestor])
  return rows.toSorted((a, b) => inOrder(b, a))
}

/** Raises the finality of stored facts to what `settled` says and returns the ones it changed, the oldest first. */
export const raiseFacts = async (tx: Sql, settled: Settled): Promise<readonly StoredFact[]> => {
  const raise = async (finality: 'safe' | 'finalized', to: number) => {
    const rows = await tx.query<FactRow>(
      `UPDATE fact SET finality = $1
       WHERE finality <> 'finalized' AND finality <> $1 AND block_number <= $2 RETURNING ${returned}`,
      [finality, to],
    )
    return rows.toSorted(inOrder)
  }
  return [...(await raise('finalized', settled.finalized)), ...(await raise('safe', settled.safe))]
}

const inOrder = (a: FactRow, b: FactRow): number =>
  Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex || (a.topic < b.topic ? -1 : 1)
