import type { BlockSource } from '@knowton/adapters/chain'
import { silentLog } from '@knowton/adapters/postgres/testing'
import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createMemoryChain, type MemoryBlock, type MemoryChain } from '../testing/memory-chain.ts'
import { createFate, Killed, mortalDatabase } from '../testing/mortal.ts'
import { type BlockRecipe, blockRecipe, contracts } from '../testing/random-logs.ts'
import { openServiceDatabase, type ServiceDatabase } from '../testing/service-database.ts'
import type { FollowDeps } from './follow-deps.ts'
import { followOnce } from './follow-once.ts'

let service: ServiceDatabase
let reference: ServiceDatabase
beforeAll(async () => {
  service = await openServiceDatabase()
  reference = await openServiceDatabase()
})
afterAll(async () => {
  await service.close()
  await reference.close()
})
const empty = async () => {
  await service.empty()
  await reference.empty()
}
beforeEach(empty)

const { signal } = new AbortController()
const depsOf = (into: ServiceDatabase, blocks: BlockSource, maxBlocks: number): FollowDeps => ({
  db: into.db,
  publish: into.publish,
  blocks,
  contracts,
  log: silentLog,
  maxBlocks,
})

const step = async (deps: FollowDeps): Promise<boolean> => {
  const head = await deps.blocks.block('latest', signal)
  return head !== undefined && (await followOnce(deps, head, signal)) === 'moved'
}
const followAll = async (deps: FollowDeps): Promise<void> => {
  while (await step(deps));
}

const tables = ['chain_cursor', 'block', 'raw_log', 'fact', 'token']

/** What the service says of a chain it follows to its end in one go. */
const expectedOf = async (chain: MemoryChain) => {
  await followAll(depsOf(reference, chain.source, 1_000))
  return reference.dump(...tables)
}

/** What a reader of the topics believes at the end: the last word on each fact that was not taken back. */
const netOf = async (from: ServiceDatabase): Promise<ReadonlyMap<string, unknown>> => {
  const believed = new Map<string, unknown>()
  for (const { topic, payload } of await from.published()) {
    const key = `${topic} ${payload.factId}`
    if (payload.reverted === true) expect(believed.delete(key)).toBe(true)
    else believed.set(key, payload)
  }
  return new Map([...believed].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** What may happen to a chain and its follower. */
type Happening =
  | { readonly kind: 'grow'; readonly recipes: readonly BlockRecipe[] }
  | { readonly kind: 'fork'; readonly depth: number; readonly recipes: readonly BlockRecipe[] }
  | { readonly kind: 'settle'; readonly safe: number; readonly finalized: number }
  | { readonly kind: 'lag'; readonly by: number }
  | { readonly kind: 'step' }
  | { readonly kind: 'die'; readonly at: number }

const recipes = fc.array(blockRecipe, { minLength: 1, maxLength: 4 })
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ kind: fc.constant('grow' as const), recipes }),
  fc.record({ kind: fc.constant('fork' as const), depth: fc.integer({ min: 1, max: 6 }), recipes }),
  fc.record({ kind: fc.constant('settle' as const), safe: fc.nat(4), finalized: fc.nat(8) }),
  fc.record({ kind: fc.constant('lag' as const), by: fc.integer({ min: 1, max: 3 }) }),
  { arbitrary: fc.constant({ kind: 'step' as const }), weight: 4 },
  fc.record({ kind: fc.constant('die' as const), at: fc.nat(30) }),
)

/** Plays happenings; the follower sees the chain only in its own steps, and dies in some. */
const play = async (chain: MemoryChain, happenings: readonly Happening[], maxBlocks: number): Promise<void> => {
  const deps = depsOf(service, chain.source, maxBlocks)
  let head: MemoryBlock = chain.genesis
  let settled = { safe: 0, finalized: 0 }
  const show = () => chain.show({ head, ...settled })
  const growBy = (parts: readonly BlockRecipe[]) => {
    for (const recipe of parts) head = chain.grow(head, recipe(head.header.number + 1))
  }
  for (const happens of happenings) {
    if (happens.kind === 'grow') growBy(happens.recipes)
    if (happens.kind === 'fork') {
      const number = Math.max(settled.finalized, head.header.number - happens.depth)
      head = chain.at(head, number) ?? head
      settled = { ...settled, safe: Math.min(settled.safe, number) }
      growBy(happens.recipes)
    }
    if (happens.kind === 'settle') {
      const reach = (lag: number) => Math.max(0, head.header.number - lag)
      const finalized = Math.max(settled.finalized, reach(happens.finalized + happens.safe))
      settled = { finalized, safe: Math.max(finalized, settled.safe, reach(happens.safe)) }
    }
    show()
    if (happens.kind === 'lag') {
      const behind = chain.at(head, Math.max(settled.finalized, head.header.number - happens.by))
      chain.show({ head: behind ?? head, ...settled })
      await step(deps)
      show()
    }
    if (happens.kind === 'step') await step(deps)
    if (happens.kind === 'die') await dieIn(deps, happens.at)
  }
  await followAll(deps)
}

const dieIn = async (deps: FollowDeps, at: number) => {
  const dying = { ...deps, db: mortalDatabase(deps.db, createFate(at)) }
  await step(dying).catch((error: unknown) => {
    if (!(error instanceof Killed)) throw error
  })
}

test('I1 I2 I3 I4 I6 I7: whatever forks, restarts and steps come, the end is that of the canonical chain alone', async () => {
  await fc.assert(
    fc
      .asyncProperty(
        fc.array(happening, { minLength: 3, maxLength: 24 }),
        fc.integer({ min: 1, max: 9 }),
        async (all, size) => {
          const chain = createMemoryChain()
          await play(chain, all, size)
          expect(await service.dump(...tables)).toEqual(await expectedOf(chain))
          expect(await netOf(service)).toEqual(await netOf(reference))
          expect(await step(depsOf(service, chain.source, size))).toBe(false)
        },
      )
      .beforeEach(empty),
    { numRuns: 40 },
  )
}, 240_000)

/** A branch of `length` blocks whose contents are drawn from a fixed seed. */
const growBranch = (chain: MemoryChain, from: MemoryBlock, length: number, seed: number): MemoryBlock =>
  fc
    .sample(blockRecipe, { numRuns: length, seed })
    .reduce((head, recipe) => chain.grow(head, recipe(head.header.number + 1)), from)

test('I3: catching up by ranges ends as following every block does', async () => {
  const chain = createMemoryChain()
  const head = growBranch(chain, chain.genesis, 180, 1)
  chain.show({ head, safe: 170, finalized: 160 })
  await followAll(depsOf(service, chain.source, 64))
  const caughtUp = await service.dump(...tables)
  const slowly = depsOf(reference, chain.source, 7)
  for (let number = 20; number <= 180; number += 20) {
    const part = chain.at(head, number)
    if (part !== undefined)
      chain.show({ head: part, safe: Math.max(0, number - 10), finalized: Math.max(0, number - 20) })
    await followAll(slowly)
  }
  expect(caughtUp).toEqual(await reference.dump(...tables))
  expect(await netOf(service)).toEqual(await netOf(reference))
})

test('a fork that came while nobody followed is undone before catching up', async () => {
  const chain = createMemoryChain()
  const old = growBranch(chain, chain.genesis, 10, 2)
  chain.show({ head: old, safe: 0, finalized: 0 })
  await followAll(depsOf(service, chain.source, 64))
  const fork = chain.at(old, 4)
  if (fork === undefined) throw new Error('no such block')
  chain.show({ head: growBranch(chain, fork, 150, 3), safe: 145, finalized: 140 })
  await followAll(depsOf(service, chain.source, 64))
  expect(await service.dump(...tables)).toEqual(await expectedOf(chain))
  expect(await netOf(service)).toEqual(await netOf(reference))
})

test('I9: a fork below the finalized block stops following with a fault and changes nothing', async () => {
  const chain = createMemoryChain()
  const trunk = growBranch(chain, chain.genesis, 12, 4)
  chain.show({ head: trunk, safe: 9, finalized: 8 })
  const deps = depsOf(service, chain.source, 64)
  await followAll(deps)
  const before = await service.dump(...tables, 'events.log')
  const fork = chain.at(trunk, 6)
  if (fork === undefined) throw new Error('no such block')
  chain.show({ head: growBranch(chain, fork, 9, 5), safe: 9, finalized: 8 })
  await expect(step(deps)).rejects.toMatchObject({ code: 'chain.reorg-below-finality' })
  expect(await service.dump(...tables, 'events.log')).toEqual(before)
})

test('I5: a node that leaves out a log is not believed', async () => {
  const chain = createMemoryChain()
  chain.show({ head: growBranch(chain, chain.genesis, 20, 6), safe: 0, finalized: 0 })
  const lossy: BlockSource = {
    ...chain.source,
    logsOf: async (hash, on) => (await chain.source.logsOf(hash, on)).slice(1),
  }
  await expect(step(depsOf(service, lossy, 64))).rejects.toMatchObject({
    code: 'chain.incomplete-logs',
    retry: 'later',
  })
  expect(await service.published()).toEqual([])
})

test('two followers of one database do not undo or repeat each other', async () => {
  const chain = createMemoryChain()
  chain.show({ head: growBranch(chain, chain.genesis, 40, 7), safe: 30, finalized: 20 })
  const deps = depsOf(service, chain.source, 3)
  await Promise.all([followAll(deps), followAll(deps), followAll(deps)])
  expect(await service.dump(...tables)).toEqual(await expectedOf(chain))
  expect(await netOf(service)).toEqual(await netOf(reference))
})
