import { join } from 'node:path'
import { zeroHash } from 'viem'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { runTool } from '../platform-process.ts'
import { apiOf, type Connection } from '../story/connect.ts'
import { type Cast, due, gather, publish, type Sale, sell, shareOut } from '../story/life-of-a-work.ts'
import { readAnalytics } from '../story/report.ts'
import { readConnection } from '../story/run-record.ts'
import { hashOnChain, signOrder } from '../story/trade.ts'

const silently = () => {}
const works = join(import.meta.dirname, '../demo/works')

let connection: Connection
let cast: Cast
beforeAll(async () => {
  connection = await readConnection(inject('platformHome'))
  cast = await gather(connection, silently)
})

describe.each([
  { file: 'ridges-at-dusk.jpg', kind: 'image', mediaType: 'image/jpeg', price: 120_000_001n, bidOnAny: false },
  { file: 'evening-steps.mp3', kind: 'audio', mediaType: 'audio/mpeg', price: 33_333_333n, bidOnAny: true },
])('$file, from sign-in to claimed royalties', ({ file, kind, mediaType, price, bidOnAny }) => {
  let work: Awaited<ReturnType<typeof publish>>
  let sale: Sale
  let shared: Awaited<ReturnType<typeof shareOut>>

  test('is uploaded, registered and minted without gas', async () => {
    work = await publish(cast, join(works, file), silently)
    expect(work).toMatchObject({ state: 'minted', kind, mediaType, owner: cast.creator.address })
    const token = await cast.collector.api['asset-tokenization'].getToken({ params: { tokenId: work.tokenId } })
    expect(token).toMatchObject({
      owner: cast.creator.address,
      contentHash: work.contentHash,
      uriHash: work.uriHash,
      epoch: 1n,
    })
  })

  test('has metadata whose SHA-256 is the one on the token', async () => {
    const response = await fetch(`${connection.gatewayUrl}/api/v1/content/${work.id}/metadata`)
    const bytes = new Uint8Array(await response.arrayBuffer())
    const digest = await crypto.subtle.digest('SHA-256', bytes)
    expect(`0x${Buffer.from(digest).toString('hex')}`).toBe(work.uriHash)
    expect(JSON.parse(new TextDecoder().decode(bytes))).toMatchObject({ name: work.title })
  })

  test('is sold on the book, and every unit of the price is accounted for', async () => {
    sale = await sell(
      connection,
      { seller: cast.creator, buyer: cast.collector, tokenId: work.tokenId, price, bidOnAny },
      silently,
    )
    expect(sale.price).toBe(price)
    expect(sale.royalty).toBe((price * 750n) / 10_000n)
    const token = await cast.collector.api['asset-tokenization'].getToken({ params: { tokenId: work.tokenId } })
    expect(token).toMatchObject({ owner: cast.collector.address, epoch: 2n })
  })

  test('pays each collaborator the exact share of the royalty', async () => {
    shared = await shareOut(connection, cast, work.tokenId, silently)
    expect(shared.paid.map(({ amount }) => amount)).toEqual(due(sale.royalty))
  })

  test('is counted to the unit by analytics', async () => {
    const partner = shared.paid[1]?.amount ?? -1n
    const report = await readAnalytics(
      connection,
      cast,
      { tokenId: work.tokenId, sales: 1, claimedByPartner: partner },
      silently,
    )
    expect(report.volume).toMatchObject({ trades: 1, volume: price, fees: sale.fee, royalties: sale.royalty })
    expect(report.candles).toMatchObject([
      { open: price, high: price, low: price, close: price, volume: price, trades: 1 },
    ])
    expect(report.statement).toMatchObject({ received: sale.royalty, earned: partner, claimed: partner, claimable: 0n })
    expect(report.holders).toContainEqual(expect.objectContaining({ address: cast.collector.address }))
  })

  test('is delivered to its new owner and its creator, and to nobody else', async () => {
    const fetchAs = (person: (typeof cast)['creator'] | undefined) =>
      (person?.api ?? apiOf(connection.gatewayUrl))['creator-service'].getFile({ params: { workId: work.id } })
    const download = await fetchAs(cast.collector)
    let bytes = 0
    for await (const chunk of download.stream) bytes += chunk.byteLength
    expect(bytes).toBe(work.sizeBytes)
    await expect(fetchAs(cast.partner)).rejects.toMatchObject({ code: 'work.no-access', status: 403 })
    await expect(fetchAs(undefined)).rejects.toMatchObject({ status: 401 })
  })
})

test('an order has one hash: the one the marketplace names is the one the exchange computes', async () => {
  const { items } = await cast.creator.api['asset-tokenization'].listTokens({
    query: { owner: cast.collector.address, limit: 1 },
  })
  const tokenId = items[0]?.tokenId ?? 0n
  const signed = await signOrder(connection, cast.partner, { side: 'bid', tokenId, price: 1n })
  expect(await hashOnChain(connection, signed.order)).not.toBe(zeroHash)
  await expect(
    cast.partner.api['marketplace-service'].placeOrder({ body: signed, idempotencyKey: crypto.randomUUID() }),
  ).rejects.toMatchObject({ status: 409, detail: expect.stringMatching(/\w/) })
})

test('the books close: the chain, PostgreSQL and ClickHouse agree to the last unit', async () => {
  const { code, output } = await runTool(inject('platformHome'), ['tools/audit/main.ts'])
  expect({ code, output }).toMatchObject({ code: 0 })
})
