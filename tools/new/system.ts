import { both, type Change, camel, importing, insertAfter, insertBefore, kebab, template } from './change.ts'

const kubernetes = 'derive/kubernetes'

/** `npm run new -- system <name>`: a stateful system of the clusters, as replicas of one image with a volume each. */
export const newSystem = (words: readonly string[]): Change => {
  const name = kebab(words[0], 'The name of a system')
  const key = camel(name)
  const size = (replicas: number, storage: string, resources: string): string =>
    `  ${key}: { replicas: ${replicas}, storage: '${storage}', resources${resources} },\n`
  return {
    created: { [`${kubernetes}/systems/${name}/${name}.ts`]: template('system.ts', name) },
    edited: {
      [`${kubernetes}/systems/systems.ts`]: both(
        insertBefore('  prometheus,\n', `  ${key},\n`),
        importing(`import { ${key} } from './${name}/${name}.ts'`),
      ),
      [`${kubernetes}/cluster-environment.ts`]: both(
        insertBefore(
          '  /** Where backups, models and works lie. */',
          `  readonly ${key}: { readonly replicas: number; readonly storage: string; readonly resources: Resources }\n`,
        ),
        insertAfter("  | 'object-store'\n", `  | '${name}'\n`),
      ),
      'infra/versions.ts': insertBefore(
        "  'object-store': {",
        `  '${name}': { repository: 'docker.io/library/${name}', tag: '1.0.0', uid: 1000 },\n`,
      ),
      'infra/clusters/production.ts': insertBefore(
        '  objectStore: {',
        size(3, '20Gi', ": { cpu: { request: '250m', limit: '1' }, memory: { request: '1Gi', limit: '1Gi' } }"),
      ),
      'infra/clusters/local.ts': insertBefore('  objectStore: {', size(1, '1Gi', ': little')),
      'derive/testing/toy-cluster.ts': both(
        insertBefore('  objectStore: {', size(3, '5Gi', '')),
        insertAfter("  'object-store',\n", `  '${name}',\n`),
      ),
    },
    next: [
      `Say in ${kubernetes}/systems/${name}/${name}.ts what it is; a part that grows gets a file of its own beside it.`,
      'Give its image and version in infra/versions.ts, then npm run pin.',
    ],
  }
}
