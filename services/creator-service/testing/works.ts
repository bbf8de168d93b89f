import { randomBytes } from 'node:crypto'
import { TEST_CHAIN_ID } from '@knowton/adapters/chain/testing'
import type { Hex } from '@knowton/core'
import { accepted } from '@knowton/kit/testing'
import type { MintVoucher } from '@knowton/system'
import { mintVoucherTypes, workTokenDomain } from '@knowton/system/chain'
import type { Creator } from './open-creator.ts'
import type { Caller } from './sign-in.ts'

/** Two collaborators. */
export const SHARES: { readonly address: Hex; readonly sharePpm: number }[] = [
  { address: `0x${'1'.repeat(40)}`, sharePpm: 700_000 },
  { address: `0x${'2'.repeat(40)}`, sharePpm: 300_000 },
]

/** Announces `bytes` and sends them; answers with the upload. */
export const upload = async (
  service: Creator,
  { address: as }: Caller,
  bytes: Uint8Array<ArrayBuffer> = randomBytes(64),
  fileName = 'étude.bin',
) => {
  const { id } = accepted(
    await service.call('createUpload', { body: { fileName, sizeBytes: bytes.byteLength } }, { as }),
  )
  return accepted(await service.call('putUploadBytes', { params: { uploadId: id }, body: bytes }, { as }))
}

/** The terms of a registered work, apart from `changes`. */
type Terms = { readonly title: string; readonly royaltyBps: number; readonly shares: typeof SHARES }

/** Asks to register `bytes` as a work. */
export const tryRegister = async (
  service: Creator,
  caller: Caller,
  changes: Partial<Terms> = {},
  bytes?: Uint8Array<ArrayBuffer>,
) => {
  const { id: uploadId } = await upload(service, caller, bytes)
  const body = { uploadId, title: 'Étude', description: 'One', shares: SHARES, royaltyBps: 500, ...changes }
  return service.call('registerWork', { body }, { as: caller.address })
}

/** Registers a work. */
export const register = async (...asked: Parameters<typeof tryRegister>) => accepted(await tryRegister(...asked))
export type Work = Awaited<ReturnType<typeof register>>

/** The voucher that the creator of a work may sign now. */
export const voucherOf = async (service: Creator, caller: Caller, { id: workId }: Pick<Work, 'id'>, to?: Hex) =>
  accepted(
    await service.call('getVoucher', { params: { workId }, ...(to && { query: { to } }) }, { as: caller.address }),
  ).voucher

/** Signs a voucher for the service's contract, or for another one. */
export const signVoucher = (
  service: Creator,
  { key }: Pick<Caller, 'key'>,
  voucher: MintVoucher,
  contract: Hex = service.ports.contracts.workToken,
  chainId = TEST_CHAIN_ID,
) =>
  key.signTypedData({
    domain: workTokenDomain(chainId, contract),
    types: mintVoucherTypes,
    primaryType: 'MintVoucher',
    message: voucher,
  })

/** Asks for the mint of a work with a voucher and a signature over it. */
export const requestMint = (
  service: Creator,
  { address: as }: Pick<Caller, 'address'>,
  { id: workId }: Pick<Work, 'id'>,
  signed: { readonly voucher: MintVoucher; readonly signature: Hex },
  headers: Readonly<Record<string, string>> = {},
) => service.call('requestMint', { params: { workId }, body: signed }, { as, headers })

/** Asks for the mint of a work as its creator does. */
export const askForMint = async (service: Creator, caller: Caller, work: Pick<Work, 'id'>) => {
  const voucher = await voucherOf(service, caller, work)
  return requestMint(service, caller, work, { voucher, signature: await signVoucher(service, caller, voucher) })
}

/** A work as anybody sees it now. */
export const look = async (service: Creator, { id: workId }: Pick<Work, 'id'>) =>
  accepted(await service.call('getWork', { params: { workId } }))
