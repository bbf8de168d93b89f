import { workTokenAbi } from '@knowton/system/chain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mintFor } from '../testing/minting.ts'
import { answered, nothing, openWorkingService, type WorkingService } from '../testing/working-service.ts'
import { getToken } from './get-token.ts'

let service: WorkingService
beforeAll(async () => {
  service = await openWorkingService()
})
afterAll(() => service?.close())

test('a token is what the chain has: its owner, its transfer count, its metadata address', async () => {
  const creator = await service.chain.account()
  const { tokenId, voucher } = await mintFor(service, creator)
  const token = answered(await getToken({ ...nothing, params: { tokenId } }, service.call()))
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
  const answer = await getToken({ ...nothing, params: { tokenId: 1n } }, service.call())
  expect(answer).toMatchObject({ ok: false, refusal: { kind: 'token.unknown' } })
})
