import { createHash } from 'node:crypto'
import { type Hex, type InputOf, ok, type RefusalOf, type Result, refuse, tokenIdOf } from '@knowton/core'
import { checkShares, metadataBytes, splitSaltOf } from '@knowton/domain/work'
import type { Context, Handler, Sql } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { findStoredUpload, type StoredUpload } from '../uploads/stored-upload-store.ts'
import { findTwin, findWork, insertWork, type NewWork, type Work } from '../works/work-store.ts'

type RegisterContext = Context<Declared, Ports, 'registerWork'>
type Terms = InputOf<Declared['routes']['registerWork']>['body']
type Refusal = RefusalOf<Declared['routes']['registerWork']>

/** Puts a stored upload on record as a work, with the terms that its token will have. */
export const registerWork: Handler<Declared, 'registerWork', Ports> = async ({ body }, context) => {
  const { tx, publish } = context
  const upload = await findUpload(body.uploadId, context)
  if (!upload.ok) return upload
  const shares = checkShares(body.shares)
  if (!shares.ok) return refuse({ kind: 'work.shares', detail: shares.refusal.says })
  const twin = await findTwin(tx, identityOf(upload.value, context))
  if (twin !== undefined) return refuseTwin(twin)
  const work = await toNewWork(body, upload.value, context)
  if (!(await insertWork(tx, work))) return refuseTwin(await findTwin(tx, work))
  const registered = await getWork(tx, work.id)
  await publish(tx, 'contentRegistered', {
    workId: registered.id,
    creator: registered.creator,
    title: registered.title,
    kind: registered.kind,
    mediaType: registered.mediaType,
    sizeBytes: registered.sizeBytes,
    contentHash: registered.contentHash,
    cid: registered.cid,
    tokenId: registered.tokenId,
    royaltyBps: registered.royaltyBps,
    shares: registered.shares,
    registeredAt: registered.createdAt,
  })
  return ok(registered)
}

const findUpload = async (uploadId: string, { tx, user }: RegisterContext): Promise<Result<StoredUpload, Refusal>> => {
  const found = await findStoredUpload(tx, uploadId, user.account)
  if (found === undefined) return refuse({ kind: 'upload.unknown' })
  if (found.state === 'stored') return ok(found)
  return refuse({ kind: 'upload.incomplete', detail: `The upload is ${found.state}.` })
}

const refuseTwin = (workId: string | undefined) =>
  refuse({ kind: 'work.duplicate', ...(workId !== undefined && { facts: { workId } }) })

const identityOf = ({ sha256 }: StoredUpload, { user }: RegisterContext) => ({
  creator: user.account,
  contentHash: sha256,
  tokenId: tokenIdOf(user.address, sha256),
})

const toNewWork = async (terms: Terms, upload: StoredUpload, context: RegisterContext): Promise<NewWork> => {
  const { ports, now, signal } = context
  const id = ports.newId()
  const { title, description, shares, royaltyBps } = terms
  const royaltyReceiver = await ports.chain.predictSplitter(shares, splitSaltOf(id), signal)
  const identity = identityOf(upload, context)
  const { kind, mediaType, sizeBytes, cid } = upload
  const stated = { title, description, kind, mediaType, sizeBytes, cid, shares, royaltyBps, royaltyReceiver }
  const metadata = metadataBytes({ ...stated, creator: identity.creator, contentHash: identity.contentHash })
  const uriHash: Hex = `0x${createHash('sha256').update(metadata).digest('hex')}`
  return {
    ...identity,
    id,
    uploadId: upload.id,
    title,
    description,
    shares,
    royaltyBps,
    royaltyReceiver,
    metadata,
    uriHash,
    createdAt: now,
  }
}

const getWork = async (tx: Sql, id: string): Promise<Work> => {
  const work = await findWork(tx, id)
  if (work === undefined) throw new Error(`work ${id} was inserted and is not there`)
  return work
}
