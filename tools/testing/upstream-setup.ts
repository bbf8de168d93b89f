import { existsSync } from 'node:fs'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of other projects' files: their definitions, fixtures and facts, and the founding document. */
    upstream: string
  }
}

/** Gives the upstream tier its files; throws when there are none, for nothing could be compared. */
export const setup = (project: TestProject): void => {
  const folder = process.env.KNOWTON_UPSTREAM ?? ''
  if (!existsSync(folder)) throw new Error('KNOWTON_UPSTREAM names no folder with the files of other projects')
  project.provide('upstream', folder)
}
