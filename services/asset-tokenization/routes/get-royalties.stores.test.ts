import { accepted } from '@knowton/kit/testing'
import { royaltySplitterAbi, workTokenAbi } from '@knowton/system/chain'
import { encodeFunctionData } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findToken } from '../follow/token-store.ts'
import { allowTrading } from '../testing/trading.ts'
import { mintFor, openWorkingService, type WorkingService, watch } from '../testing/working-service.ts'
import { mintRequest, settlementRequest } from '../testing/works.ts'

let service: WorkingService
beforeAll(async () => {
  service = await openWorkingService()
})
afterAll(() => service?.close())

const royaltiesOf = async (tokenId: bigint) => accepted(await service.call('getRoyalties', { params: { tokenId } }))

test('a settled trade pays the splitter; its holders see and claim their exact shares', async () => {
  const [seller, buyer] = [await service.chain.account(), await service.chain.account()]
  const { tokenId, voucher } = await mintFor(service, seller)
  await allowTrading(service.chain, seller, buyer)
  const match = await settlementRequest(service.chain, seller, buyer, { tokenId, price: 500_001n, nonce: 1n })
  await service.hear({ topic: 'ordersMatched', payload: match })
  expect((await watch(service, match.requestId)).at(-1)?.state).toBe('final')
  expect(await findToken(service.stores.db, tokenId)).toMatchObject({ owner: buyer.address.toLowerCase(), epoch: 2n })
  const before = await royaltiesOf(tokenId)
  // 5 % of 500 001 is 25 000, of which 75 % and 25 %.
  expect(before.received).toContainEqual({ currency: service.chain.testUsd, total: 25_000n })
  const dollars = (royalties: typeof before) =>
    royalties.positions.map(({ amounts }) => amounts.find(({ currency }) => currency === service.chain.testUsd))
  expect(dollars(before)).toMatchObject([
    { claimable: 18_750n, claimed: 0n },
    { claimable: 6_250n, claimed: 0n },
  ])
  const claim = encodeFunctionData({
    abi: royaltySplitterAbi,
    functionName: 'claim',
    args: [0n, service.chain.testUsd],
  })
  await service.chain.send(buyer, voucher.royaltyReceiver, claim)
  expect(dollars(await royaltiesOf(tokenId))).toMatchObject([
    { claimable: 0n, claimed: 18_750n },
    { claimable: 6_250n, claimed: 0n },
  ])
  // A further mint is final only after everything before it has been followed.
  await mintFor(service, seller)
  const told = await service.published('royaltyDistributions', voucher.royaltyReceiver)
  const finals = told.filter(({ finality }) => finality === 'finalized')
  expect(finals).toMatchObject([
    { kind: 'split-created' },
    { kind: 'paid', amount: 25_000n },
    { kind: 'claimed', amount: 18_750n },
  ])
})

test('of a token minted elsewhere whose receiver is no splitter, the receiver holds the whole', async () => {
  const creator = await service.chain.account()
  const receiver = (await service.chain.account()).address.toLowerCase() as `0x${string}`
  const { voucher, signature, tokenId } = await mintRequest(service.chain, creator, { royaltyReceiver: receiver })
  const mint = encodeFunctionData({ abi: workTokenAbi, functionName: 'mint', args: [voucher, signature] })
  await service.chain.send(creator, service.chain.contracts.workToken, mint)
  await mintFor(service, creator)
  const royalties = await royaltiesOf(tokenId)
  expect(royalties.splitter).toBe(receiver)
  expect(royalties.positions).toMatchObject([{ position: 0, holder: receiver, sharePpm: 1_000_000 }])
})

test('refuses a token that was never minted', async () => {
  const answer = await service.call('getRoyalties', { params: { tokenId: 1n } })
  expect(answer).toMatchObject({ ok: false, problem: { code: 'token.unknown' } })
})
