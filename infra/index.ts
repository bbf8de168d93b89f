import { local } from './environments/local.ts'
import { test } from './environments/test.ts'

/** Every installation that is described here, by name. */
export const environments = { local, test } as const
export type EnvironmentName = keyof typeof environments
