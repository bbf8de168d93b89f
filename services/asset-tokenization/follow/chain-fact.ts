import type { PayloadOf } from '@knowton/core'
import type { Publish, Sql } from '@knowton/kit'
import { assetTokenization } from '@knowton/system'
import * as z from 'zod'
import type { Declared } from '../ports.ts'

type Publishes = Declared['publishes']

/** The topics that say what happened on the chain, by the names they are declared under. */
export type FactTopic = 'nftMinted' | 'tokenTransfers' | 'trades' | 'royaltyDistributions'

type Published<T extends FactTopic> = { readonly topic: T; readonly payload: PayloadOf<Publishes[T]> }

/** One thing that a log says. A lowered royalty changes the token but is no fact of a topic. */
export type ChainFact =
  | Published<'nftMinted'>
  | Published<'tokenTransfers'>
  | Published<'trades'>
  | Published<'royaltyDistributions'>
  | { readonly topic: 'royaltyLowered'; readonly payload: { readonly tokenId: bigint; readonly royaltyBps: number } }

/** A fact as it is stored: its payload in the wire form of its topic, less the finality, which alone may change. */
export type StoredFact = {
  readonly topic: ChainFact['topic']
  readonly finality: Finality
  readonly payload: Readonly<Record<string, unknown>>
}

export type Finality = 'pending' | 'safe' | 'finalized'

/** The payload as it is stored. */
export const toWire = (fact: ChainFact): StoredFact['payload'] => {
  if (fact.topic === 'royaltyLowered') return { royaltyBps: fact.payload.royaltyBps }
  const { finality: _, ...wire } = z.encode(assetTokenization.publishes[fact.topic].payload, fact.payload as never)
  return wire
}

/** Publishes a fact for the first time. */
export const publishFact = async (publish: Publish<Declared>, tx: Sql, fact: ChainFact): Promise<void> => {
  switch (fact.topic) {
    case 'nftMinted':
      return publish(tx, 'nftMinted', fact.payload)
    case 'tokenTransfers':
      return publish(tx, 'tokenTransfers', fact.payload)
    case 'trades':
      return publish(tx, 'trades', fact.payload)
    case 'royaltyDistributions':
      return publish(tx, 'royaltyDistributions', fact.payload)
    case 'royaltyLowered':
      return
  }
}

/** Publishes a stored fact again: as it stands now, or as taken back. */
export const publishAgain = async (
  publish: Publish<Declared>,
  tx: Sql,
  fact: StoredFact,
  reverted: 'stands' | 'reverted',
): Promise<void> => {
  if (fact.topic === 'royaltyLowered') return
  const payload = parseStored(fact.topic, fact)
  await publish(tx, fact.topic, { ...payload, reverted: reverted === 'reverted' })
}

const parseStored = <T extends FactTopic>(topic: T, { payload, finality }: StoredFact): PayloadOf<Publishes[T]> =>
  z.parse(assetTokenization.publishes[topic].payload, { ...payload, finality }) as PayloadOf<Publishes[T]>
