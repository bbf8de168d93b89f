import type { TestProject } from 'vitest/node'
import { startPostgres } from './start-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A superuser's URL of the PostgreSQL that the stores tier runs on. */
    postgresUrl: string
  }
}

/** Gives the stores tier one PostgreSQL for the whole run, with durability off: it is thrown away. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const postgres = await startPostgres([
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'max_connections=200',
    'deadlock_timeout=100ms',
  ])
  project.provide('postgresUrl', postgres.url)
  return postgres.stop
}
