import { stringify } from 'yaml'

/** The first line of every file that `npm run render` writes. */
export const RENDERED = '# Rendered by `npm run render` from infra/ and derive/: change those, not this file.\n'

/**
 * One document per value, long lines unbroken, never an alias. Words that YAML 1.1 takes for booleans (`off`, `yes`) are
 * quoted: Kubernetes reads files by those rules.
 */
export const toYaml = (documents: readonly unknown[]): string =>
  RENDERED +
  documents
    .map((document) => stringify(document, { lineWidth: 0, aliasDuplicateObjects: false, compat: 'yaml-1.1' }))
    .join('---\n')
