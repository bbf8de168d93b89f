import { importByteStream, type WritableStorage } from 'ipfs-unixfs-importer'
import { fixedSize } from 'ipfs-unixfs-importer/chunker'
import { balanced } from 'ipfs-unixfs-importer/layout'

/** The defaults of `ipfs add --cid-version 1` (kubo): 256 KiB chunks as raw leaves, at most 174 links in a node. */
const CHUNK_BYTES = 262_144
const MAX_LINKS = 174

/** Chunks hashed at once: with their copies they hold a few MiB. */
const CONCURRENCY = 8

/** Blocks are only hashed, never kept. */
const nowhere: WritableStorage = { put: async (cid) => cid }

/** The IPFS address (CIDv1, UnixFS) of a file's bytes, as kubo gives it; memory does not grow with the file. */
export const cidOf = async (source: AsyncIterable<Uint8Array>): Promise<string> => {
  const { cid } = await importByteStream(source, nowhere, {
    cidVersion: 1,
    rawLeaves: true,
    reduceSingleLeafToSelf: true,
    chunker: fixedSize({ chunkSize: CHUNK_BYTES }),
    layout: balanced({ maxChildrenPerNode: MAX_LINKS }),
    blockWriteConcurrency: CONCURRENCY,
  })
  return cid.toString()
}
