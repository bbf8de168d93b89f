import type { ServiceShape } from '@knowton/core'
import { variableOf } from '@knowton/core'
import { usesAccessTokens } from '../config/settings.ts'
import { homeStore } from '../start/open-stores.ts'
import { createTestTokens, type TestTokens } from './access-tokens.ts'

/** A store for one test: where it is, and how it is thrown away. */
export type TestStore = { readonly url: string; readonly close: () => Promise<void> }

/** What a test gives a service: a place for each declared store, and settings by their declared names. */
export type TestSettings<S extends ServiceShape> = {
  readonly stores: { readonly [K in keyof S['stores']]: TestStore }
  /** Text as it is; anything else becomes JSON. Only what has no default is needed. */
  readonly settings?: { readonly [K in keyof S['config'] | keyof S['secrets']]?: unknown }
  /** Whose tokens the service accepts; a new pair of keys when left out. */
  readonly tokens?: TestTokens
}

/** The environment that starts `declared` so. All topics that it consumes are read from the log in its own database. */
export const testEnvironment = <S extends ServiceShape>(
  declared: S,
  { stores, settings = {}, tokens = createTestTokens() }: TestSettings<S>,
): Readonly<Record<string, string>> => {
  const urls = Object.entries<TestStore>(stores).map(([name, store]) => [variableOf(`store_${name}_url`), store.url])
  const given = Object.entries(settings).map(([key, value]) => [variableOf(key), toText(value)])
  const topics = Object.values(declared.consumes).map((topic) => topic.name)
  const home = homeStore(declared)
  const url = home === undefined ? undefined : stores[home]?.url
  return {
    LOG_LEVEL: 'error',
    ...Object.fromEntries([...urls, ...given]),
    ...(usesAccessTokens(declared) && { ACCESS_TOKEN_PUBLIC_KEY: tokens.publicKeyPem }),
    ...(topics.length > 0 && { EVENT_SOURCES: JSON.stringify([{ publisher: 'test', url, topics }]) }),
  }
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
