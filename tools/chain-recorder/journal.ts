import { appendFile, open, readFile } from 'node:fs/promises'
import * as z from 'zod'
import { type ChainBlock, callChain, callChainBatch, readBlock } from './rpc.ts'
import { writeDurably } from './snapshot.ts'

const entry = z.object({
  number: z.int(),
  hash: z.string(),
  parentHash: z.string(),
  /** Seconds since 1970. */
  timestamp: z.int(),
  /** Signed transactions in block order, hex. */
  transactions: z.array(z.string()),
})

/** A block by what it takes to mine it again: with the same parent, time and transactions it gets the same hash. */
export type JournalEntry = z.output<typeof entry>

/** The blocks mined since the last snapshot, oldest first; a line cut off by a crash is dropped. */
export const readJournal = async (file: string): Promise<readonly JournalEntry[]> => {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => {
    try {
      return [entry.parse(JSON.parse(line))]
    } catch {
      return []
    }
  })
}

/** Adds blocks; once it resolves they are on disk. */
export const appendJournal = async (file: string, entries: readonly JournalEntry[]): Promise<void> => {
  await appendFile(file, entries.map((one) => `${JSON.stringify(one)}\n`).join(''), { mode: 0o600 })
  const handle = await open(file, 'r+')
  await handle.datasync().finally(() => handle.close())
}

/** Keeps only `entries`, as after a snapshot that holds the older ones. */
export const replaceJournal = (file: string, entries: readonly JournalEntry[]): Promise<void> =>
  writeDurably(file, entries.map((one) => `${JSON.stringify(one)}\n`).join(''))

/** What the chain says about `block`, with its transactions as they were signed. */
export const journalEntry = async (rpcUrl: string, block: ChainBlock, signal: AbortSignal): Promise<JournalEntry> => {
  const calls = block.transactions.map((hash) => ({ method: 'eth_getRawTransactionByHash', params: [hash] }))
  return { ...block, transactions: z.array(z.string()).parse(await callChainBatch(rpcUrl, calls, signal)) }
}

/**
 * Mines the blocks that `journal` has beyond the chain's head again and says how many.
 * Stops at the first that does not come out the same (somebody wrote state past the transactions): later ones cannot either.
 */
export const replayJournal = async (
  rpcUrl: string,
  journal: readonly JournalEntry[],
  signal: AbortSignal,
): Promise<{ readonly replayed: number; readonly lost: number }> => {
  const call = (method: string, ...params: readonly unknown[]) => callChain(rpcUrl, method, params, signal)
  let head = await readBlock(rpcUrl, 'latest', signal)
  const missing = journal.filter((one) => one.number > head.number)
  await call('evm_setAutomine', false)
  for (const [replayed, next] of missing.entries()) {
    if (next.parentHash !== head.hash) return { replayed, lost: missing.length - replayed }
    await call('evm_setTime', next.timestamp)
    await call('evm_setNextBlockTimestamp', next.timestamp)
    for (const transaction of next.transactions) await call('eth_sendRawTransaction', transaction)
    await call('evm_mine')
    head = await readBlock(rpcUrl, 'latest', signal)
    if (head.hash !== next.hash) return { replayed, lost: missing.length - replayed }
  }
  return { replayed: missing.length, lost: 0 }
}
