import { Fault, variableOf } from '@knowton/core'
import * as z from 'zod'
import type { Environment } from './process-environment.ts'

/** Reads variables one by one and keeps what is wrong with them, to be told all at once. */
export type Variables = {
  /** The variable of the setting `key`, by its schema. What is wrong with it is told by `settle`; use nothing before. */
  readonly read: <S extends z.ZodType>(key: string, schema: S, isSecret?: boolean) => z.output<S>
  readonly readAll: <S extends Readonly<Record<string, z.ZodType>>>(
    schemas: S,
    isSecret?: boolean,
  ) => { [K in keyof S]: z.output<S[K]> }
  /** True when the variable of the setting `key` has a value. */
  readonly has: (key: string) => boolean
  readonly refuse: (fault: string) => void
  /** Throws a fault `config.invalid` that names every missing or wrong variable, and no value of a secret. */
  readonly settle: (service: string) => void
}

/** Reads from `environment`; an empty variable counts as missing. */
export const openVariables = (environment: Environment): Variables => {
  const faults: string[] = []
  const textOf = (key: string) => environment[variableOf(key)] || undefined
  const read = <S extends z.ZodType>(key: string, schema: S, isSecret = false): z.output<S> => {
    const parsed = z.safeDecode<z.ZodType<z.output<S>, unknown>>(schema as never, textOf(key))
    if (parsed.success) return parsed.data
    const reasons = isSecret
      ? 'does not have the right form'
      : parsed.error.issues.map((issue) => issue.message).join(', ')
    faults.push(`${variableOf(key)} ${textOf(key) === undefined ? 'is missing' : reasons}`)
    // nobody sees it: settle throws
    return undefined as z.output<S>
  }
  return {
    read,
    readAll: (schemas, isSecret) =>
      Object.fromEntries(Object.entries(schemas).map(([key, schema]) => [key, read(key, schema, isSecret)])) as never,
    has: (key) => textOf(key) !== undefined,
    refuse: (fault) => void faults.push(fault),
    settle: (service) => {
      if (faults.length > 0) throw new Fault('config.invalid', toSentence(service, faults))
    },
  }
}

const toSentence = (service: string, faults: readonly string[]) =>
  `${service} cannot start with this environment:\n${faults.map((fault) => `  ${fault}`).join('\n')}`
