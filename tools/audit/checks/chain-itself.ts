import { type Hex, ppmOf } from '@knowton/core'
import { exchangeAbi, royaltySplitterAbi, workTokenAbi } from '@knowton/system/chain'
import { BaseError, ContractFunctionRevertedError, erc20Abi, type PublicClient } from 'viem'
import { creditBooks, fillsOf, type PositionBook, positionBooks, type TokenBook, tokenBooks } from '../chain/books.ts'
import type { ChainFacts } from '../chain/facts.ts'
import { lower } from '../chain/read-logs.ts'
import { type Check, type Entry, entry, type Ledger } from '../ledger.ts'

/** The chain as it is at one block. */
export type ChainAt = {
  readonly client: PublicClient
  readonly blockNumber: bigint
  readonly workToken: Hex
  readonly exchange: Hex
}

const NATIVE: Hex = `0x${'0'.repeat(40)}`

const ledgerOf = async <T>(
  items: readonly T[],
  rowOf: (item: T) => Promise<readonly [string, Entry]>,
): Promise<Ledger> => new Map(await Promise.all(items.map(rowOf)))

/** Do the contracts' logs add up to their state? Everything else is compared with the logs. */
export const chainChecks = async (chain: ChainAt, facts: ChainFacts): Promise<readonly Check[]> => [
  await ownershipCheck(chain, facts),
  await fillsCheck(chain, facts),
  await positionsCheck(chain, facts),
  await splitterBalancesCheck(chain, facts),
  ...(await creditChecks(chain, facts)),
]

const ownershipCheck = async (chain: ChainAt, facts: ChainFacts): Promise<Check> => {
  const books = tokenBooks(facts)
  const token = { abi: workTokenAbi, address: chain.workToken, blockNumber: chain.blockNumber } as const
  const stateOf = async ({ tokenId }: TokenBook) => {
    const args = [tokenId] as const
    const owner = await chain.client.readContract({ ...token, functionName: 'ownerOf', args }).then(lower, ownerless)
    const epoch = await chain.client.readContract({ ...token, functionName: 'transferCount', args })
    return [`token ${tokenId}`, entry({ owner, epoch })] as const
  }
  return {
    name: 'chain.ownership',
    says: 'Owner and transfer count of every token, as its transfers leave it and as the contract answers',
    expected: await ledgerOf(books, stateOf),
    found: new Map(books.map(({ tokenId, owner, epoch }) => [`token ${tokenId}`, entry({ owner, epoch })])),
  }
}

/** A burned token has no owner: the contract reverts; any other failure is not an answer. */
const ownerless = (error: unknown): null => {
  const reverted = error instanceof BaseError && error.walk((cause) => cause instanceof ContractFunctionRevertedError)
  if (reverted) return null
  throw error
}

const fillsCheck = async (chain: ChainAt, facts: ChainFacts): Promise<Check> => {
  const exchange = { abi: exchangeAbi, address: chain.exchange, blockNumber: chain.blockNumber } as const
  // An order for one unit keeps its fill in the nonce bit, not in `filled`: only orders for several are counted there.
  const several = [...fillsOf(facts.trades)].filter(([, fills]) => fills > 1)
  return {
    name: 'chain.fills',
    says: 'Units filled of every order that filled more than once, by its trades and by the contract',
    expected: await ledgerOf(several, async ([hash]) => {
      const filled = await chain.client.readContract({ ...exchange, functionName: 'filled', args: [hash] })
      return [`order ${hash}`, entry({ filled })]
    }),
    found: new Map(several.map(([hash, filled]) => [`order ${hash}`, entry({ filled })])),
  }
}

const positionsCheck = async (chain: ChainAt, facts: ChainFacts): Promise<Check> => {
  const books = positionBooks(facts)
  const subject = (book: PositionBook) => `splitter ${book.splitter} position ${book.position} in ${book.currency}`
  const stateOf = async (book: PositionBook) => {
    const splitter = { abi: royaltySplitterAbi, address: book.splitter, blockNumber: chain.blockNumber } as const
    const args = [BigInt(book.position), book.currency] as const
    const [holder, claimed, claimable] = await Promise.all([
      chain.client.readContract({ ...splitter, functionName: 'holderOf', args: [args[0]] }),
      chain.client.readContract({ ...splitter, functionName: 'claimed', args }),
      chain.client.readContract({ ...splitter, functionName: 'claimable', args }),
    ])
    return [subject(book), entry({ holder: lower(holder), claimed, claimable })] as const
  }
  const received = await totalsReceived(chain, books)
  return {
    name: 'chain.positions',
    says: 'Holder, claimed and claimable of every splitter position: by the logs and shares, and by the contract',
    expected: await ledgerOf(books, stateOf),
    found: new Map(
      books.map((book) => {
        const due = ppmOf(received.get(`${book.splitter} ${book.currency}`) ?? 0n, book.sharePpm) - book.claimed
        return [subject(book), entry({ holder: book.holder, claimed: book.claimed, claimable: due > 0n ? due : 0n })]
      }),
    ),
  }
}

/** What splitters hold and have paid out: all that ever arrived, by whatever way. */
const totalsReceived = async (chain: ChainAt, books: readonly PositionBook[]): Promise<ReadonlyMap<string, bigint>> => {
  const pairs = new Map(books.map((book) => [`${book.splitter} ${book.currency}`, book]))
  const totals = [...pairs].map(async ([key, { splitter, currency }]) => {
    const claimed = books
      .filter((book) => book.splitter === splitter && book.currency === currency)
      .reduce((total, book) => total + book.claimed, 0n)
    return [key, (await balanceOf(chain, splitter, currency)) + claimed] as const
  })
  return new Map(await Promise.all(totals))
}

const balanceOf = ({ client, blockNumber }: ChainAt, account: Hex, currency: Hex): Promise<bigint> =>
  currency === NATIVE
    ? client.getBalance({ address: account, blockNumber })
    : client.readContract({ abi: erc20Abi, address: currency, functionName: 'balanceOf', args: [account], blockNumber })

const splitterBalancesCheck = async (chain: ChainAt, facts: ChainFacts): Promise<Check> => {
  const books = positionBooks(facts).filter((book) => book.position === 0)
  const received = await totalsReceived(chain, positionBooks(facts))
  const owed = new Map(creditBooks(facts).map((book) => [`${book.account} ${book.currency}`, book.amount]))
  const subject = (book: PositionBook) => `splitter ${book.splitter} in ${book.currency}`
  return {
    name: 'chain.splitters',
    says: 'No splitter has received, or is owed by the exchange, less than the royalties that trades paid into it',
    expected: new Map(books.map((book) => [subject(book), entry({ short: 0n })])),
    found: new Map(
      books.map((book) => {
        const key = `${book.splitter} ${book.currency}`
        const short = book.received - (received.get(key) ?? 0n) - (owed.get(key) ?? 0n)
        return [subject(book), entry({ short: short > 0n ? short : 0n })]
      }),
    ),
  }
}

const creditChecks = async (chain: ChainAt, facts: ChainFacts): Promise<readonly Check[]> => {
  const books = creditBooks(facts)
  const subject = (book: (typeof books)[number]) => `${book.account} at ${book.contract} in ${book.currency}`
  const debts = [...Map.groupBy(books, (book) => `${book.contract} in ${book.currency}`)]
  return [
    {
      name: 'chain.credits',
      says: 'What the contracts owe each account, by credits less withdrawals and by the contract',
      expected: await ledgerOf(books, async (book) => {
        const call = { abi: exchangeAbi, address: book.contract, blockNumber: chain.blockNumber } as const
        const args = [book.account, book.currency] as const
        return [
          subject(book),
          entry({ amount: await chain.client.readContract({ ...call, functionName: 'credits', args }) }),
        ]
      }),
      found: new Map(books.map((book) => [subject(book), entry({ amount: book.amount })])),
    },
    {
      name: 'chain.solvency',
      says: 'No contract holds less than it owes',
      expected: new Map(debts.map(([name]) => [name, entry({ short: 0n })])),
      found: await ledgerOf(debts, async ([name, owed]) => {
        const [first] = owed
        const debt = owed.reduce((total, book) => total + book.amount, 0n)
        const held = first === undefined ? 0n : await balanceOf(chain, first.contract, first.currency)
        return [name, entry({ short: debt > held ? debt - held : 0n })]
      }),
    },
  ]
}
