import type { PayloadOf } from '@knowton/core'
import { assetTokenization } from '@knowton/system'
import type { ChainFacts, ClaimFact, MoveFact, Place, SplitFact } from '../chain/facts.ts'
import { type Check, type Entry, entry, type Ledger } from '../ledger.ts'
import type { RunningPlatform } from '../platform/running-platform.ts'

const topics = assetTokenization.publishes
type RoyaltyFact = PayloadOf<typeof topics.royaltyDistributions>
type Standing = { readonly factId: string; readonly reverted: boolean; readonly blockNumber: number }

/** Did asset-tokenization publish every fact of the chain, once, as it is, and no other? */
export const publishedFactChecks = async (
  { latestFacts }: RunningPlatform,
  facts: ChainFacts,
): Promise<readonly Check[]> => {
  const [transfers, mints, trades, royalties] = await Promise.all([
    latestFacts('asset-tokenization', topics.tokenTransfers, 'factId'),
    latestFacts('asset-tokenization', topics.nftMinted, 'factId'),
    latestFacts('asset-tokenization', topics.trades, 'factId'),
    latestFacts('asset-tokenization', topics.royaltyDistributions, 'factId'),
  ])
  return [
    check(
      'facts.transfers',
      'Published movements of tokens',
      ledger(facts.transfers, transferEntry),
      standing(transfers, transferEntry),
    ),
    check('facts.mints', 'Published mints', ledger(facts.mints, mintEntry), standing(mints, mintEntry)),
    check('facts.trades', 'Published trades', ledger(facts.trades, tradeEntry), standing(trades, tradeEntry)),
    check('facts.royalties', 'Published royalty facts', royaltyLedger(facts), standing(royalties, royaltyEntry)),
  ]
}

const check = (name: string, says: string, expected: Ledger, found: Ledger): Check => ({
  name,
  says: `${says}, in asset-tokenization's log`,
  expected,
  found,
})

const ledger = <T extends Place>(facts: readonly T[], entryOf: (fact: T) => Entry): Ledger =>
  new Map(facts.map((fact) => [`fact ${fact.factId}`, entryOf(fact)]))

const standing = <T extends Standing>(facts: readonly T[], entryOf: (fact: T) => Entry): Ledger =>
  new Map(facts.filter((fact) => !fact.reverted).map((fact) => [`fact ${fact.factId}`, entryOf(fact)]))

type PublishedTransfer = PayloadOf<typeof topics.tokenTransfers>
type PublishedMint = PayloadOf<typeof topics.nftMinted>
type PublishedTrade = PayloadOf<typeof topics.trades>

const transferEntry = (fact: Pick<PublishedTransfer, 'tokenId' | 'from' | 'to' | 'epoch' | 'transactionHash'>) =>
  entry({ tokenId: fact.tokenId, from: fact.from, to: fact.to, epoch: fact.epoch, transaction: fact.transactionHash })

const mintEntry = (
  fact: Pick<
    PublishedMint,
    'tokenId' | 'creator' | 'to' | 'contentHash' | 'uriHash' | 'royaltyBps' | 'royaltyReceiver' | 'price' | 'currency'
  >,
) => {
  const { tokenId, creator, to, contentHash, uriHash, royaltyBps, royaltyReceiver, price, currency } = fact
  return entry({ tokenId, creator, to, contentHash, uriHash, royaltyBps, royaltyReceiver, price, currency })
}

const tradeEntry = (
  fact: Pick<
    PublishedTrade,
    | 'askHash'
    | 'bidHash'
    | 'tokenId'
    | 'collection'
    | 'seller'
    | 'buyer'
    | 'currency'
    | 'price'
    | 'fee'
    | 'royalty'
    | 'royaltyReceiver'
  >,
) => {
  const { askHash, bidHash, tokenId, collection, seller, buyer, currency, price, fee, royalty, royaltyReceiver } = fact
  return entry({ askHash, bidHash, tokenId, collection, seller, buyer, currency, price, fee, royalty, royaltyReceiver })
}

const royaltyEntry = (fact: RoyaltyFact): Entry => {
  switch (fact.kind) {
    case 'split-created':
      return splitEntry(fact)
    case 'paid':
      return paidEntry(fact)
    case 'claimed':
      return claimEntry(fact)
    case 'position-moved':
      return moveEntry(fact)
  }
}

type Of<Kind extends RoyaltyFact['kind'], K extends string> = Pick<
  Extract<RoyaltyFact, { kind: Kind }>,
  K & keyof Extract<RoyaltyFact, { kind: Kind }>
>

const splitEntry = (fact: Pick<SplitFact, 'splitter' | 'recipients' | 'sharesPpm'>) =>
  entry({
    kind: 'split-created',
    splitter: fact.splitter,
    recipients: fact.recipients.join(' '),
    shares: fact.sharesPpm.join(' '),
  })

const paidEntry = (fact: Of<'paid', 'splitter' | 'tokenId' | 'currency' | 'amount'>) =>
  entry({ kind: 'paid', splitter: fact.splitter, tokenId: fact.tokenId, currency: fact.currency, amount: fact.amount })

const claimEntry = ({ splitter, position, holder, currency, amount }: Omit<ClaimFact, keyof Place>) =>
  entry({ kind: 'claimed', splitter, position, holder, currency, amount })

const moveEntry = ({ splitter, position, from, to }: Omit<MoveFact, keyof Place>) =>
  entry({ kind: 'position-moved', splitter, position, from, to })

/** A trade that carried a royalty paid it to its receiver, splitter or not. */
const royaltyLedger = (facts: ChainFacts): Ledger => {
  const paid = facts.trades.filter((trade) => trade.royalty > 0n)
  return new Map([
    ...ledger(facts.splits, splitEntry),
    ...ledger(paid, (trade) => paidEntry({ ...trade, splitter: trade.royaltyReceiver, amount: trade.royalty })),
    ...ledger(facts.claims, claimEntry),
    ...ledger(facts.moves, moveEntry),
  ])
}
