import { readFileSync } from 'node:fs'
import type { Release } from '@knowton/derive'

/** What `infra/releases/<name>.json` says; a promotion changes that file and nothing else. */
export const releaseOf = (name: string): Release =>
  JSON.parse(readFileSync(new URL(`releases/${name}.json`, import.meta.url), 'utf8'))
