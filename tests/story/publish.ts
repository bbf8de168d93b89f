import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import type { Hex } from '@knowton/core'
import { mintVoucherTypes, workTokenDomain } from '@knowton/system/chain'
import type { Person } from './connect.ts'
import { until } from './until.ts'

/** What a creator says about a file. */
export type Terms = {
  readonly title: string
  readonly description: string
  readonly royaltyBps: number
  readonly shares: readonly { readonly address: Hex; readonly sharePpm: number }[]
}

/** Sends the file at `path`, streamed from disk, and returns what the platform found it to be. */
export const upload = async (creator: Person, path: string) => {
  const content = creator.api['creator-service']
  const { size } = await stat(path)
  const announced = await content.createUpload({
    body: { fileName: basename(path), sizeBytes: size },
    idempotencyKey: randomUUID(),
  })
  return content.putUploadBytes({
    params: { uploadId: announced.id },
    body: Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>,
  })
}

/** Registers a stored upload as a work. */
export const register = (creator: Person, uploadId: string, terms: Terms) =>
  creator.api['creator-service'].registerWork({
    body: { uploadId, ...terms, shares: [...terms.shares] },
    idempotencyKey: randomUUID(),
  })

/** Signs the voucher of a work and has the platform mint it; resolves when the token exists. */
export const mint = async (creator: Person, workId: string) => {
  const content = creator.api['creator-service']
  const { voucher, chainId, verifyingContract } = await content.getVoucher({ params: { workId }, query: {} })
  const signature = await creator.account.signTypedData({
    domain: workTokenDomain(chainId, verifyingContract),
    types: mintVoucherTypes,
    primaryType: 'MintVoucher',
    message: voucher,
  })
  const asked = await content.requestMint({
    params: { workId },
    body: { voucher, signature },
    idempotencyKey: randomUUID(),
  })
  if (asked.mintRequestId === null) throw new Error(`work ${workId} was asked to be minted but names no request`)
  const relay = await settled(creator, asked.mintRequestId)
  const work = await until(
    () => content.getWork({ params: { workId } }),
    (found) => found.state !== 'minting',
    `work ${workId} to be minted`,
  )
  return { work, relay }
}

/** Follows a relayed request by server-sent events until it is final; throws with the chain's reason when it failed. */
export const settled = async (person: Person, requestId: string) => {
  for await (const relay of await person.api['asset-tokenization'].followTransaction({ params: { requestId } })) {
    if (relay.state === 'final') return relay
    if (relay.state === 'failed') throw new Error(`${relay.work} failed: ${relay.failure?.says ?? 'no reason given'}`)
  }
  throw new Error(`the events of request ${requestId} ended before it was final`)
}
