import { type Hex, PPM, ppmOf } from '@knowton/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RoyaltyBook } from './royalty-book.ts'
import { royaltyStatement } from './royalty-statement.ts'

const addressOf = (seed: number): Hex => `0x${seed.toString(16).padStart(40, '0')}`
const [alice, bob, splitter] = [addressOf(0xa), addressOf(0xb), addressOf(0x5)]
const usd = addressOf(0xdd)

const book = (fields: Partial<RoyaltyBook>): RoyaltyBook => ({
  splitter,
  tokenIds: [7n],
  positions: [
    { position: 0, holder: alice, sharePpm: 600_000 },
    { position: 1, holder: bob, sharePpm: 400_000 },
  ],
  income: [],
  claims: [],
  ...fields,
})

test('a holder earns its floored share of what came in, claimed or not', () => {
  const claims = [{ position: 0, holder: alice, currency: usd, amount: 5n }]
  expect(royaltyStatement(alice, [book({ income: [{ currency: usd, received: 101n }], claims })])).toEqual([
    {
      splitter,
      tokenIds: [7n],
      currency: usd,
      sharePpm: 600_000,
      received: 101n,
      earned: 60n,
      claimed: 5n,
      claimable: 55n,
    },
  ])
})

test('what an earlier holder claimed stays its own; the new holder gets what was left', () => {
  const moved = book({
    positions: [{ position: 0, holder: bob, sharePpm: PPM }],
    income: [{ currency: usd, received: 100n }],
    claims: [{ position: 0, holder: alice, currency: usd, amount: 30n }],
  })
  expect(royaltyStatement(alice, [moved])).toMatchObject([{ sharePpm: 0, earned: 30n, claimed: 30n, claimable: 0n }])
  expect(royaltyStatement(bob, [moved])).toMatchObject([{ sharePpm: PPM, earned: 70n, claimed: 0n, claimable: 70n }])
})

test('royalties paid to an account without a splitter are earned and received at once', () => {
  const direct = book({ splitter: alice, positions: [], income: [{ currency: usd, received: 9n }] })
  expect(royaltyStatement(alice, [direct])).toMatchObject([{ sharePpm: PPM, earned: 9n, claimed: 9n, claimable: 0n }])
  expect(royaltyStatement(bob, [direct])).toEqual([])
})

test('money that came by other ways than a sale never makes a claimable amount negative', () => {
  const claims = [{ position: 0, holder: alice, currency: usd, amount: 80n }]
  const gifted = book({ income: [{ currency: usd, received: 100n }], claims })
  expect(royaltyStatement(alice, [gifted])).toMatchObject([{ earned: 80n, claimed: 80n, claimable: 0n }])
})

/** Plays income, claims and moves as the splitter contract does, floors and all. */
const played = fc
  .record({
    shares: fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 8 }),
    steps: fc.array(
      fc.record({
        kind: fc.constantFrom('pay', 'claim', 'move'),
        position: fc.nat(7),
        to: fc.nat(3),
        amount: fc.bigInt({ min: 0n, max: 2n ** 240n }),
      }),
      { maxLength: 40 },
    ),
  })
  .map(({ shares, steps }) => {
    const first = PPM - shares.slice(1).reduce((total, share) => total + share, 0)
    const positions = shares.map((share, position) => ({
      position,
      holder: addressOf(1 + (position % 4)),
      sharePpm: position === 0 ? first : share,
    }))
    let received = 0n
    const claims: { position: number; holder: Hex; currency: Hex; amount: bigint }[] = []
    for (const step of steps) {
      const position = positions[step.position % positions.length]
      if (position === undefined) continue
      const before = claims.filter((claim) => claim.position === position.position)
      const due = ppmOf(received, position.sharePpm) - before.reduce((total, claim) => total + claim.amount, 0n)
      if (step.kind === 'pay') received += step.amount
      else if (step.kind === 'move') position.holder = addressOf(1 + step.to)
      else if (due > 0n)
        claims.push({ position: position.position, holder: position.holder, currency: usd, amount: due })
    }
    return book({ positions, income: [{ currency: usd, received }], claims })
  })

test('the earnings of all accounts are exactly the shares of what came in, and never more than it', () => {
  fc.assert(
    fc.property(played, (split) => {
      const items = [1, 2, 3, 4].flatMap((seed) => royaltyStatement(addressOf(seed), [split]))
      const earned = items.reduce((total, item) => total + item.earned, 0n)
      const received = split.income[0]?.received ?? 0n
      expect(earned).toBe(split.positions.reduce((total, { sharePpm }) => total + ppmOf(received, sharePpm), 0n))
      expect(received - earned).toBeLessThan(BigInt(split.positions.length))
      for (const item of items) expect(item.earned).toBe(item.claimed + item.claimable)
    }),
  )
})
