import { basename, extname } from 'node:path'
import { formatUnits, type Hex, ppmOf } from '@knowton/core'
import { type Connection, meet, type Person } from './connect.ts'
import { mint, register, upload } from './publish.ts'
import { signIn } from './sign-in.ts'
import { approve, claim, giveMoney, moneyOf, place } from './trade.ts'
import { until } from './until.ts'

/** The people of the story: a creator, two collaborators and a collector. */
export type Cast = {
  readonly creator: Person
  readonly partner: Person
  readonly second: Person
  readonly collector: Person
}

/** Gets one line for each thing that happened, with where it happened. */
export type Tell = (where: 'off chain' | 'on chain' | 'counted' | 'story', line: string) => void

/** TestUSD for people. */
export const usd = (amount: bigint): string => `${formatUnits(amount, 6)} tUSD`

const short = (hash: Hex): string => `${hash.slice(0, 10)}…`

/** Three wallets sign in; the second collaborator is only an address that money goes to. */
export const gather = async (connection: Connection, tell: Tell): Promise<Cast> => {
  const [creator, partner, second, collector] = await Promise.all([
    meet(connection, 'Ada'),
    meet(connection, 'Ben'),
    meet(connection, 'Dora'),
    meet(connection, 'Cleo'),
  ])
  for (const person of [creator, partner, collector]) {
    const session = await signIn(person)
    tell('off chain', `${person.name} signs in with ${session.account}`)
  }
  const transaction = await giveMoney(connection, collector, 1_000_000_000n)
  tell('on chain', `${collector.name} gets ${usd(1_000_000_000n)} from the local faucet (${short(transaction)})`)
  tell(
    'on chain',
    `${collector.name} approves the exchange for money (${short(await approve(connection, collector, 'money'))})`,
  )
  tell(
    'on chain',
    `${creator.name} approves the exchange for works (${short(await approve(connection, creator, 'works'))})`,
  )
  return { creator, partner, second, collector }
}

/** A file becomes a work and a token whose royalties are shared 60 / 30 / 10. */
export const publish = async (cast: Cast, path: string, tell: Tell) => {
  const { creator, partner, second } = cast
  const stored = await upload(creator, path)
  tell(
    'off chain',
    `${creator.name} uploads ${stored.fileName}: ${stored.sizeBytes} bytes, ${stored.kind} (${stored.mediaType})`,
  )
  tell('off chain', `  SHA-256 ${stored.sha256}`)
  tell('off chain', `  CID ${stored.cid}`)
  const registered = await register(creator, stored.id, {
    title: basename(path, extname(path)).replaceAll(/[-_]+/g, ' '),
    description: `Uploaded from ${basename(path)}.`,
    royaltyBps: 750,
    shares: [
      { address: creator.address, sharePpm: 600_000 },
      { address: partner.address, sharePpm: 300_000 },
      { address: second.address, sharePpm: 100_000 },
    ],
  })
  tell(
    'off chain',
    `registered as “${registered.title}”: royalty 7.5 %, shared ${creator.name} 60 %, ${partner.name} 30 %, ${second.name} 10 %`,
  )
  const { work, relay } = await mint(creator, registered.id)
  if (work.state !== 'minted') throw new Error(`the mint of ${work.title} failed: ${work.mintFailure}`)
  tell('on chain', `minted without gas for ${creator.name}: token ${work.tokenId}`)
  tell(
    'on chain',
    `  transaction ${work.transactionHash}, block ${relay.blockNumber}, ${relay.gasUsed} gas paid by the platform`,
  )
  return work
}

/** What one sale moved, to the unit. */
export type Sale = {
  readonly price: bigint
  readonly fee: bigint
  readonly royalty: bigint
  readonly seller: Person
  readonly buyer: Person
}

/** The seller's ask rests, the buyer's bid crosses it; the trade settles on chain and pays the royalty. */
export const sell = async (
  connection: Connection,
  parts: { seller: Person; buyer: Person; tokenId: bigint; price: bigint; bidOnAny: boolean },
  tell: Tell,
): Promise<Sale> => {
  const { seller, buyer, tokenId, price } = parts
  const bid = { side: 'bid', tokenId: parts.bidOnAny ? null : tokenId, price } as const
  const ask = { side: 'ask', tokenId, price } as const
  const [resting, crossing] = parts.bidOnAny ? [bid, ask] : [ask, bid]
  const personOf = (offer: typeof bid | typeof ask) => (offer.side === 'ask' ? seller : buyer)
  const say = (offer: typeof bid | typeof ask) =>
    `${personOf(offer).name} ${offer.side === 'ask' ? 'asks' : 'bids'} ${usd(price)}${offer.tokenId === null ? ' for any work of the collection' : ''}`
  const first = await place(connection, personOf(resting), resting)
  tell('off chain', `${say(resting)}: order ${short(first.order.orderHash)} rests in the book`)
  const before = await moneyOf(connection, seller.address)
  const second = await place(connection, personOf(crossing), crossing)
  const match = second.matches[0]
  if (match === undefined) throw new Error(`the order ${second.order.orderHash} met no other`)
  tell('off chain', `${say(crossing)}: matched with ${short(first.order.orderHash)} at ${usd(match.price)}`)
  const trade = await until(
    async () =>
      (await buyer.api['analytics-service'].listTrades({ query: { tokenId, limit: 20 } })).items.find(
        (item) => item.transactionHash === second.relays[0]?.transactionHashes.at(-1),
      ),
    (found) => found !== undefined,
    'the trade to be counted',
  )
  if (trade === undefined) throw new Error('the trade was not counted')
  const proceeds = (await moneyOf(connection, seller.address)) - before
  if (proceeds !== trade.price - trade.fee - trade.royalty)
    throw new Error(`${seller.name} got ${proceeds}, which is not price − fee − royalty`)
  tell(
    'on chain',
    `settled in ${short(trade.transactionHash)}: ${buyer.name} pays ${usd(trade.price)}; ${seller.name} gets ${usd(proceeds)}, royalty ${usd(trade.royalty)}, fee ${usd(trade.fee)}`,
  )
  return { price: trade.price, fee: trade.fee, royalty: trade.royalty, seller, buyer }
}

/** Everyone's share of a splitter is claimed; returns what each got. */
export const shareOut = async (connection: Connection, cast: Cast, tokenId: bigint, tell: Tell) => {
  const tokens = cast.creator.api['asset-tokenization']
  const { splitter, positions } = await tokens.getRoyalties({ params: { tokenId } })
  const people = [cast.creator, cast.partner, cast.second]
  const paid: { readonly person: Person; readonly amount: bigint }[] = []
  for (const { position, holder } of positions) {
    const person = people.find((someone) => someone.address === holder)
    if (person === undefined) throw new Error(`position ${position} of ${splitter} belongs to a stranger`)
    const before = await moneyOf(connection, holder)
    const sender = person === cast.second ? cast.creator : person
    const transaction = await claim(connection, sender, splitter, position)
    const amount = (await moneyOf(connection, holder)) - before
    paid.push({ person, amount })
    const by = sender === person ? '' : ` (sent by ${sender.name})`
    tell('on chain', `${person.name} claims ${usd(amount)} of royalties${by} in ${short(transaction)}`)
  }
  return { splitter, paid, positions }
}

/** The share of `total` that each of the cast is due, by the terms of the story. */
export const due = (total: bigint): readonly bigint[] => [600_000, 300_000, 100_000].map((share) => ppmOf(total, share))
