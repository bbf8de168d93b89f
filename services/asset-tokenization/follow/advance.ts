import type { BlockHeader } from '@knowton/adapters/chain'
import type { Hex } from '@knowton/core'
import type { Sql } from '@knowton/kit'
import { toEventSelector } from 'viem'
import { dropHeadersBelow, insertHeaders, insertLogs } from './block-store.ts'
import { publishAgain, publishFact } from './chain-fact.ts'
import { type ChainCursor, lockCursor, type Settled, saveCursor } from './cursor-store.ts'
import { insertFacts, openLedger, type PlacedFact, raiseFacts } from './fact-store.ts'
import { factsOf } from './facts-of.ts'
import type { Block, FollowDeps } from './follow-deps.ts'
import { projectTokens } from './token-store.ts'

/** The next stretch of the chain: blocks to apply, the last of them, and how settled everything is after it. */
export type Stretch = {
  readonly blocks: readonly Block[]
  /** Undefined when only the finality rises. */
  readonly tip: BlockHeader | undefined
  readonly settled: Settled
}

/**
 * Applies a stretch: headers, logs, facts, their publication, tokens and cursor commit together. False when another
 * process has moved the cursor since `from` was read; then nothing has changed.
 */
export const advance = (deps: FollowDeps, from: ChainCursor, stretch: Stretch): Promise<boolean> =>
  deps.db.transaction(async (tx) => {
    if (!(await lockCursor(tx, deps.contracts, from))) return false
    await applyBlocks(deps, tx, stretch)
    for (const fact of await raiseFacts(tx, stretch.settled)) await publishAgain(deps.publish, tx, fact, 'stands')
    await dropHeadersBelow(tx, stretch.settled.finalized)
    const { number, hash } = stretch.tip ?? from
    await saveCursor(tx, deps.contracts, { number, hash, settled: stretch.settled })
    return true
  })

const applyBlocks = async (deps: FollowDeps, tx: Sql, { blocks, tip, settled }: Stretch): Promise<void> => {
  const headers = blocks.map(({ header }) => header)
  const withTip = tip === undefined || headers.at(-1)?.hash === tip.hash ? headers : [...headers, tip]
  await insertHeaders(
    tx,
    withTip.filter(({ number }) => number >= settled.finalized),
  )
  const facts = await readFacts(deps, tx, blocks, settled)
  if (facts.length === 0) return
  const sources = new Set(facts.map(({ blockHash, logIndex }) => `${blockHash}:${logIndex}`))
  const logs = blocks.flatMap(({ logs }) => logs)
  await insertLogs(
    tx,
    logs.filter(({ blockHash, logIndex }) => sources.has(`${blockHash}:${logIndex}`)),
  )
  await insertFacts(tx, facts)
  await projectTokens(tx, tokensOf(facts))
  for (const { fact } of facts) await publishFact(deps.publish, tx, fact)
}

const readFacts = async (
  { contracts }: FollowDeps,
  tx: Sql,
  blocks: readonly Block[],
  settled: Settled,
): Promise<readonly PlacedFact[]> => {
  const logs = blocks.flatMap((block) => block.logs)
  if (logs.length === 0) return []
  const ledger = await openLedger(tx, [...new Set(logs.map(({ address }) => address))], movedTokens(logs))
  return blocks.flatMap(({ header, logs }) => {
    const finality = finalityOf(header.number, settled)
    const place = { blockNumber: header.number, blockHash: header.hash, finality }
    return logs.flatMap((log) =>
      factsOf({ log, header, finality, contracts, ledger }).map((fact) => ({ ...place, fact, logIndex: log.logIndex })),
    )
  })
}

const transferEvent = toEventSelector('Transfer(address,address,uint256)')

/** Ids in the third indexed place of ERC-721 transfers; ERC-20 transfers have none there. */
const movedTokens = (logs: readonly { readonly topics: readonly Hex[] }[]): readonly bigint[] => [
  ...new Set(
    logs.flatMap(({ topics: [event, , , id] }) => (event === transferEvent && id !== undefined ? [BigInt(id)] : [])),
  ),
]

const tokensOf = (facts: readonly PlacedFact[]): readonly bigint[] => [
  ...new Set(facts.flatMap(({ fact }) => ('tokenId' in fact.payload ? [fact.payload.tokenId] : []))),
]

const finalityOf = (number: number, settled: Settled): PlacedFact['finality'] => {
  if (number <= settled.finalized) return 'finalized'
  return number <= settled.safe ? 'safe' : 'pending'
}
