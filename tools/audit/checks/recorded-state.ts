import { fillsOf, tokenBooks, ZERO_HASH } from '../chain/books.ts'
import type { ChainFacts, TradeFact } from '../chain/facts.ts'
import { type Check, entry } from '../ledger.ts'
import { allPages } from '../platform/all-pages.ts'
import type { RunningPlatform } from '../platform/running-platform.ts'

const page = (cursor: string | undefined) => ({ query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) } })

/** Do the services' databases say of tokens, works, orders, matches and relayed requests what the chain says? */
export const recordedStateChecks = async (running: RunningPlatform, facts: ChainFacts): Promise<readonly Check[]> => [
  await tokensCheck(running, facts),
  await worksCheck(running, facts),
  await ordersCheck(running, facts),
  await matchesCheck(running, facts),
]

const tokensCheck = async ({ api }: RunningPlatform, facts: ChainFacts): Promise<Check> => {
  const tokens = await allPages((cursor) => api['asset-tokenization'].listTokens(page(cursor)))
  return {
    name: 'tokens',
    says: 'Owner, transfer count, creator and royalty of every token at asset-tokenization',
    expected: new Map(tokenBooks(facts).map(({ tokenId, ...book }) => [`token ${tokenId}`, entry(book)])),
    found: new Map(
      tokens.map(({ tokenId, owner, epoch, creator, royaltyBps, royaltyReceiver }) => [
        `token ${tokenId}`,
        entry({ owner, epoch, creator, royaltyBps, royaltyReceiver }),
      ]),
    ),
  }
}

/** Works of creator-service; tokens of works that were registered elsewhere are none of its business. */
const worksCheck = async ({ api }: RunningPlatform, facts: ChainFacts): Promise<Check> => {
  const works = await allPages((cursor) => api['creator-service'].listWorks(page(cursor)))
  const books = new Map(tokenBooks(facts).map((book) => [book.tokenId, book]))
  return {
    name: 'works',
    says: 'Which works are minted, and who owns them, at creator-service',
    expected: new Map(
      works.map(({ id, tokenId }) => {
        const book = books.get(tokenId)
        return [`work ${id}`, entry({ minted: book !== undefined, owner: book?.owner })]
      }),
    ),
    found: new Map(
      works.map((work) => [`work ${work.id}`, entry({ minted: work.state === 'minted', owner: work.owner })]),
    ),
  }
}

const ordersCheck = async ({ api }: RunningPlatform, facts: ChainFacts): Promise<Check> => {
  const orders = await allPages((cursor) => api['marketplace-service'].listOrders(page(cursor)))
  const fills = fillsOf(facts.trades)
  return {
    name: 'orders',
    says: 'Units filled of every order at marketplace-service, by the trades of the chain',
    expected: new Map(
      orders.map(({ orderHash, order }) => {
        const filled = fills.get(orderHash) ?? 0
        return [`order ${orderHash}`, entry({ filled, full: filled === order.maxFills })]
      }),
    ),
    found: new Map(
      orders.map(({ orderHash, filled, state }) => [`order ${orderHash}`, entry({ filled, full: state === 'filled' })]),
    ),
  }
}

/** Only the exchange's operator matches two signed orders, so a trade between two is a match of ours. */
const matchesCheck = async ({ api }: RunningPlatform, facts: ChainFacts): Promise<Check> => {
  const matches = await allPages((cursor) => api['marketplace-service'].listMatches(page(cursor)))
  const matched = facts.trades.filter((trade) => trade.askHash !== ZERO_HASH && trade.bidHash !== ZERO_HASH)
  const settled = matches.filter((match) => match.state === 'settled')
  return {
    name: 'matches',
    says: 'Which matches settled at marketplace-service, at what price and in which transaction',
    expected: new Map(matched.map((trade) => [pairOf(trade), matchEntry(trade)])),
    found: new Map(
      settled.map((match) => [
        pairOf(match),
        matchEntry({ ...match, transactionHash: match.transactionHash ?? 'none' }),
      ]),
    ),
  }
}

type Matched = Pick<TradeFact, 'tokenId' | 'seller' | 'buyer' | 'currency' | 'price'> & {
  readonly transactionHash: string
}

const pairOf = ({ askHash, bidHash }: Pick<TradeFact, 'askHash' | 'bidHash'>) => `ask ${askHash} bid ${bidHash}`

const matchEntry = ({ tokenId, seller, buyer, currency, price, transactionHash }: Matched) =>
  entry({ tokenId, seller, buyer, currency, price, transaction: transactionHash })
