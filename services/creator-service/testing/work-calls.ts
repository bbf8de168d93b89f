import { randomBytes } from 'node:crypto'
import { TEST_CHAIN_ID } from '@knowton/adapters/chain/testing'
import type { Hex } from '@knowton/core'
import { mintVoucherTypes, workTokenDomain } from '@knowton/system/chain'
import { type Answer, type Caller, call, upload } from './caller.ts'
import type { OpenService } from './open-service.ts'

/** Two collaborators. */
export const SHARES = [
  { address: `0x${'1'.repeat(40)}`, sharePpm: 700_000 },
  { address: `0x${'2'.repeat(40)}`, sharePpm: 300_000 },
] as const

/** What creators do with works, against one service and contract. */
export const createWorkCalls = (service: OpenService, workToken: Hex) => {
  const register = async (caller: Caller, terms: object = {}, bytes: Uint8Array<ArrayBuffer> = randomBytes(64)) => {
    const { id: uploadId } = await upload(service, caller, bytes, 'étude.bin')
    const body = { uploadId, title: 'Étude', description: 'One', shares: SHARES, royaltyBps: 500, ...terms }
    return call(service, 'POST /content', { token: caller.token, body })
  }
  const voucherOf = async (caller: Caller, workId: string, query = ''): Promise<Answer['json']> =>
    (await call(service, `GET /content/${workId}/voucher${query}`, { token: caller.token })).json.voucher
  /** Signs a voucher as it came over the wire. */
  const sign = (caller: Caller, voucher: Answer['json'], contract = workToken, chainId = TEST_CHAIN_ID) =>
    caller.key.signTypedData({
      domain: workTokenDomain(chainId, contract),
      types: mintVoucherTypes,
      primaryType: 'MintVoucher',
      message: toMessage(voucher),
    })
  const requestMint = async (caller: Caller, workId: string, voucher: Answer['json'], signature: Hex) =>
    call(service, `POST /content/${workId}/mint`, { token: caller.token, body: { voucher, signature } })
  const askForMint = async (caller: Caller, workId: string) => {
    const voucher = await voucherOf(caller, workId)
    return requestMint(caller, workId, voucher, await sign(caller, voucher))
  }
  return { register, voucherOf, sign, requestMint, askForMint }
}
export type WorkCalls = ReturnType<typeof createWorkCalls>

/** A voucher of the wire as it is signed and sent to the contract. */
export const toMessage = (voucher: Answer['json']) => ({
  ...voucher,
  price: BigInt(voucher.price),
  nonce: BigInt(voucher.nonce),
  counter: BigInt(voucher.counter),
})

/** What the service has published of a topic under a key. */
export const publishedBy = async (service: OpenService, topic: string, key: string): Promise<Answer['json'][]> => {
  const rows = await service.db.query<{ readonly payload: Answer['json'] }>(
    'SELECT payload FROM events.log WHERE topic = $1 AND key = $2 ORDER BY sequence',
    [topic, key],
  )
  return rows.map(({ payload }) => payload)
}
