import type { PayloadOf } from '@knowton/core'
import type { Publish, Sql } from '@knowton/kit'
import { assetTokenization } from '@knowton/system'
import * as z from 'zod'

type Publishes = (typeof assetTokenization)['publishes']

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

/** A fact as it is stored: its payload in the wire form of its topic. */
export type StoredFact = { readonly topic: ChainFact['topic']; readonly payload: unknown }

/** What is said anew about a fact that was published before. */
export type FactChange = { readonly finality: 'safe' | 'finalized' } | { readonly reverted: true }

/** The payload as it is stored. */
export const toWire = (fact: ChainFact): unknown =>
  fact.topic === 'royaltyLowered'
    ? { royaltyBps: fact.payload.royaltyBps }
    : z.encode(assetTokenization.publishes[fact.topic].payload, fact.payload as never)

/** Publishes a fact for the first time. */
export const publishFact = async (
  publish: Publish<typeof assetTokenization>,
  tx: Sql,
  fact: ChainFact,
): Promise<void> => {
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

/** Publishes a stored fact again, with what has changed about it. */
export const publishAgain = async (
  publish: Publish<typeof assetTokenization>,
  tx: Sql,
  { topic, payload }: StoredFact,
  change: FactChange,
): Promise<void> => {
  if (topic === 'royaltyLowered') return
  await publish(tx, topic, { ...parseStored(topic, payload), ...change })
}

const parseStored = <T extends FactTopic>(topic: T, wire: unknown): PayloadOf<Publishes[T]> =>
  z.parse(assetTokenization.publishes[topic].payload, wire) as PayloadOf<Publishes[T]>
