import { Fault, wait } from '@knowton/core'
import { appendJournal, type JournalEntry, journalEntry, replaceJournal } from './journal.ts'
import { type ChainBlock, callChain, readBlock } from './rpc.ts'
import { saveSnapshot } from './snapshot.ts'

/** anvil with one slot an epoch calls a block finalized when two blocks lie on it. */
const FINALITY_DEPTH = 2
/** So long after the last transaction the blocks that make it final are mined. */
const QUIET_MS = 100
/** A snapshot is taken when the chain has been still for so long, or, under load, when the last is so old. */
const SNAPSHOT_STILL_MS = 2_000
const SNAPSHOT_AGE_MS = 30_000

type Recorded = { head: ChainBlock; busy: number; journal: readonly JournalEntry[]; changedAt: number; savedAt: number }

export type ChainFiles = { readonly snapshot: string; readonly journal: string }

/**
 * Records the local chain until the signal fires: writes each block down before it can become final, mines empty blocks
 * until the last transaction is final (an idle chain does not grow), and takes a snapshot now and then.
 */
export const recordChain = async (
  rpcUrl: string,
  files: ChainFiles,
  clock: () => number,
  signal: AbortSignal,
): Promise<void> => {
  const heads = watchHeads(rpcUrl, signal)
  await heads.opened
  const head = await readBlock(rpcUrl, 'latest', signal)
  const recorded: Recorded = {
    head,
    busy: head.number - FINALITY_DEPTH,
    journal: [],
    changedAt: clock(),
    savedAt: clock(),
  }
  await snapshot(rpcUrl, files, recorded, signal)
  while (!signal.aborted) {
    if (await record(rpcUrl, files, recorded, signal)) recorded.changedAt = clock()
    const quietMs = clock() - recorded.changedAt
    const missing = recorded.busy + FINALITY_DEPTH - recorded.head.number
    if (missing > 0 && quietMs >= QUIET_MS) {
      await callChain(rpcUrl, 'anvil_mine', [`0x${missing.toString(16)}`], signal)
    } else if (
      recorded.journal.length > 0 &&
      (quietMs >= SNAPSHOT_STILL_MS || clock() - recorded.savedAt >= SNAPSHOT_AGE_MS)
    ) {
      await snapshot(rpcUrl, files, recorded, signal)
      recorded.savedAt = clock()
    } else {
      await heads.next(missing > 0 ? QUIET_MS : recorded.journal.length > 0 ? SNAPSHOT_STILL_MS : undefined)
    }
  }
}

/** Writes new blocks down; a head that does not follow from what was written makes a new snapshot. True when anything changed. */
const record = async (rpcUrl: string, files: ChainFiles, recorded: Recorded, signal: AbortSignal): Promise<boolean> => {
  const latest = await readBlock(rpcUrl, 'latest', signal)
  if (latest.hash === recorded.head.hash) return false
  const fresh: JournalEntry[] = []
  let last = recorded.head
  for (let number = recorded.head.number + 1; number <= latest.number; number += 1) {
    const block = number === latest.number ? latest : await readBlock(rpcUrl, number, signal)
    if (block.parentHash !== last.hash) break
    fresh.push(await journalEntry(rpcUrl, block, signal))
    if (block.transactions.length > 0) recorded.busy = number
    last = block
  }
  if (last.hash !== latest.hash) {
    recorded.head = latest
    recorded.busy = latest.number
    await snapshot(rpcUrl, files, recorded, signal)
    return true
  }
  await appendJournal(files.journal, fresh)
  recorded.journal = [...recorded.journal, ...fresh]
  recorded.head = latest
  return true
}

const snapshot = async (rpcUrl: string, files: ChainFiles, recorded: Recorded, signal: AbortSignal): Promise<void> => {
  const upTo = recorded.head.number
  await saveSnapshot({ rpcUrl, file: files.snapshot }, signal)
  recorded.journal = recorded.journal.filter((one) => one.number > upTo)
  await replaceJournal(files.journal, recorded.journal)
}

/** Wakes at each new head; `next` resolves then, after `ms`, or when the chain or the signal ends. */
const watchHeads = (rpcUrl: string, signal: AbortSignal) => {
  const socket = new WebSocket(rpcUrl.replace(/^http/, 'ws'))
  let woken = new AbortController()
  const wake = () => woken.abort()
  signal.addEventListener('abort', () => socket.close(), { once: true })
  socket.addEventListener('message', wake)
  socket.addEventListener('close', wake)
  const opened = new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => {
      socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_subscribe', params: ['newHeads'] }))
      resolve()
    })
    socket.addEventListener('error', () =>
      reject(new Fault('chain.unreachable', `The chain at ${rpcUrl} takes no subscription.`, { retry: 'later' })),
    )
  })
  /** Longest wait without a head: keeps the platform's timers within their 32 bits. */
  const forever = 2 ** 31 - 1
  const next = async (ms: number | undefined): Promise<void> => {
    await wait(ms ?? forever, AbortSignal.any([woken.signal, signal])).catch(() => {})
    woken = new AbortController()
    if (socket.readyState !== WebSocket.OPEN && !signal.aborted) {
      throw new Fault('chain.unreachable', `The chain at ${rpcUrl} closed its subscription.`, { retry: 'later' })
    }
  }
  return { opened, next }
}
