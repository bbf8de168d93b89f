import type { Files, StoreOpener } from '@knowton/kit'

/** Keeps files in the process: for tests of what needs a file store and no disk. */
export const memoryFiles: StoreOpener<'files'> = async () => {
  const files = new Map<string, Uint8Array>()
  return { store: createMemoryFiles(files), check: async () => undefined, close: async () => files.clear() }
}

const createMemoryFiles = (files: Map<string, Uint8Array>): Files => ({
  put: async (key, source, signal) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of source) {
      signal.throwIfAborted()
      chunks.push(Uint8Array.from(chunk))
    }
    signal.throwIfAborted()
    const whole = Buffer.concat(chunks)
    files.set(key, whole)
    return { sizeBytes: whole.byteLength }
  },
  get: async (key) => {
    const whole = files.get(key)
    if (whole === undefined) return undefined
    return { sizeBytes: whole.byteLength, stream: once(whole) }
  },
  remove: async (key) => {
    files.delete(key)
  },
})

async function* once(whole: Uint8Array): AsyncGenerator<Uint8Array> {
  yield whole
}
