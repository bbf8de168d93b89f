import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Files } from '../stores.ts'

type OpenFiles = () => Promise<{ readonly store: Files; readonly close: () => Promise<void> }>

const never = new AbortController().signal

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size)
}

const readAll = async (stream: AsyncIterable<Uint8Array>) => {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** What every store of files does; run by each of its adapters. */
export const behavesAsFiles = (open: OpenFiles): void => {
  test('gives back the bytes that were put', async () => {
    const { store, close } = await open()
    const bytes = randomBytes(300_001)
    expect(await store.put('works/a.png', inChunks(bytes, 65_536), never)).toEqual({ sizeBytes: 300_001 })
    const file = await store.get('works/a.png', never)
    expect(file?.sizeBytes).toBe(300_001)
    expect(file && (await readAll(file.stream)).equals(bytes)).toBe(true)
    await close()
  })

  test('has nothing under a key that was never put or was removed', async () => {
    const { store, close } = await open()
    expect(await store.get('a', never)).toBeUndefined()
    await store.put('a', inChunks(randomBytes(3), 1), never)
    await store.remove('a')
    await store.remove('a')
    expect(await store.get('a', never)).toBeUndefined()
    await close()
  })

  test('a source that fails or a signal that fires leaves what was there before', async () => {
    const { store, close } = await open()
    await store.put('a', inChunks(Buffer.from('before'), 2), never)
    const failing = async function* () {
      yield Buffer.from('half')
      throw new Error('broken')
    }
    await expect(store.put('a', failing(), never)).rejects.toThrow('broken')
    const leaving = new AbortController()
    const leaves = async function* () {
      yield Buffer.from('half')
      leaving.abort(new Error('left'))
      yield Buffer.from('more')
    }
    await expect(store.put('a', leaves(), leaving.signal)).rejects.toThrow('left')
    const file = await store.get('a', never)
    expect(file && (await readAll(file.stream)).toString()).toBe('before')
    await close()
  })

  test('an empty source makes an empty file', async () => {
    const { store, close } = await open()
    expect(await store.put('a', inChunks(new Uint8Array(), 1), never)).toEqual({ sizeBytes: 0 })
    expect((await store.get('a', never))?.sizeBytes).toBe(0)
    await close()
  })
}
