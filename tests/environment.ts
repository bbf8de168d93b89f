import { join } from 'node:path'

/** The folder of the running platform's state: `KNOWTON_HOME`, or `.knowton` beside the sources. */
export const homeFolder = (): string => process.env.KNOWTON_HOME ?? join(import.meta.dirname, '../.knowton')
