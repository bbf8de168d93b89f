import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { mintVoucherTypes, workTokenDomain } from '@knowton/system/chain'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { runTool } from '../platform-process.ts'
import type { Connection } from '../story/connect.ts'
import { type Cast, due, gather, publish, sell, shareOut } from '../story/life-of-a-work.ts'
import { register, upload } from '../story/publish.ts'
import { readConnection, readRunRecord } from '../story/run-record.ts'
import { until } from '../story/until.ts'

const silently = () => {}
const work = join(import.meta.dirname, '../demo/works/ridges-at-dusk.jpg')

let connection: Connection
let cast: Cast
beforeAll(async () => {
  connection = await readConnection(inject('platformHome'))
  cast = await gather(connection, silently)
})

/** Kills a service with SIGKILL; resolves with its process id. */
const kill = async (service: string): Promise<number> => {
  const { services } = await readRunRecord(inject('platformHome'))
  const pid = services[service]?.pid
  if (pid === undefined) throw new Error(`${service} does not run`)
  process.kill(pid, 'SIGKILL')
  return pid
}

/** Waits until another process of the service is ready. */
const back = (service: string, killed: number) =>
  until(
    async () => {
      const found = (await readRunRecord(inject('platformHome'))).services[service]
      if (found === undefined || found.pid === killed) return false
      return fetch(`${found.url}/health/ready`).then(
        (answer) => answer.ok,
        () => false,
      )
    },
    (ready) => ready,
    `${service} to be back`,
  )

test('a mint asked for just before asset-tokenization is killed happens once', async () => {
  const content = cast.creator.api['creator-service']
  const stored = await upload(cast.creator, work)
  const registered = await register(cast.creator, stored.id, {
    title: 'Killed while minting',
    description: '',
    royaltyBps: 500,
    shares: [{ address: cast.creator.address, sharePpm: 1_000_000 }],
  })
  const workId = registered.id
  const { voucher, chainId, verifyingContract } = await content.getVoucher({ params: { workId }, query: {} })
  const signature = await cast.creator.account.signTypedData({
    domain: workTokenDomain(chainId, verifyingContract),
    types: mintVoucherTypes,
    primaryType: 'MintVoucher',
    message: voucher,
  })
  const killed = await kill('asset-tokenization')
  await content.requestMint({ params: { workId }, body: { voucher, signature }, idempotencyKey: randomUUID() })
  await back('asset-tokenization', killed)
  const minted = await until(
    () => content.getWork({ params: { workId } }),
    ({ state }) => state !== 'minting',
    'the work to be minted',
  )
  expect(minted).toMatchObject({ state: 'minted', owner: cast.creator.address })
})

describe.each(['creator-service', 'marketplace-service', 'analytics-service', 'asset-tokenization'])(
  'after %s was killed',
  (service) => {
    test('a whole life of a work goes on as if nothing had happened', async () => {
      await back(service, await kill(service))
      const author = await gather(connection, silently)
      const published = await publish(author, work, silently)
      const price = 10_000_019n
      const parts = {
        seller: author.creator,
        buyer: author.collector,
        tokenId: published.tokenId,
        price,
        bidOnAny: false,
      }
      const sale = await sell(connection, parts, silently)
      const shared = await shareOut(connection, author, published.tokenId, silently)
      expect(shared.paid.map(({ amount }) => amount)).toEqual(due(sale.royalty))
    })
  },
)

test('the books close after all the killing', async () => {
  const { code, output } = await runTool(inject('platformHome'), ['tools/audit/main.ts'])
  expect({ code, output }).toMatchObject({ code: 0 })
})
