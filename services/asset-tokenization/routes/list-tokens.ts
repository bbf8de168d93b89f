import { Fault, ok } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import type { assetTokenization } from '@knowton/system'
import { listTokenRows, type MintPosition } from '../follow/token-store.ts'
import type { Ports } from '../ports.ts'
import { toTokenView } from './token-view.ts'

/** Tokens, newest first; the cursor is the place of a page's last mint on the chain, `<block>.<log>`. */
export const listTokens: Handler<typeof assetTokenization, 'listTokens', Ports> = async ({ query }, { ports }) => {
  const { cursor, limit, owner, creator } = query
  const rows = await listTokenRows(ports.database, { owner, creator }, parsePosition(cursor), limit + 1)
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  const next = rows.length > limit && last !== undefined ? `${last.blockNumber}.${last.logIndex}` : null
  return ok({ items: items.map(toTokenView), next })
}

const parsePosition = (cursor: string | undefined): MintPosition | undefined => {
  if (cursor === undefined) return undefined
  const [, blockNumber, logIndex] = /^(\d{1,15})\.(\d{1,9})$/.exec(cursor) ?? []
  if (blockNumber === undefined || logIndex === undefined) {
    throw new Fault('request.invalid', 'The cursor is not one that a page of this list gave out.')
  }
  return { blockNumber, logIndex: Number(logIndex) }
}
