import { wait } from '@knowton/core'
import type { RunRecord } from '@knowton/derive'
import { platform, type ServiceName } from '@knowton/system'
import type { PublicClient } from 'viem'
import type { RunningPlatform } from './platform/running-platform.ts'

const POLL_MS = 250

/** Where the audit compares: everything up to this block is final, and every service has heard of it. */
export type Settled = { readonly blockNumber: bigint }

/**
 * Waits until nothing of ours is on its way: no event of our contracts in a block that is not final, asset-tokenization
 * at the final block, no consumer behind. Tells `onWaiting` what it waits for whenever that changes; gives up with the
 * signal's reason.
 */
export const settle = async (
  {
    client,
    running,
    run,
  }: { readonly client: PublicClient; readonly running: RunningPlatform; readonly run: RunRecord },
  signal: AbortSignal,
  onWaiting: (what: string) => void,
): Promise<Settled> => {
  let told = ''
  for (;;) {
    const { number: blockNumber } = await client.getBlock({ blockTag: 'finalized' })
    const reason =
      (await unfinal(client, run, blockNumber)) ?? (await following(running, blockNumber)) ?? (await lagging(running))
    if (reason === undefined) return { blockNumber }
    if (reason !== told) onWaiting(reason)
    told = reason
    await wait(POLL_MS, signal)
  }
}

const unfinal = async (client: PublicClient, run: RunRecord, finalized: bigint): Promise<string | undefined> => {
  const { workToken, exchange, splitterFactory } = run.contracts
  const logs = await client.getLogs({
    address: [workToken, exchange, splitterFactory],
    fromBlock: finalized + 1n,
    toBlock: 'latest',
  })
  const recent = logs.filter((log) => log.blockNumber > finalized)
  return recent.length === 0 ? undefined : `block ${recent.at(-1)?.blockNumber} to be final (${finalized} is)`
}

const following = async ({ api }: RunningPlatform, finalized: bigint): Promise<string | undefined> => {
  const { head } = await api['asset-tokenization'].getContracts()
  if (head !== null && BigInt(head.number) >= finalized) return undefined
  return `asset-tokenization to reach block ${finalized} (it is at ${head?.number ?? 'none'})`
}

const lagging = async ({ status }: RunningPlatform): Promise<string | undefined> => {
  const names = Object.keys(platform.services) as ServiceName[]
  const behind = (await Promise.all(names.map(status))).flatMap(({ service, consumers }) =>
    consumers
      .filter((consumer) => consumer.lag !== 0)
      .map(({ topic, lag }) => `${service} to read ${topic} (${lag ?? 'unknown'} behind)`),
  )
  return behind[0]
}

/** The keys that wait for an operator: what lies in them is not counted anywhere. */
export const parkedKeys = async ({ status }: RunningPlatform): Promise<ReadonlyMap<string, number>> => {
  const names = Object.keys(platform.services) as ServiceName[]
  const all = await Promise.all(names.map(status))
  return new Map(
    all.flatMap(({ service, consumers }) =>
      consumers.map(({ topic, parkedKeys: keys }) => [`${service} ${topic}`, keys] as const),
    ),
  )
}
