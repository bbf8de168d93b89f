import { createPublicClient, http, type PublicClient } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allChecks } from './audit.ts'
import type { ChainFacts } from './chain/facts.ts'
import { readChainFacts } from './chain/read-facts.ts'
import { carryOut } from './ledger.ts'
import { type BusyChain, startBusyChain } from './testing/busy-chain.ts'
import { faithfulRecords, platformOf, type Records } from './testing/recorded-platform.ts'

let chain: BusyChain
let client: PublicClient
let blockNumber: bigint
let facts: ChainFacts

beforeAll(async () => {
  chain = await startBusyChain()
  client = createPublicClient({ transport: http(chain.run.rpcUrl, { batch: true }) })
  blockNumber = await client.getBlockNumber()
  facts = await readChainFacts(client, chain.run, blockNumber)
})
afterAll(() => chain.close())

const outcomesFor = async (records: Records) =>
  (await allChecks(client, platformOf(records), chain.run, blockNumber)).map(carryOut)

const failing = async (records: Records) =>
  (await outcomesFor(records)).filter((outcome) => outcome.differences.length > 0).map((outcome) => outcome.name)

test('the books of a platform that followed the chain faithfully close, and every check compared something', async () => {
  const outcomes = await outcomesFor(faithfulRecords(facts))
  expect(outcomes.flatMap((outcome) => outcome.differences)).toEqual([])
  const idle = outcomes.filter((outcome) => outcome.compared === 0).map((outcome) => outcome.name)
  expect(idle).toEqual(['chain.fills', 'intents.settlements', 'matches'])
})

const changeFirst = <T extends Readonly<Record<string, unknown>>>(
  items: readonly T[],
  change: Partial<Record<string, unknown>>,
) => items.map((item, index) => (index === 0 ? { ...item, ...change } : item))
const changeFact = (records: Records, topic: string, change: Readonly<Record<string, unknown>>): Records => ({
  ...records,
  facts: { ...records.facts, [topic]: changeFirst(records.facts[topic] ?? [], change) },
})

const planted: readonly (readonly [what: string, spoil: (sound: Records) => Records, check: string])[] = [
  [
    'a published transfer to someone else',
    (sound) => changeFact(sound, 'token-transfers', { to: '0xbad' }),
    'facts.transfers',
  ],
  ['a fact that was wrongly reverted', (sound) => changeFact(sound, 'trades', { reverted: true }), 'facts.trades'],
  [
    'a mint published twice',
    (sound) => ({
      ...sound,
      facts: {
        ...sound.facts,
        'nft-minted': [...(sound.facts['nft-minted'] ?? []), { ...sound.facts['nft-minted']?.[0], factId: 'twice' }],
      },
    }),
    'facts.mints',
  ],
  [
    'a royalty of one unit more',
    (sound) => ({
      ...sound,
      facts: {
        ...sound.facts,
        'royalty-distributions': (sound.facts['royalty-distributions'] ?? []).map((fact) =>
          fact.kind === 'paid' ? { ...fact, amount: BigInt(String(fact.amount)) + 1n } : fact,
        ),
      },
    }),
    'facts.royalties',
  ],
  ['an owner that is not', (sound) => ({ ...sound, tokens: changeFirst(sound.tokens, { owner: '0xbad' }) }), 'tokens'],
  [
    'a transfer count that is off by one',
    (sound) => ({ ...sound, tokens: changeFirst(sound.tokens, { epoch: 99n }) }),
    'tokens',
  ],
  [
    'a token that nobody minted',
    (sound) => ({ ...sound, tokens: [...sound.tokens, { ...sound.tokens[0], tokenId: 5n }] }),
    'tokens',
  ],
  [
    'a minted work that is still waiting',
    (sound) => ({ ...sound, works: changeFirst(sound.works, { state: 'minting' }) }),
    'works',
  ],
  [
    'an order that filled and is thought open',
    (sound) => ({ ...sound, orders: changeFirst(sound.orders, { filled: 0, state: 'open' }) }),
    'orders',
  ],
  [
    'a match that settled nowhere',
    (sound) => ({ ...sound, matches: [{ askHash: '0x1', bidHash: '0x2', state: 'settled' }] }),
    'matches',
  ],
  [
    'an intent that says it never happened',
    (sound) => ({ ...sound, relay: { ...sound.relay, state: 'failed' } }),
    'intents.mints',
  ],
  [
    'an intent that says it happened',
    (sound) => ({ ...sound, relay: { state: 'final', transactionHashes: ['0x1'] } }),
    'intents.mints',
  ],
  [
    'a volume of one unit more',
    (sound) => ({ ...sound, volume: changeFirst(sound.volume, { volume: 1_000_781n }) }),
    'analytics.volume',
  ],
  ['a trade that analytics lost', (sound) => ({ ...sound, trades: sound.trades.slice(1) }), 'analytics.trades'],
  [
    'a holder with one token more',
    (sound) => ({ ...sound, holders: changeFirst(sound.holders, { tokens: 9 }) }),
    'analytics.holders',
  ],
  ['royalty books that are missing', (sound) => ({ ...sound, books: [] }), 'analytics.royalties'],
  ['a key that was set aside', (sound) => ({ ...sound, parkedKeys: 1 }), 'events.parked'],
]

test.each(planted)('names %s', async (_, spoil, check) => {
  expect(await failing(spoil(faithfulRecords(facts)))).toEqual([check])
})
