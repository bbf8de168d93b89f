import { access, constants } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { callersFolder } from '../environment.ts'
import { gather, publish, sell, shareOut, type Tell, usd } from '../story/life-of-a-work.ts'
import { readAnalytics } from '../story/report.ts'
import { readConnection } from '../story/run-record.ts'

const own = ['ridges-at-dusk.jpg', 'evening-steps.mp3'].map((name) => join(import.meta.dirname, 'works', name))

const tell: Tell = (where, line) => console.log(where === 'story' ? `\n${line}` : `  ${where.padEnd(9)}  ${line}`)

/** Lives one work's whole life for each file, on the running platform. */
const demo = async (paths: readonly string[]): Promise<void> => {
  for (const path of paths)
    await access(path, constants.R_OK).catch(() => {
      throw new Error(`cannot read ${path}: give the path of a file of yours`)
    })
  const connection = await readConnection()
  tell('story', `KnowTon at ${connection.gatewayUrl}, chain ${connection.chainId} at ${connection.rpcUrl}`)
  tell('story', 'Three wallets sign in')
  const cast = await gather(connection, tell)
  const received = new Map<string, bigint>()
  const credit = (name: string, amount: bigint) => received.set(name, (received.get(name) ?? 0n) + amount)
  for (const [index, path] of paths.entries()) {
    tell('story', `The life of ${path}`)
    const work = await publish(cast, path, tell)
    const bidOnAny = index % 2 === 1
    const price = 120_000_001n + BigInt(index) * 7_500_000n
    const sale = await sell(
      connection,
      { seller: cast.creator, buyer: cast.collector, tokenId: work.tokenId, price, bidOnAny },
      tell,
    )
    credit(cast.creator.name, sale.price - sale.fee - sale.royalty)
    credit('the platform', sale.fee)
    const shared = await shareOut(connection, cast, work.tokenId, tell)
    for (const { person, amount } of shared.paid) credit(person.name, amount)
    credit('left in the splitter', sale.royalty - shared.paid.reduce((sum, { amount }) => sum + amount, 0n))
    const claimedByPartner = shared.paid.find(({ person }) => person === cast.partner)?.amount ?? 0n
    await readAnalytics(connection, cast, { tokenId: work.tokenId, sales: 1, claimedByPartner }, tell)
  }
  tell(
    'story',
    `Who got what of the ${usd([...received.values()].reduce((sum, amount) => sum + amount, 0n))} that ${cast.collector.name} paid`,
  )
  for (const [name, amount] of received) console.log(`  ${name.padEnd(22)} ${usd(amount)}`)
}

const given = process.argv.slice(2).map((path) => resolve(callersFolder(), path))
try {
  await demo(given.length > 0 ? given : own)
} catch (error) {
  console.error(`\nThe demo stopped: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
