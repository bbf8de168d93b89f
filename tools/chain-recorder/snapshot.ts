import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import * as z from 'zod'
import { callChain } from './rpc.ts'

const unzip = promisify(gunzip)

/** Writes a file so that after any crash either the old or the new content is there, on disk. */
export const writeDurably = async (file: string, content: string | Uint8Array): Promise<void> => {
  const handle = await open(`${file}.new`, 'w', 0o600)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${file}.new`, file)
  const folder = await open(dirname(file), 'r')
  await folder.sync().finally(() => folder.close())
}

/** Saves accounts, blocks, receipts and logs of the running chain as the JSON that anvil loads at its next start. */
export const saveSnapshot = async (
  snapshot: { readonly rpcUrl: string; readonly file: string },
  signal: AbortSignal,
): Promise<void> => {
  const dump = z.string().parse(await callChain(snapshot.rpcUrl, 'anvil_dumpState', [], signal))
  await writeDurably(snapshot.file, await unzip(Buffer.from(dump.slice(2), 'hex')))
}
