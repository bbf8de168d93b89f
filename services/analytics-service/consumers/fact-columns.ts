import type { Row, TopicPayload } from './ingest.ts'

/** Any fact of the chain: the fields that all of them share. */
export type ChainFact = Pick<
  TopicPayload<'trades'>,
  | 'factId'
  | 'chainId'
  | 'blockNumber'
  | 'blockHash'
  | 'blockTime'
  | 'transactionHash'
  | 'logIndex'
  | 'finality'
  | 'reverted'
>

/** Where a fact stands on the chain, as columns. */
export const factColumns = (fact: ChainFact): Row => ({
  fact_id: fact.factId,
  chain_id: fact.chainId,
  block_number: fact.blockNumber,
  block_hash: fact.blockHash,
  block_time: fact.blockTime,
  transaction_hash: fact.transactionHash,
  log_index: fact.logIndex,
  finality: fact.finality,
  reverted: fact.reverted,
})
