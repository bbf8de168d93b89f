import { stringify } from 'yaml'

/** The first line of every file that `npm run render` writes. */
export const RENDERED = '# Rendered by `npm run render` from infra/ and derive/: change those, not this file.\n'

/** One document per value, long lines unbroken, never an alias. */
export const toYaml = (documents: readonly unknown[]): string =>
  RENDERED +
  documents.map((document) => stringify(document, { lineWidth: 0, aliasDuplicateObjects: false })).join('---\n')
