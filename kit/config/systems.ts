import { type ClientSystem, clientSystemNames, clientSystems, type ServiceShape, systemSettingKey } from '@knowton/core'
import type * as z from 'zod'
import { type Secret, secret } from './secret.ts'
import type { Variables } from './variables.ts'

type Declared = typeof clientSystems
type Told<S extends ClientSystem> = {
  readonly [K in keyof Declared[S]['settings']]: z.output<Declared[S]['settings'][K] & z.ZodType>
} & { readonly [K in keyof Declared[S]['secrets']]: Secret<z.output<Declared[S]['secrets'][K] & z.ZodType>> }

/** Where the systems of a cluster are that a service may use; undefined = it has to do without. */
export type SystemSettings = { readonly [S in ClientSystem]: Told<S> | undefined }

/** Reads the settings of the systems that `declared` uses. Each system's are there together or not at all. */
export const readSystems = (declared: ServiceShape, variables: Variables): SystemSettings =>
  Object.fromEntries(
    clientSystemNames.map((system) => [
      system,
      clientSystems[system].usedBy(declared) ? readSystem(system, variables) : undefined,
    ]),
    // each value is what the schemas of its own system give
  ) as unknown as SystemSettings

const readSystem = (system: ClientSystem, { has, read }: Variables): Readonly<Record<string, unknown>> | undefined => {
  const settings = Object.entries<z.ZodType>(clientSystems[system].settings)
  const secrets = Object.entries<z.ZodType>(clientSystems[system].secrets)
  const keyOf = (key: string) => systemSettingKey(system, key)
  if (![...settings, ...secrets].some(([key]) => has(keyOf(key)))) return undefined
  return Object.fromEntries([
    ...settings.map(([key, schema]) => [key, read(keyOf(key), schema)]),
    ...secrets.map(([key, schema]) => [key, secret(read(keyOf(key), schema, true))]),
  ])
}
