import type { AccountId, Hex } from '@knowton/core'
import type { WorkKind } from '@knowton/domain/work'
import type { Sql } from '@knowton/kit'

/** An upload whose bytes are in the store, and what they are. */
export type StoredUpload = {
  readonly id: string
  readonly state: 'stored'
  readonly sizeBytes: number
  readonly sha256: Hex
  readonly cid: string
  readonly kind: WorkKind
  readonly mediaType: string
}

type Row =
  | {
      readonly id: string
      readonly state: 'stored'
      readonly size_bytes: bigint
      readonly sha256: Hex
      readonly cid: string
      readonly kind: WorkKind
      readonly media_type: string
    }
  | { readonly state: 'waiting' | 'receiving' | 'failed' }

/** An upload of `account`, kept from being dropped until `tx` ends; when it is not stored, only its state. */
export const findStoredUpload = async (
  tx: Sql,
  id: string,
  account: AccountId,
): Promise<StoredUpload | { readonly state: 'waiting' | 'receiving' | 'failed' } | undefined> => {
  const [row] = await tx.query<Row>(
    `SELECT id, state, size_bytes, sha256, cid, kind, media_type FROM upload
     WHERE id = $1 AND account = $2 FOR KEY SHARE`,
    [id, account],
  )
  if (row === undefined) return undefined
  if (row.state !== 'stored') return { state: row.state }
  return {
    id: row.id,
    state: row.state,
    sizeBytes: Number(row.size_bytes),
    sha256: row.sha256,
    cid: row.cid,
    kind: row.kind,
    mediaType: row.media_type,
  }
}
