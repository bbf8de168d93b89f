import { factColumns } from './fact-columns.ts'
import { ingest, type Row, type TopicPayload } from './ingest.ts'

/** Keeps the latest state of every royalty fact; a position that moved is the new holder's. */
export const royaltyDistributions = ingest<'royaltyDistributions'>('royalty_distributions', (fact) => ({
  ...factColumns(fact),
  kind: fact.kind,
  splitter: fact.splitter,
  ...kindColumns(fact),
}))

const kindColumns = (fact: TopicPayload<'royaltyDistributions'>): Row => {
  switch (fact.kind) {
    case 'split-created':
      return { recipients: fact.recipients, shares_ppm: fact.sharesPpm }
    case 'paid':
      return { collection: fact.collection, token_id: fact.tokenId, currency: fact.currency, amount: fact.amount }
    case 'claimed':
      return { position: fact.position, holder: fact.holder, currency: fact.currency, amount: fact.amount }
    case 'position-moved':
      return { position: fact.position, holder: fact.to, previous_holder: fact.from }
  }
}
