import { expect, test } from 'vitest'
import { platform } from './index.ts'

const services = Object.values(platform.services)

test('services stand under their own names', () => {
  for (const [name, declared] of Object.entries(platform.services)) expect(declared.name).toBe(name)
})

test("the document's topics keep its partitions and retention", () => {
  const { nftMinted, trades, royaltyDistributions } = platform.services['asset-tokenization'].publishes
  expect(
    [nftMinted, trades, royaltyDistributions].map((topic) => [topic.name, topic.partitions, topic.retentionDays]),
  ).toEqual([
    ['nft-minted', 12, 7],
    ['trades', 12, 30],
    ['royalty-distributions', 6, 30],
  ])
})

test('every route that creates or moves value asks for an idempotency key', () => {
  const posts = services.flatMap((service) =>
    Object.values(service.routes).filter((route) => route.method === 'POST' && route.access === 'user'),
  )
  expect(posts.length).toBeGreaterThan(0)
  expect(posts.filter((route) => !('idempotent' in route)).map((route) => route.path)).toEqual([])
})

test('every error says a whole sentence with a status that is an error', () => {
  for (const [code, entry] of Object.entries(platform.errors)) {
    expect(code).toMatch(/^[a-z]+\.[a-z-]+$/)
    expect(entry.status).toBeGreaterThanOrEqual(400)
    expect(entry.says).toMatch(/^[A-Z].*\.$/)
  }
})
