import { accepted } from '@knowton/kit/testing'
import { workTokenAbi } from '@knowton/system/chain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mintFor, openWorkingService, type WorkingService } from '../testing/working-service.ts'

let service: WorkingService
beforeAll(async () => {
  service = await openWorkingService()
})
afterAll(() => service?.close())

test('a token is what the chain has: its owner, its transfer count, its metadata address', async () => {
  const creator = await service.chain.account()
  const { tokenId, voucher } = await mintFor(service, creator)
  const token = accepted(await service.call('getToken', { params: { tokenId } }))
  expect(token).toMatchObject({ owner: voucher.to, creator: voucher.creator, epoch: 1n, finality: 'finalized' })
  const uri = {
    address: service.chain.contracts.workToken,
    abi: workTokenAbi,
    functionName: 'tokenURI',
    args: [tokenId],
  } as const
  expect(token.tokenUri).toBe(await service.chain.client.readContract(uri))
})

test('refuses a token that was never minted', async () => {
  const answer = await service.call('getToken', { params: { tokenId: 1n } })
  expect(answer).toMatchObject({ ok: false, problem: { code: 'token.unknown' } })
})
