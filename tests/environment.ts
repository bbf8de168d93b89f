import { join } from 'node:path'

/** The folder of the running platform's state: `KNOWTON_HOME`, or `.knowton` beside the sources. */
export const homeFolder = (): string => process.env.KNOWTON_HOME ?? join(import.meta.dirname, '../.knowton')

/** The environment of a process that a test starts: this one's, with `changes`. */
export const environmentWith = (changes: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...process.env,
  ...changes,
})

/** The folder a person ran the command in: npm itself changes to the repository and keeps this in `INIT_CWD`. */
export const callersFolder = (): string => process.env.INIT_CWD ?? process.cwd()
