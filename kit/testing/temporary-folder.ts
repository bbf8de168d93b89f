import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { TestStore } from './test-environment.ts'

/** A folder for one test, which is a store of files too; `close` removes it with all that is in it. */
export const temporaryFolder = async (): Promise<TestStore & { readonly path: string }> => {
  const path = await mkdtemp(join(tmpdir(), 'knowton-'))
  return { path, url: pathToFileURL(path).href, close: () => rm(path, { recursive: true, force: true }) }
}
