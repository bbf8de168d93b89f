import { createPublicClient, http } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChainFacts } from './chain/facts.ts'
import { readChainFacts } from './chain/read-facts.ts'
import { chainChecks } from './checks/chain-itself.ts'
import { carryOut, type Outcome } from './ledger.ts'
import { type BusyChain, startBusyChain } from './testing/busy-chain.ts'

let chain: BusyChain
let facts: ChainFacts
let audited: (changed: ChainFacts) => Promise<readonly Outcome[]>

beforeAll(async () => {
  chain = await startBusyChain()
  const { run } = chain
  const client = createPublicClient({ transport: http(run.rpcUrl, { batch: true }) })
  const blockNumber = await client.getBlockNumber()
  facts = await readChainFacts(client, run, blockNumber)
  const { workToken, exchange } = run.contracts
  audited = async (changed) => (await chainChecks({ client, blockNumber, workToken, exchange }, changed)).map(carryOut)
})
afterAll(() => chain.close())

const failing = (outcomes: readonly Outcome[]) =>
  outcomes.filter((outcome) => outcome.differences.length > 0).map((outcome) => outcome.name)

test('reads every kind of fact that our contracts log', () => {
  const counts = Object.fromEntries(Object.entries(facts).map(([kind, list]) => [kind, list.length]))
  expect(counts).toMatchObject({
    transfers: 7,
    mints: 3,
    loweredRoyalties: 1,
    trades: 2,
    splits: 1,
    claims: 1,
    moves: 1,
  })
  expect(facts.credits.some((credit) => credit.change < 0n)).toBe(true)
})

test("the logs of a busy chain add up to the contracts' state, gifts to a splitter included", async () => {
  const outcomes = await audited(facts)
  expect(outcomes.flatMap((outcome) => outcome.differences)).toEqual([])
  const compared = Object.fromEntries(outcomes.map((outcome) => [outcome.name, outcome.compared]))
  expect(compared).toMatchObject({ 'chain.ownership': 3, 'chain.positions': 2, 'chain.splitters': 1 })
  expect(compared['chain.credits']).toBeGreaterThan(0)
})

const planted: readonly (readonly [string, (sound: ChainFacts) => ChainFacts, string])[] = [
  ['a transfer that is missing', (sound) => ({ ...sound, transfers: sound.transfers.slice(0, -1) }), 'chain.ownership'],
  ['a claim that is missing', (sound) => ({ ...sound, claims: [] }), 'chain.positions'],
  [
    'a claim of one unit more',
    (sound) => ({ ...sound, claims: sound.claims.map((claim) => ({ ...claim, amount: claim.amount + 1n })) }),
    'chain.positions',
  ],
  ['a position whose move is missing', (sound) => ({ ...sound, moves: [] }), 'chain.positions'],
  [
    'a credit of one unit less',
    (sound) => ({ ...sound, credits: sound.credits.map((credit) => ({ ...credit, change: credit.change - 1n })) }),
    'chain.credits',
  ],
  [
    'a royalty that never reached its splitter',
    (sound) => ({ ...sound, trades: sound.trades.map((trade) => ({ ...trade, royalty: trade.royalty + 1_000n })) }),
    'chain.splitters',
  ],
  [
    'debts beyond what is held',
    (sound) => ({ ...sound, credits: sound.credits.map((credit) => ({ ...credit, change: credit.change * 1_000n })) }),
    'chain.solvency',
  ],
]

test.each(planted)('names %s', async (_, plant, check) => {
  expect(failing(await audited(plant(facts)))).toContain(check)
})
