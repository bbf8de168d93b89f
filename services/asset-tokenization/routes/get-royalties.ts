import { ok, refuse } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import { findToken } from '../follow/token-store.ts'
import type { Declared, Ports } from '../ports.ts'
import { mintRequestOf } from '../relay/request-store.ts'
import { readSplitter } from '../royalty/read-splitter.ts'
import { undeployedSplitter } from '../royalty/undeployed-splitter.ts'

/** The splitter of a token, everything read at one block. */
export const getRoyalties: Handler<Declared, 'getRoyalties', Ports> = async ({ params }, { ports, signal }) => {
  const token = await findToken(ports.db, params.tokenId)
  if (token === undefined) return refuse({ kind: 'token.unknown' })
  const head = await ports.blocks.block('latest', signal)
  if (head === undefined) return refuse({ kind: 'chain.unreachable' })
  const currencies = ports.contracts.currencies.map(({ address }) => address)
  const splitter = token.royaltyReceiver
  const read = await readSplitter(ports.client, splitter, currencies, BigInt(head.number))
  if (read !== undefined) return ok({ splitter, ...read, blockNumber: head.number })
  const request = await mintRequestOf(ports.db, token.tokenId)
  return ok({ splitter, ...undeployedSplitter(splitter, request, currencies), blockNumber: head.number })
}
