import type { TestProject } from 'vitest/node'
import { startPlatform } from '../platform-process.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    platformHome: string
  }
}

/** One platform for all journeys. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const platform = await startPlatform()
  project.provide('platformHome', platform.home)
  return platform.stop
}
