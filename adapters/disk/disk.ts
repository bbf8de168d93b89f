import { randomUUID } from 'node:crypto'
import { createReadStream, type Stats } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Fault } from '@knowton/core'
import type { Files, StoreOpener } from '@knowton/kit'

/** Unfinished files of a process that was killed are removed once they are older than any upload may take. */
const ABANDONED_MS = 24 * 3_600_000

/** Keeps files below the folder that the `file:` URL names. A file appears under its key only when all of it is on the disk. */
export const disk: StoreOpener<'files'> = async ({ url }) => {
  const root = fileURLToPath(url)
  const unfinished = join(root, '.unfinished')
  await mkdir(unfinished, { recursive: true })
  await removeAbandoned(unfinished)
  return {
    store: { put: put(root, unfinished), get: get(root), remove: remove(root) },
    check: async () => {
      await stat(unfinished)
    },
    close: async () => undefined,
  }
}

const put =
  (root: string, unfinished: string): Files['put'] =>
  async (key, source, signal) => {
    const target = pathOfKey(root, key)
    const temporary = join(unfinished, randomUUID())
    try {
      const sizeBytes = await writeDurably(temporary, source, signal)
      await mkdir(dirname(target), { recursive: true })
      await rename(temporary, target)
      await syncFolder(dirname(target))
      return { sizeBytes }
    } catch (error) {
      await rm(temporary, { force: true })
      throw toDiskFault(error)
    }
  }

const get =
  (root: string): Files['get'] =>
  async (key, signal) => {
    const path = pathOfKey(root, key)
    const found = await statExisting(path)
    return found && { sizeBytes: found.size, stream: read(path, signal) }
  }

/** Opens the file when it is first asked for: whoever never reads it leaves nothing open. */
async function* read(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path, { signal, highWaterMark: 256 * 1024 })
}

const remove =
  (root: string): Files['remove'] =>
  async (key) => {
    await rm(pathOfKey(root, key), { force: true })
  }

const writeDurably = async (path: string, source: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<number> => {
  const handle = await open(path, 'wx', 0o600)
  try {
    let sizeBytes = 0
    for await (const chunk of source) {
      signal.throwIfAborted()
      await writeAll(handle, chunk)
      sizeBytes += chunk.byteLength
    }
    signal.throwIfAborted()
    await handle.sync()
    return sizeBytes
  } finally {
    await handle.close()
  }
}

/** One write may take less than it was given. */
const writeAll = async (handle: FileHandle, chunk: Uint8Array) => {
  for (let at = 0; at < chunk.byteLength; ) at += (await handle.write(chunk, at)).bytesWritten
}

/** A rename is on the disk only once its folder is. */
const syncFolder = async (folder: string) => {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const statExisting = async (path: string): Promise<Stats | undefined> => {
  try {
    return await stat(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw toDiskFault(error)
  }
}

const removeAbandoned = async (folder: string) => {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const { mtimeMs } = await stat(path)
    if (Date.now() - mtimeMs > ABANDONED_MS) await rm(path, { force: true })
  }
}

/** No room, quota used up, or too large for the file system. */
const FULL: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG']

/** What went wrong, by system code: `storage.full` (retry later); everything else passes unchanged. */
const toDiskFault = (error: unknown): unknown =>
  error instanceof Error && 'code' in error && FULL.includes(error.code)
    ? new Fault('storage.full', 'There is no room left to store the file.', { retry: 'later', cause: error })
    : error

/** Segments of letters, digits, `_`, `-` and inner dots: no key can lead out of its folder or into hidden ones. */
const KEY = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}(\/[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}){0,7}$/

/** Where the file `key` lies below `root`. Throws a fault `storage.key` for a key that is not of segments of plain characters. */
const pathOfKey = (root: string, key: string): string => {
  if (!KEY.test(key)) throw new Fault('storage.key', `"${key}" is no key of a file.`)
  return join(root, key)
}
