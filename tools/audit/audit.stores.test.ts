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

type Item = Readonly<Record<string, unknown>>

const changeFirst = (items: readonly Item[] | undefined, change: Item): readonly Item[] =>
  (items ?? []).map((item, index) => (index === 0 ? { ...item, ...change } : item))

const withFacts = (sound: Records, topic: string, change: (facts: readonly Item[]) => readonly Item[]): Records => ({
  ...sound,
  facts: { ...sound.facts, [topic]: change(sound.facts[topic] ?? []) },
})

type Planted = readonly [what: string, checks: readonly string[], spoil: (sound: Records) => Records]

const plantedFacts: readonly Planted[] = [
  [
    'a published transfer to someone else',
    ['facts.transfers'],
    (sound) => withFacts(sound, 'token-transfers', (facts) => changeFirst(facts, { to: '0xbad' })),
  ],
  [
    'a trade that was wrongly taken back',
    ['facts.trades'],
    (sound) => withFacts(sound, 'trades', (facts) => changeFirst(facts, { reverted: true })),
  ],
  [
    'a mint that never was',
    ['facts.mints'],
    (sound) => withFacts(sound, 'nft-minted', (facts) => [...facts, { ...facts[0], factId: 'another' }]),
  ],
  [
    'a royalty of one unit more',
    ['facts.royalties'],
    (sound) =>
      withFacts(sound, 'royalty-distributions', (facts) =>
        facts.map((fact) => (fact.kind === 'paid' ? { ...fact, amount: BigInt(String(fact.amount)) + 1n } : fact)),
      ),
  ],
]

const plantedStates: readonly Planted[] = [
  [
    'an owner that is not',
    ['tokens'],
    (sound) => ({ ...sound, tokens: changeFirst(sound.tokens, { owner: '0xbad' }) }),
  ],
  ['a wrong transfer count', ['tokens'], (sound) => ({ ...sound, tokens: changeFirst(sound.tokens, { epoch: 99n }) })],
  [
    'a token that nobody minted',
    ['tokens'],
    (sound) => ({ ...sound, tokens: [...sound.tokens, { ...sound.tokens[0], tokenId: 5n }] }),
  ],
  [
    'a minted work that is thought waiting',
    ['works'],
    (sound) => ({ ...sound, works: changeFirst(sound.works, { state: 'minting' }) }),
  ],
  [
    'an order that filled and is thought open',
    ['orders', 'orders.chain'],
    (sound) => ({ ...sound, orders: changeFirst(sound.orders, { filled: 0, state: 'open' }) }),
  ],
  [
    'an order thought filled whose nonce is unused',
    ['orders.chain'],
    (sound) => ({
      ...sound,
      orders: changeFirst(sound.orders, { order: { ...Object(sound.orders[0]?.order), nonce: 2n ** 200n } }),
    }),
  ],
  [
    'a match that settled nowhere',
    ['matches'],
    (sound) => ({ ...sound, matches: [{ askHash: '0x1', bidHash: '0x2', state: 'settled' }] }),
  ],
  [
    'an intent that says a mint never happened',
    ['intents.mints'],
    (sound) => ({ ...sound, relay: { ...sound.relay, state: 'failed' } }),
  ],
  [
    'an intent that says a mint happened elsewhere',
    ['intents.mints'],
    (sound) => ({ ...sound, relay: { state: 'final', transactionHashes: ['0x1'] } }),
  ],
  ['a key that was set aside', ['events.parked'], (sound) => ({ ...sound, parkedKeys: 1 })],
]

const plantedNumbers: readonly Planted[] = [
  [
    'a volume of one unit more',
    ['analytics.volume'],
    (sound) => ({ ...sound, volume: changeFirst(sound.volume, { volume: 1_000_781n }) }),
  ],
  ['a trade that analytics lost', ['analytics.trades'], (sound) => ({ ...sound, trades: sound.trades.slice(1) })],
  [
    'a holder with one token more',
    ['analytics.holders'],
    (sound) => ({ ...sound, holders: changeFirst(sound.holders, { tokens: 9 }) }),
  ],
  ['royalty books that are missing', ['analytics.royalties'], (sound) => ({ ...sound, books: [] })],
]

test.each([...plantedFacts, ...plantedStates, ...plantedNumbers])('names %s in %j alone', async (_, checks, spoil) => {
  expect(await failing(spoil(faithfulRecords(facts)))).toEqual(checks)
})
