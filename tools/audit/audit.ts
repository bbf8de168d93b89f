import type { RunRecord } from '@knowton/derive'
import { createPublicClient, http, type PublicClient } from 'viem'
import { readChainFacts } from './chain/read-facts.ts'
import { analyticsChecks } from './checks/analytics.ts'
import { chainChecks } from './checks/chain-itself.ts'
import { orderStateCheck } from './checks/order-state.ts'
import { publishedFactChecks } from './checks/published-facts.ts'
import { recordedStateChecks } from './checks/recorded-state.ts'
import { relayedRequestChecks } from './checks/relayed-requests.ts'
import { type Check, carryOut, entry } from './ledger.ts'
import { type RunningPlatform, reachPlatform } from './platform/running-platform.ts'
import type { Report } from './report.ts'
import { parkedKeys, settle } from './settle.ts'

/** While the platform is trading, a comparison can straddle a trade: it is made again this often before it counts. */
const ATTEMPTS = 3

/** Recomputes the books from the chain alone and compares them with everything the platform has recorded. */
export const audit = async (
  run: RunRecord,
  signal: AbortSignal,
  onWaiting: (what: string) => void,
): Promise<Report> => {
  const client = createPublicClient({ transport: http(run.rpcUrl, { batch: true, timeout: 30_000 }) })
  const running = reachPlatform(run)
  for (let attempt = 1; ; attempt += 1) {
    const { blockNumber } = await settle({ client, running, run }, signal, onWaiting)
    const checks = await allChecks(client, running, run, blockNumber)
    const report = { blockNumber, outcomes: checks.map(carryOut) }
    const sound = report.outcomes.every((outcome) => outcome.differences.length === 0)
    if (sound || attempt === ATTEMPTS || (await isQuiet(client, blockNumber))) return report
    onWaiting('the platform to hold still: the chain moved on while the books were compared')
  }
}

const isQuiet = async (client: PublicClient, blockNumber: bigint): Promise<boolean> =>
  (await client.getBlock({ blockTag: 'finalized' })).number === blockNumber

/** Every check at one block; the services are taken to have heard of all that happened up to it. */
export const allChecks = async (
  client: PublicClient,
  running: RunningPlatform,
  run: RunRecord,
  blockNumber: bigint,
): Promise<readonly Check[]> => {
  const facts = await readChainFacts(client, run, blockNumber)
  const { workToken, exchange } = run.contracts
  const chain = { client, blockNumber, workToken, exchange }
  return [
    ...(await chainChecks(chain, facts)),
    ...(await publishedFactChecks(running, facts)),
    ...(await relayedRequestChecks(running, facts)),
    ...(await recordedStateChecks(running, facts)),
    await orderStateCheck(chain, running),
    ...(await analyticsChecks(running, run, facts)),
    await parkedCheck(running),
  ]
}

const parkedCheck = async (running: RunningPlatform): Promise<Check> => {
  const keys = await parkedKeys(running)
  return {
    name: 'events.parked',
    says: 'No consumer has set a key aside',
    expected: new Map([...keys.keys()].map((consumer) => [consumer, entry({ parkedKeys: 0 })])),
    found: new Map([...keys].map(([consumer, count]) => [consumer, entry({ parkedKeys: count })])),
  }
}
